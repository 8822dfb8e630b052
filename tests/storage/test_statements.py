"""What a step costs: at most twelve statements, and exactly one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from engine.commands import work
from engine.errors import InvalidState
from engine.storage import tables as t
from tests.office import Case, Office

MOST = 12
#: A record that also tells somebody of a missed rung and writes its words and names into two search indexes.
MOST_INDEXED = 14


@contextmanager
def watched(office: Office) -> Iterator[tuple[list[str], list[str]]]:
    """The statements and the commits while the block runs; an executemany counts once, BEGIN and COMMIT not at all."""
    statements: list[str] = []
    commits: list[str] = []

    def execute(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(("BEGIN", "COMMIT")):
            statements.append(statement)

    engine = office.application.database.engine
    event.listen(engine, "before_cursor_execute", execute)
    event.listen(engine, "commit", lambda connection: commits.append("commit"))
    yield statements, commits
    event.remove(engine, "before_cursor_execute", execute)


def costs(office: Office, case: Case, late: timedelta = timedelta(0), **answers: Any) -> dict[str, list[str]]:
    """The statements of every step until the case is closed, by element; nobody fires timers but the steps, each taken late."""
    found: dict[str, list[str]] = {}
    procedure = office.application.catalogue.intake(office.clock.now()).procedure
    while case.items:
        office.clock.advance(seconds=late.total_seconds())
        item = case.items[0]
        form = procedure.form_of(item["element_id"])
        usual = case.usual(item["element_id"], **{key: value for key, value in answers.items() if form and key in form.keys})
        actor = office.actor(case.doer(item))
        with watched(office) as (statements, commits):
            try:
                office.application.execute(work.Complete(item["id"], usual, office.request_id()), actor)
            except InvalidState:
                # What was due has taken this step away, and another is open now.
                continue
        assert len(commits) == 1, item["element_id"]
        found[item["element_id"]] = statements
    return found


def too_many(found: dict[str, list[str]]) -> dict[str, str]:
    """The steps that cost more."""
    return {element: " · ".join(map(_short, lines)) for element, lines in found.items() if len(lines) > MOST}


def _short(statement: str) -> str:
    verb, *words = statement.split()
    return f"{verb} {words[words.index('FROM') + 1] if 'FROM' in words else words[verb == 'INSERT']}"


@pytest.mark.parametrize("answers", [{}, {"poor_service": True}, {"serious_harm": True}, {"developer": True}], ids=repr)
def test_every_step_of_a_path_costs_at_most_twelve_statements(office: Office, answers: dict[str, Any]) -> None:
    found = costs(office, office.register(**answers), **answers)

    assert len(found) >= 16
    assert too_many(found) == {}


@pytest.mark.parametrize(
    "element", ["judge_complaint", "confirm_assignment", "propose_plan", "carry_out_plan", "visit_complainant"]
)
def test_a_step_taken_too_late_costs_no_more(office: Office, element: str) -> None:
    case = office.register()
    case.reach(element)
    office.clock.advance(days=4)

    assert too_many(costs(office, case)) == {}


def test_a_step_with_a_draft_costs_no_more(office: Office) -> None:
    case = office.register()
    case.reach("confirm_assignment")
    case.do(
        work.SaveDraft(case.item("confirm_assignment")["id"], {"department": "cleaning"}),
        case.doer(case.item("confirm_assignment")),
    )

    assert too_many(costs(office, case)) == {}


def test_every_step_of_an_emergency_costs_at_most_twelve_statements(office: Office) -> None:
    case = office.register_emergency()
    office.clock.advance(minutes=1)

    assert too_many(costs(office, case)) == {}


@pytest.mark.parametrize("minutes", [4, 11, 3000], ids=str)
def test_a_step_of_an_emergency_taken_too_late_costs_no_more(office: Office, minutes: int) -> None:
    case = office.register_emergency()
    office.clock.advance(minutes=minutes)

    assert beyond_its_bound(costs(office, case)) == {}


def test_steps_taken_late_one_after_the_other_cost_no_more(office: Office) -> None:
    case = office.register_emergency()

    assert beyond_its_bound(costs(office, case, late=timedelta(minutes=7))) == {}


def beyond_its_bound(found: dict[str, list[str]]) -> dict[str, str]:
    """The steps that cost more than twelve, or fourteen where words and names go into the search indexes."""
    many = too_many(found)
    return {step: many[step] for step in many if "bigram" not in many[step] or len(found[step]) > MOST_INDEXED}


def test_a_refused_step_commits_nothing(office: Office) -> None:
    case = office.register()
    item = case.items[0]

    with watched(office) as (_, commits), pytest.raises(Exception, match="correct"):
        office.execute(work.Complete(item["id"], {}, office.request_id()), case.doer(item))

    assert commits == []


def test_a_step_costs_no_more_when_everybody_asks_to_hear_of_new_tasks(office: Office) -> None:
    people = office.rows(t.person.select())
    asked = [{"person_id": person["id"], "subject": "kind", "key": "task", "wanted": True} for person in people]
    with office.application.database.write() as connection:
        connection.execute(t.message_choice.insert(), asked)
    case = office.register(poor_service=True)
    told = len(case.told())

    assert too_many(costs(office, case, poor_service=True)) == {}
    assert told and len(case.told()) > told
