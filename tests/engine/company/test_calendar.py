"""A changed day moves the deadlines that run only by decision, and then everything that hangs on them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from engine.commands import directory
from engine.domain.calendar_events import LimitRecounted
from engine.errors import Forbidden, InvalidValues
from engine.queries.directory import deadlines
from engine.storage import tables as t
from engine.storage.audit.rebuild import contents, rebuild
from tests.office import Case, Office


def free(office: Office, day: date, working: bool = False) -> None:
    office.execute(directory.SetCalendarDay(day, working, "司庆", "Founding day"), "admin")


def waiting(office: Office) -> deadlines.Moves:
    with office.application.read() as reader:
        return deadlines.not_counted_yet(reader, office.actor("admin"))


def preview(office: Office, day: date, working: bool = False) -> deadlines.Moves:
    with office.application.read() as reader:
        return deadlines.moved_by(reader, office.actor("admin"), day, working)


def with_working_days(office: Office) -> tuple[Case, dict[str, object]]:
    """A case with a running limit in working days that a timer of the drawing shares, and that limit's row."""
    case, run, timer = office.register(), t.limit_run.c, t.timer.c
    drawn = sa.exists().where(timer.case_id == run.case_id, timer.due_at == run.due_at, timer.kind == "event")
    counts = (run.stopped_at.is_(None), run.derivation.contains("working_days"), drawn)
    for _ in range(25):
        rows = office.rows(sa.select(t.limit_run).where(run.case_id == case.id, *counts))
        if rows:
            return case, dict(rows[0])
        case.complete(case.items[0]["element_id"])
    raise AssertionError("no drawn limit of this procedure counts working days")


def local_day(office: Office, due_at: object) -> date:
    """The last day that counts: it ends with the midnight at which the limit is due."""
    return (due_at - timedelta(seconds=1)).astimezone(office.application.zone).date()  # type: ignore[operator]


def test_a_day_off_shows_what_it_would_move_and_moves_it_by_decision_alone(office: Office) -> None:
    case, run = with_working_days(office)
    day = local_day(office, run["due_at"])

    before = preview(office, day)
    nothing = preview(office, day + timedelta(days=200))
    free(office, day)
    kept = next(
        row for row in office.rows(t.limit_run.select().where(t.limit_run.c.case_id == case.id)) if row["id"] == run["id"]
    )
    office.execute(directory.RecountDeadlines(case.id, "司庆放假"), "admin")

    moved = next(
        row for row in office.rows(t.limit_run.select().where(t.limit_run.c.case_id == case.id)) if row["id"] == run["id"]
    )
    foreseen = next(row for row in before.rows if row.name.zh == run["name_zh"])
    assert (foreseen.case_id, foreseen.due_at, nothing.total) == (case.id, run["due_at"], 0)
    assert kept["due_at"] == run["due_at"], "saving the day moves nothing that runs"
    assert moved["due_at"] == foreseen.becomes > run["due_at"] and before.by_estate[0][0].zh == "云禾花园"
    assert waiting(office).total == 0


def test_the_task_the_timer_and_the_register_follow_and_the_journal_makes_the_same(office: Office) -> None:
    case, run = with_working_days(office)
    free(office, local_day(office, run["due_at"]))

    office.execute(directory.RecountDeadlines(case.id, "司庆放假"), "admin")

    moved = {event.key: event for event in case.events(LimitRecounted)}
    entry = case.journal()[-1]
    assert run["key"] in moved and moved[str(run["key"])].before_at == run["due_at"]
    assert entry.action == "recount" and "reason" in entry.personal and entry.actor_id == office.person_id("admin")
    timers = office.rows(t.timer.select().where(t.timer.c.case_id == case.id, t.timer.c.due_at.is_not(None)))
    assert all(row["due_at"] != run["due_at"] for row in timers), "the timer of the drawing has moved with its limit"
    assert {row["kind"] for row in timers if row["due_at"] == moved[str(run["key"])].due_at} == {"breach", "event"}
    assert case.entry["next_due_at"] == min(row["due_at"] for row in timers)
    with office.application.database.write() as connection:
        stood = contents(connection)
        rebuild(connection, office.application.settings.secret_key)
        assert contents(connection) == stood


def test_the_moved_moment_is_the_one_that_counts(office: Office) -> None:
    case, run = with_working_days(office)
    free(office, local_day(office, run["due_at"]))
    office.execute(directory.RecountDeadlines(case.id, "司庆放假"), "admin")
    becomes = next(event.due_at for event in case.events(LimitRecounted) if event.key == run["key"])

    office.go_to(run["due_at"] + timedelta(minutes=1))  # type: ignore[operator]
    early = run["key"] in case.breached()
    office.go_to(becomes + timedelta(minutes=1))

    assert not early and (run["key"] in case.breached() or case.run(str(run["key"]))["stopped_at"])


def test_what_is_late_or_would_be_at_once_stays(office: Office) -> None:
    case, run = with_working_days(office)
    day = local_day(office, run["due_at"])
    office.go_to(run["due_at"] + timedelta(hours=1))  # type: ignore[operator]

    free(office, day)
    said = office.execute(directory.RecountDeadlines(case.id, "补救"), "admin")

    late = next(
        row for row in office.rows(t.limit_run.select().where(t.limit_run.c.case_id == case.id)) if row["id"] == run["id"]
    )
    assert late["due_at"] == run["due_at"] and said.said.zh


def test_only_administrators_and_with_a_reason(office: Office) -> None:
    case = office.register()

    with pytest.raises(Forbidden):
        office.execute(directory.RecountDeadlines(case.id, "x"), "manager")
    with pytest.raises(InvalidValues):
        office.execute(directory.RecountDeadlines(case.id, " "), "admin")
