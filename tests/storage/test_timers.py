"""The moments for which a case waits: the table holds just these after every step, and the journal tells only what changed."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from engine.commands import cases
from engine.domain import events as ev
from engine.storage import tables as t
from engine.storage.batch import Batch
from engine.storage.projections import Subject, project
from engine.workflow import Instance, Occasion
from tests.office import Case, Office


def waiting(office: Office, case: Case) -> set[tuple[Any, ...]]:
    """The rows of the table that are in use."""
    rows = office.rows(sa.select(t.timer).where(t.timer.c.case_id == case.id, t.timer.c.id.is_not(None)))
    return {tuple(row[name] for name in ("id", "kind", "element_id", "limit_key", "due_at", "interrupting")) for row in rows}


def due(office: Office, case: Case) -> set[tuple[Any, ...]]:
    """What the case itself says it waits for."""
    row = office.rows(sa.select(t.cases).where(t.cases.c.id == case.id))[0]
    published = office.application.catalogue.get(row["version_id"])
    with office.application.database.read() as connection:
        calendar = office.application.calendar_for(published.procedure.day_rules, 0, connection)
    occasion = Occasion(now=office.clock.now(), calendar=calendar, facts={}, estate="")
    moments = Instance.load(published.model, row["state"], occasion).due()
    return {(one.id, one.kind, one.element_id, one.limit_key, one.due_at, one.interrupting) for one in moments}


def told(case: Case) -> list[list[str]]:
    """The timers that each entry of the journal tells."""
    return [
        [timer["id"] for timer in event.timers]
        for entry in case.journal()
        for event in entry.events
        if isinstance(event, ev.TimersReplaced)
    ]


def test_after_every_step_the_table_holds_what_the_case_waits_for(office: Office) -> None:
    case = office.register(poor_service=True)
    steps = 0
    while case.items:
        office.clock.advance(hours=5)
        case.do(cases.FireTimers(case.id), "admin")
        assert waiting(office, case) == due(office, case)
        case.complete(case.items[0]["element_id"], **_answers(case))
        assert waiting(office, case) == (due(office, case) if case.items else set())
        steps += 1

    assert steps >= 16


def test_a_slot_that_is_free_is_used_again(office: Office) -> None:
    case = office.register(serious_harm=True)
    case.finish(serious_harm=True)
    slots = [int(slot) for event in case.events(ev.TimersReplaced) if event.slots for slot in event.slots.split(",")]

    assert len(slots) > 40 and max(slots) <= 20


def test_the_journal_tells_a_moment_once(office: Office) -> None:
    case = office.register()
    case.reach("visit_complainant")
    ids = [timer for timers in told(case) for timer in timers]

    assert len(ids) == len(set(ids))


def test_an_entry_that_tells_all_moments_is_still_understood(office: Office) -> None:
    case = office.register()
    row = {"kind": "event", "element_id": "x", "limit_key": None, "due_at": office.clock.now(), "interrupting": False}
    batch = Batch()
    for event in (ev.TimersReplaced([{"id": "a", **row}], before=40), ev.TimersReplaced([{"id": "b", **row}], slots="1,0")):
        project(event, Subject(case.id, case.entry["estate_id"], case.entry["registered_at"], b""), batch)

    with office.application.database.write() as connection:
        batch.flush(connection)

    assert [timer[0] for timer in waiting(office, case)] == ["b"]


def _answers(case: Case) -> dict[str, Any]:
    return {"poor_service": True} if case.open_tasks == ["judge_complaint"] else {}
