"""The guards of every case command: exists, permitted, right state, asked in this order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from engine.commands import cases, directory, intake, work
from engine.domain.actor import SYSTEM
from engine.errors import Forbidden, InvalidState, InvalidValues, NotFound
from engine.storage import tables as t
from tests.office import Case, Office

WHY = "原因在此"

#: By work item: the command, and a login that may read the case but not do this.
ON_ITEMS: dict[str, tuple[Callable[[str], Any], str]] = {
    "claim": (work.Claim, "reception"),
    "release": (work.Release, "reception"),
    "complete": (lambda item_id: work.Complete(item_id, {}, ""), "reception"),
    "save_draft": (lambda item_id: work.SaveDraft(item_id, {"cause": "x"}), "reception"),
    "pass_on": (lambda item_id: work.PassOn(item_id, "cleaning", WHY), "reception"),
    "send_back": (lambda item_id: work.SendBack(item_id, WHY), "reception"),
    "delegate": (lambda item_id: work.Delegate(item_id, "nobody", WHY), "reception"),
    "waive": (lambda item_id: work.Waive(item_id, WHY), "engineer"),
}

#: By case: the command, a login that may do it, and one that may read the case but not do this; None where every reader may.
ON_CASES: dict[str, tuple[Callable[[str], Any], str, str | None]] = {
    "correct": (lambda case_id: cases.Correct(case_id, "channel", "visit", WHY), "supervisor", "engineer"),
    "log_contact": (lambda case_id: cases.LogContact(case_id, "又来电"), "reception", None),
    "comment": (lambda case_id: cases.AddComment(case_id, "备注"), "reception", None),
    "link": (lambda case_id: cases.Link(case_id, "YH-2026-00001", WHY), "supervisor", "engineer"),
    "raise": (lambda case_id: cases.Raise(case_id, "major", WHY), "supervisor", "reception"),
    "flag_urgent": (lambda case_id: cases.Act(case_id, "flag_later", WHY), "reception", None),
    "withdraw": (lambda case_id: cases.Act(case_id, "withdraw", WHY), "reception", "engineer"),
    "request_review": (lambda case_id: cases.Act(case_id, "request_review", WHY), "reception", "engineer"),
    "raise_objection": (lambda case_id: cases.Act(case_id, "raise_objection", WHY), "reception", "engineer"),
    "attach": (lambda case_id: cases.Attach(case_id, "a.pdf", b"%PDF-1.4 x"), "reception", None),
}

CHECKED = {name: pair for name, pair in ON_CASES.items() if pair[2]}


@dataclass(frozen=True)
class Scene:
    """A case that engineering investigates, and one that is closed."""

    office: Office
    running: Case
    closed: Case

    @property
    def item_id(self) -> str:
        """The open item of engineering."""
        return str(self.running.item("find_cause")["id"])

    @property
    def done_item(self) -> Any:
        """An item that the supervisor has done."""
        query = t.work_item.select().where(
            t.work_item.c.case_id == self.running.id, t.work_item.c.element_id == "judge_complaint"
        )
        return self.office.rows(query)[0]


@pytest.fixture(scope="module")
def scene(shared_office: Office) -> Scene:
    """Guards change nothing, so one scene serves all of them."""
    closed = shared_office.register()
    closed.finish()
    running = shared_office.register()
    running.reach("find_cause")
    return Scene(shared_office, running, closed)


def refused(office: Office, command: Any, login: str, kind: type[Exception]) -> str:
    """The English sentence of the refusal, after which the case stands as before."""
    before = office.rows(t.cases.select())
    with pytest.raises(kind) as caught:
        office.execute(command, login)
    assert type(caught.value) is kind
    assert office.rows(t.cases.select()) == before
    text = caught.value.text  # type: ignore[attr-defined]
    assert text.zh and text.en
    return str(text.en)


@pytest.mark.parametrize("name", [*ON_ITEMS, *ON_CASES])
def test_what_does_not_exist_is_not_found(scene: Scene, name: str) -> None:
    make = (ON_ITEMS.get(name) or ON_CASES[name])[0]

    refused(scene.office, make("0" * 32), "supervisor", NotFound)


@pytest.mark.parametrize("name", [*ON_ITEMS, *ON_CASES])
def test_people_of_another_estate_do_not_learn_that_it_exists(scene: Scene, name: str) -> None:
    make = (ON_ITEMS.get(name) or ON_CASES[name])[0]
    identity = scene.item_id if name in ON_ITEMS else scene.running.id

    said = refused(scene.office, make(identity), "bitong", NotFound)

    assert said == refused(scene.office, make("0" * 32), "bitong", NotFound), "the same sentence as for nothing at all"


@pytest.mark.parametrize("name", [*ON_ITEMS, *ON_CASES])
def test_an_administrator_without_a_role_reads_no_case(scene: Scene, name: str) -> None:
    make = (ON_ITEMS.get(name) or ON_CASES[name])[0]
    identity = scene.item_id if name in ON_ITEMS else scene.running.id

    refused(scene.office, make(identity), "admin", NotFound)


@pytest.mark.parametrize("name", [*ON_ITEMS, *ON_CASES])
def test_another_department_does_not_learn_that_it_exists(scene: Scene, name: str) -> None:
    make = (ON_ITEMS.get(name) or ON_CASES[name])[0]
    identity = scene.item_id if name in ON_ITEMS else scene.running.id

    refused(scene.office, make(identity), "guard", NotFound)


@pytest.mark.parametrize("name", ON_ITEMS)
def test_a_role_that_may_not_do_an_item_is_told_so(scene: Scene, name: str) -> None:
    make, login = ON_ITEMS[name]

    refused(scene.office, make(scene.item_id), login, Forbidden)


@pytest.mark.parametrize("name", CHECKED)
def test_a_role_without_the_action_is_told_so(scene: Scene, name: str) -> None:
    make, _, login = CHECKED[name]

    refused(scene.office, make(scene.running.id), str(login), Forbidden)


@pytest.mark.parametrize("name", CHECKED)
def test_permission_is_asked_before_the_state(scene: Scene, name: str) -> None:
    make, _, login = CHECKED[name]

    refused(scene.office, make(scene.closed.id), str(login), Forbidden)


@pytest.mark.parametrize("name", ON_CASES)
def test_a_closed_case_says_when_it_was_closed(scene: Scene, name: str) -> None:
    make, login, _ = ON_CASES[name]

    assert "closed at 09-28 09:00" in refused(scene.office, make(scene.closed.id), login, InvalidState)


@pytest.mark.parametrize("name", ["claim", "release", "complete", "save_draft", "pass_on", "send_back", "delegate", "waive"])
def test_a_done_item_says_who_did_it_and_when(scene: Scene, name: str) -> None:
    make = ON_ITEMS[name][0]
    done = scene.done_item
    doer = scene.office.rows(t.person.select().where(t.person.c.id == done["ended_by"]))[0]

    said = refused(scene.office, make(done["id"]), "supervisor", InvalidState)

    assert f"Already done at 09-28 09:00 by {doer['name']}" in said


def test_registering_needs_a_role_in_the_estate(scene: Scene) -> None:
    office = scene.office
    command = intake.Register(office.estate_id("BT"), {}, office.request_id())

    refused(office, command, "reception", Forbidden)
    refused(office, intake.RegisterEmergency(office.estate_id("BT"), {}, office.request_id()), "reception", Forbidden)


def test_registering_in_an_unknown_estate_finds_nothing(scene: Scene) -> None:
    office = scene.office

    refused(office, intake.Register("nowhere", {}, office.request_id()), "director", NotFound)


def test_an_item_held_by_a_colleague_names_the_holder(office: Office) -> None:
    case = office.register()
    case.reach("make_promise")
    item_id = case.item("make_promise")["id"]
    case.do(work.Claim(item_id), "reception")
    name = office.actor("reception").name

    for command in (work.Claim(item_id), work.Release(item_id), work.Complete(item_id, {}, ""), work.PassOn(item_id, "x", WHY)):
        assert name in refused(office, command, "reception2", InvalidState)

    case.do(work.Release(item_id), "reception")
    case.do(work.Claim(item_id), "reception2")
    assert case.item("make_promise")["holder_id"] == office.person_id("reception2")


def test_who_may_delegate_may_release_what_a_colleague_holds(office: Office) -> None:
    case = office.register()
    case.reach("find_cause")
    item_id = case.item("find_cause")["id"]
    case.do(work.Claim(item_id), "engineer")
    before = case.item("find_cause")["holder_id"]

    case.do(work.Release(item_id), "supervisor")

    assert before == office.person_id("engineer") and case.item("find_cause")["holder_id"] is None


def test_claiming_what_one_holds_changes_nothing(office: Office) -> None:
    case = office.register()
    item = case.item("judge_complaint")
    login = case.doer(item)
    office.execute(work.Claim(item["id"]), login)
    entries = len(case.journal())

    office.execute(work.Claim(item["id"]), login)

    assert len(case.journal()) == entries


def test_who_did_the_work_may_not_make_the_visit(office: Office) -> None:
    case = office.register()
    case.reach("carry_out_plan")
    office.execute(work.Delegate(case.item("carry_out_plan")["id"], office.person_id("reception"), WHY), "supervisor")
    case.complete("carry_out_plan", _by="reception")
    case.reach("visit_complainant")
    item = case.item("visit_complainant")

    said = refused(office, work.Complete(item["id"], {}, ""), "reception", Forbidden)

    assert "somebody else" in said
    with pytest.raises(InvalidValues):
        office.execute(work.Delegate(item["id"], office.person_id("reception"), WHY), "supervisor")
    assert case.doer(item) != "reception"
    case.complete("visit_complainant")


def test_an_item_passed_on_belongs_to_the_other_department_alone(office: Office) -> None:
    case = office.register()
    case.reach("find_cause")
    item_id = case.item("find_cause")["id"]

    office.execute(work.PassOn(item_id, "security", WHY), "engineer")

    item = case.item("find_cause")
    assert (item["department"], item["previous_department"], case.entry["passing_on_count"]) == ("security", "engineering", 1)
    assert refused(office, work.Claim(item_id), "engineer", Forbidden)
    office.execute(work.SendBack(item_id, WHY), "guard")
    assert (case.item("find_cause")["department"], case.entry["passing_on_count"]) == ("engineering", 2)
    refused(office, work.SendBack(item_id, WHY), "engineer", InvalidState)
    for other in ("engineering", "nowhere"):
        refused(office, work.PassOn(item_id, other, WHY), "engineer", InvalidValues)


def test_a_deputy_acts_on_behalf_of_the_person_only_while_it_lasts(office: Office) -> None:
    case = office.register()
    now = office.clock.now()
    deputising = directory.SetDeputy(office.person_id("supervisor"), office.person_id("owner"), now, now + timedelta(hours=1))
    office.application.execute(deputising, SYSTEM)

    case.do(cases.Raise(case.id, "important", WHY), "owner")

    entry = case.journal()[-1]
    assert (entry.actor_id, entry.on_behalf_of) == (office.person_id("owner"), office.person_id("supervisor"))
    office.clock.set(now + timedelta(hours=1))
    refused(office, cases.Raise(case.id, "major", WHY), "owner", Forbidden)


def test_a_deputy_completes_on_behalf_and_the_submission_says_so(office: Office) -> None:
    case = office.register()
    item = case.item("judge_complaint")
    represented = case.doer(item)
    now = office.clock.now()
    span = (now, now + timedelta(days=1))
    office.application.execute(directory.SetDeputy(office.person_id(represented), office.person_id("guard"), *span), SYSTEM)

    case.complete("judge_complaint", _by="guard")

    (submission,) = office.rows(t.submission.select().where(t.submission.c.item_id == item["id"]))
    assert (submission["person_id"], submission["on_behalf_of"]) == (office.person_id("guard"), office.person_id(represented))
    assert case.journal()[-1].on_behalf_of == office.person_id(represented)


def test_who_acts_in_their_own_right_acts_for_nobody(office: Office) -> None:
    case = office.register()
    now = office.clock.now()
    span = (now, now + timedelta(days=1))
    office.application.execute(directory.SetDeputy(office.person_id("manager"), office.person_id("supervisor"), *span), SYSTEM)

    case.do(cases.Raise(case.id, "important", WHY), "supervisor")

    assert case.journal()[-1].on_behalf_of is None


def test_an_inactive_person_is_nobody(office: Office) -> None:
    person_id = office.person_id("guard")
    row = office.rows(t.person.select().where(t.person.c.id == person_id))[0]
    office.application.execute(directory.SavePerson(row["login"], row["name"], person_id=person_id, active=False), SYSTEM)

    assert office.application.actor(person_id) is None


def test_who_had_a_task_of_a_case_may_go_on_reading_it(office: Office) -> None:
    case = office.register()
    case.reach("find_cause")
    office.execute(work.Delegate(case.item("find_cause")["id"], office.person_id("guard"), WHY), "supervisor")
    case.complete("find_cause", _by="guard")

    case.do(cases.AddComment(case.id, "已看过现场"), "guard")

    assert case.journal()[-1].actor_id == office.person_id("guard")


def test_a_reception_of_both_estates_sees_both(office: Office) -> None:
    grant = directory.GrantRole(office.person_id("bitong"), "reception", office.estate_id("YH"))
    case = office.register()
    refused(office, cases.AddComment(case.id, "x"), "bitong", NotFound)

    office.application.execute(grant, SYSTEM)

    case.do(cases.AddComment(case.id, "x"), "bitong")
    assert office.clock.now() == datetime(2026, 9, 28, 1, 0, tzinfo=UTC)
