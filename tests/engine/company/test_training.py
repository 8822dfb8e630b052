"""Whoever holds a role shows that they can carry out the version in force: questions made from the version itself."""

from __future__ import annotations

from datetime import date

import pytest

from engine.commands import company, directory
from engine.errors import Forbidden, InvalidState, InvalidValues, NotFound
from engine.procedure.exam import exam, examined_roles, passes
from engine.queries.company import training
from engine.storage import tables as t
from tests.office import Office


def version_of(office: Office) -> str:
    return office.application.catalogue.intake(office.clock.now()).version_id


def right_answers(office: Office, login: str, role: str) -> tuple[int, tuple[int | None, ...]]:
    """The attempt that comes next, and what is right."""
    with office.application.read() as reader:
        paper = training.paper(reader, office.actor(login), version_of(office), role)
    return paper.attempt, tuple(question.right for question in paper.questions)


def take(office: Office, login: str, role: str, *, wrong: int = 0, signed: bool = True) -> company.training.Checked:
    attempt, right = right_answers(office, login, role)
    answers = tuple((answer + 1) % 3 if n < wrong else answer for n, answer in enumerate(right))
    return office.execute(company.TakeCheck(version_of(office), role, attempt, answers, signed), login)


def test_every_role_that_does_something_can_be_asked(office: Office) -> None:
    procedure = office.application.catalogue.intake(office.clock.now()).procedure

    for role in examined_roles(procedure):
        questions = exam(procedure, role, "x")
        assert questions and questions == exam(procedure, role, "x")
        for question in questions:
            assert 0 <= question.right < len(question.choices) and len(question.choices) >= 3
            assert len({choice.zh for choice in question.choices}) == len(question.choices), question.asks.zh
    assert exam(procedure, "reception", "x") != exam(procedure, "reception", "y"), "the next time asks other things"


@pytest.mark.parametrize(
    ("right", "asked", "enough"), [(8, 8, True), (7, 8, True), (6, 8, False), (4, 5, True), (2, 3, False), (0, 0, False)]
)
def test_four_of_five_are_enough(right: int, asked: int, enough: bool) -> None:
    assert passes(right, asked) is enough


def test_a_check_is_passed_after_it_was_failed_and_both_stay(office: Office) -> None:
    failed = take(office, "reception", "reception", wrong=3)
    passed = take(office, "reception", "reception")

    assert (failed.passed, len(failed.wrong), passed.passed) == (False, 3, True)
    rows = office.rows(t.training_check.select().order_by(t.training_check.c.at, t.training_check.c.passed))
    assert [(row["passed"], row["person_id"]) for row in rows] == [
        (False, office.person_id("reception")),
        (True, office.person_id("reception")),
    ]
    with office.application.read() as reader:
        (duty,), _ = training.mine(reader, office.actor("reception"))
        roles = {one.role: one for one in training.overview(reader, office.actor("manager"), version_of(office))}
    assert (duty.standing.state, duty.standing.attempts) == (training.PASSED, 2)
    assert roles["reception"].passed == 1 and roles["supervisor"].passed == 0


def test_it_is_signed_complete_and_handed_in_once(office: Office) -> None:
    attempt, right = right_answers(office, "reception", "reception")
    given = (version_of(office), "reception", attempt)

    with pytest.raises(InvalidValues) as missing:
        office.execute(company.TakeCheck(*given, (None, *right[1:]), False), "reception")
    with pytest.raises(InvalidValues):
        office.execute(company.TakeCheck(*given, (*right, 0), True), "reception")
    with pytest.raises(InvalidValues):
        office.execute(company.TakeCheck(*given, (99, *right[1:]), True), "reception")
    office.execute(company.TakeCheck(*given, right, True), "reception")
    with pytest.raises(InvalidState):
        office.execute(company.TakeCheck(*given, right, True), "reception")

    assert set(missing.value.fields) == {"q0", "signed"} and len(office.rows(t.training_check.select())) == 1


def test_nobody_is_checked_in_a_role_that_is_not_theirs_nor_in_place_of_another(office: Office) -> None:
    now, later = office.clock.now(), office.clock.now().replace(year=2027)
    office.execute(directory.SetDeputy(office.person_id("supervisor"), office.person_id("guard"), now, later), "admin")

    for login, role in (("reception", "supervisor"), ("guard", "supervisor"), ("developer", "developer_service")):
        with pytest.raises(Forbidden):
            office.execute(company.TakeCheck(version_of(office), role, 0, (), True), login)
    with pytest.raises(NotFound):
        office.execute(company.TakeCheck("none", "reception", 0, (), True), "reception")


def test_a_training_is_recorded_and_put_right(office: Office) -> None:
    here = tuple(office.person_id(login) for login in ("reception", "reception2"))
    held = (version_of(office), date(2026, 9, 25), "talking", office.person_id("supervisor"), "接待礼仪")

    session = office.execute(company.SaveTraining(*held, here), "supervisor")
    office.execute(company.SaveTraining(*held, here[:1], session), "manager")

    with office.application.read() as reader:
        (found,) = training.sessions(reader, office.actor("manager"), version_of(office))
        _, mine = training.mine(reader, office.actor("reception"))
        _, none = training.mine(reader, office.actor("reception2"))
        with pytest.raises(Forbidden):
            training.sessions(reader, office.actor("guard"), version_of(office))
    assert [person_id for person_id, _ in found.people] == [here[0]] and found.remark == "接待礼仪"
    assert [one.id for one in mine] == [session] and none == ()


WRONG: list[tuple[dict[str, object], str]] = [
    ({"held_on": date(2026, 9, 29)}, "held_on"),
    ({"subject": "gardening"}, "subject"),
    ({"people": ()}, "people"),
    ({"people": ("nobody",)}, "people"),
    ({"trainer_id": "nobody"}, "trainer_id"),
    ({"remark": "字" * 2001}, "remark"),
]


def test_a_training_that_cannot_be_is_refused_at_its_field(office: Office) -> None:
    whole = {"version_id": version_of(office), "held_on": date(2026, 9, 25), "subject": "talking", "remark": ""}
    whole |= {"trainer_id": office.person_id("supervisor"), "people": (office.person_id("guard"),)}

    for changed, field in WRONG:
        with pytest.raises(InvalidValues) as refused:
            office.execute(company.SaveTraining(**{**whole, **changed}), "supervisor")  # type: ignore[arg-type]
        assert set(refused.value.fields) == {field}
    with pytest.raises(Forbidden):
        office.execute(company.SaveTraining(**whole), "guard")  # type: ignore[arg-type]

    assert office.rows(t.training_session.select()) == []
