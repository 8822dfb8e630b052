"""Several cases move to a new version by one order: each on its own, with a receipt, and back again while that is possible."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from engine.bootstrap import Application
from engine.clock import ManualClock
from engine.commands import incidents
from engine.domain import events as ev
from engine.domain.calendar_events import LimitRecounted
from engine.domain.events import DirectoryChanged
from engine.errors import EngineError, Forbidden, InvalidState, InvalidValues
from engine.storage import tables as t
from engine.storage.journal import read_stream
from tests.engine.incidents.test_migrating import KEY, NEW_TASK, TASK, WHY, is_sound, newer
from tests.office import Case, Office
from tests.published import publish

BACK = "新版不合适"
#: The first limit of twelve hours that the table has is the one of dispatch.
TWELVE, EIGHT = "<text>12</text>", "<text>8</text>"

ROLE = (
    "<bpmn:extensionElements><spiffworkflow:properties>"
    '<spiffworkflow:property name="role" value="supervisor" />'
    "</spiffworkflow:properties></bpmn:extensionElements>"
)


@pytest.fixture
def company(application: Application, clock: ManualClock) -> Office:
    """The demo company."""
    return Office(application, clock)


def at_assignment(company: Office, many: int = 1) -> list[Case]:
    """Cases whose dispatch is to be confirmed, with a clock running."""
    cases = [company.register() for _ in range(many)]
    for case in cases:
        case.reach(TASK)
    return cases


def faster(company: Office) -> str:
    """A version that gives eight hours where there were twelve."""

    def change(files: dict[str, str]) -> dict[str, str]:
        return {"limits.dmn": files["limits.dmn"].replace(TWELVE, EIGHT, 1)}

    return publish(company.application, KEY, change)


def with_a_task_behind(company: Office) -> str:
    """A version with one more task after the open one."""

    def change(files: dict[str, str]) -> dict[str, str]:
        flow, diagram = f'sourceRef="{TASK}" targetRef="', files["assign.bpmn"]
        target = diagram.partition(flow)[2].partition('"')[0]
        task = NEW_TASK.format(target=target).replace("<bpmn:outgoing>", f"{ROLE}<bpmn:outgoing>", 1)
        changed = diagram.replace(f'{flow}{target}"', f'{flow}look_again"')
        return {"assign.bpmn": changed.replace("<bpmn:sequenceFlow", f"{task}<bpmn:sequenceFlow", 1)}

    return publish(company.application, KEY, change)


def order(company: Office, cases: list[Case], timers: str = incidents.KEEP, by: str = "owner", number: int = 2) -> str:
    """Begin an order and carry it out, as the page does."""
    run_id = str(company.execute(incidents.BeginMigration(KEY, number, tuple(case.id for case in cases), timers, WHY), by))
    version = company.rows(sa.select(t.migration_run.c.version_id).where(t.migration_run.c.id == run_id))[0]["version_id"]
    for case in cases:
        try:
            company.execute(incidents.MigrateCase(case.id, version, WHY, timers=timers, run_id=run_id), by)
        except EngineError as refusal:
            company.execute(incidents.NoteRefusal(run_id, case.id, refusal.text), by)
    company.execute(incidents.CloseMigration(run_id), by)
    return run_id


def states(company: Office, run_id: str) -> list[str]:
    """What became of each case of the order, by number."""
    case = t.migrated_case.c
    return [row["state"] for row in company.rows(sa.select(case.state).where(case.run_id == run_id).order_by(case.number))]


def follows(company: Office, case: Case) -> int:
    """The number of the case's version."""
    version = t.procedure_version.c
    query = sa.select(version.number).join(t.cases, t.cases.c.version_id == version.id).where(t.cases.c.id == case.id)
    return int(company.rows(query)[0]["number"])


def whole(company: Office) -> list[DirectoryChanged]:
    """What the journal of the administration says of orders."""
    with company.application.database.read() as connection:
        entries = [entry for entry in read_stream(connection, "administration", "company") if entry.action == "migrate_cases"]
    return [event for entry in entries for event in entry.events if isinstance(event, DirectoryChanged)]


def test_each_case_is_moved_or_stays_with_its_own_sentence_and_goes_back(company: Office) -> None:
    stays, moves, done = at_assignment(company, 3)
    done.finish()
    newer(company)

    run_id = order(company, [moves, done])

    assert states(company, run_id) == ["moved", "refused"]
    assert [follows(company, case) for case in (stays, moves, done)] == [1, 2, 1]
    refused = company.rows(sa.select(t.migrated_case).where(t.migrated_case.c.case_id == done.id))[0]
    assert "已" in refused["problem_zh"] and refused["problem_en"]
    entry = moves.journal()[-1]
    assert (entry.action, entry.actor_id, list(entry.personal)) == ("migrate_case", company.person_id("owner"), ["reason"])
    begun, closed = whole(company)
    assert (begun.content["cases"], closed.content["moved"], closed.content["refused"]) == (2, 1, 1)

    company.execute(incidents.GoBack(run_id, moves.id, BACK), "owner")

    assert states(company, run_id) == ["back", "refused"] and follows(company, moves) == 1
    assert [event.to_number for event in moves.events(ev.CaseMigrated)] == [2, 1]
    with pytest.raises(InvalidState):
        company.execute(incidents.GoBack(run_id, moves.id, BACK), "owner")
    moves.finish()
    is_sound(company)


def test_deadlines_are_kept_or_counted_anew_and_come_back(company: Office) -> None:
    kept, anew = at_assignment(company, 2)
    due = kept.run("dispatch")["due_at"]
    version_id = faster(company)
    tried = anew.do(incidents.MigrateCase(anew.id, version_id, "", dry_run=True, timers=incidents.RECOMPUTE), "owner")
    (shifted,) = [one for one in tried.preview.shifted if one.name.zh == "派单"]
    assert (shifted.before - shifted.after, anew.run("dispatch")["due_at"]) == (timedelta(hours=4), due)

    order(company, [kept], incidents.KEEP)
    run_id = order(company, [anew], incidents.RECOMPUTE)

    assert kept.run("dispatch")["due_at"] == due
    assert anew.run("dispatch")["due_at"] == due - timedelta(hours=4) == anew.item(TASK)["due_at"]
    assert [event.before_at for event in anew.events(LimitRecounted)] == [due]
    company.execute(incidents.GoBack(run_id, anew.id, BACK), "owner")
    assert anew.run("dispatch")["due_at"] == due == anew.item(TASK)["due_at"]
    is_sound(company)


def test_a_case_that_changed_since_it_was_looked_at_stays_and_says_so(company: Office) -> None:
    changed, same = at_assignment(company, 2)
    version_id = newer(company)
    looked = [case.do(incidents.MigrateCase(case.id, version_id, "", dry_run=True), "owner").rev for case in (changed, same)]
    changed.complete(TASK)
    ids = (changed.id, same.id)
    run_id = str(company.execute(incidents.BeginMigration(KEY, 2, ids, incidents.KEEP, WHY), "owner"))

    movers = [incidents.Mover(case.id, rev) for case, rev in zip((changed, same), looked, strict=True)]
    going = incidents.Going(run_id, version_id, incidents.KEEP, WHY)
    incidents.carry_through(lambda command: company.execute(command, "owner"), going, movers)

    assert states(company, run_id) == ["refused", "moved"] and [follows(company, case) for case in (changed, same)] == [1, 2]
    refused = company.rows(sa.select(t.migrated_case).where(t.migrated_case.c.case_id == changed.id))[0]
    assert refused["problem_zh"].startswith("您看过以后，这件投诉又有变动")
    assert company.rows(sa.select(t.migration_run))[0]["finished_at"] is not None


def test_nobody_is_late_by_surprise(company: Office) -> None:
    (case,) = at_assignment(company)
    due = case.run("dispatch")["due_at"]
    faster(company)
    company.go_to(due - timedelta(hours=2))

    order(company, [case], incidents.RECOMPUTE)

    assert case.run("dispatch")["due_at"] == due and case.breached() == set()


def test_what_the_old_version_does_not_know_is_in_the_way_back(company: Office) -> None:
    open_there, done_there, before_it = at_assignment(company, 3)
    with_a_task_behind(company)
    run_id = order(company, [open_there, done_there, before_it])
    open_there.complete(TASK)
    done_there.complete(TASK)
    done_there.complete("look_again")

    for case in (open_there, done_there):
        with pytest.raises(InvalidState, match="再核对"):
            company.execute(incidents.GoBack(run_id, case.id, BACK), "owner")
    company.execute(incidents.GoBack(run_id, before_it.id, BACK), "owner")

    assert [follows(company, case) for case in (open_there, done_there, before_it)] == [2, 2, 1]
    before_it.complete(TASK)
    assert "look_again" not in before_it.open_tasks


def test_the_preview_says_where_a_case_stands_and_what_it_lacks(company: Office) -> None:
    (case,) = at_assignment(company)
    version_id = newer(company)
    tried = case.do(incidents.MigrateCase(case.id, version_id, "", dry_run=True), "owner").preview
    gone = newer(company, "assign.bpmn", f'"{TASK}"', f'"{TASK}_anew"')
    impossible = case.do(incidents.MigrateCase(case.id, gone, "", dry_run=True), "owner")

    assert [text.zh for text in (*tried.before, *tried.after)] == ["确定受理人", "选定受理人"] and tried.missing == ()
    assert impossible.preview.after == () and "确定受理人" in impossible.migration.impossible.zh


def test_who_may_not_and_what_is_no_order_is_refused(company: Office) -> None:
    (case,) = at_assignment(company)
    newer(company)

    with pytest.raises(Forbidden):
        order(company, [case], by="supervisor")
    for cases, timers in (([], incidents.KEEP), ([case], "later")):
        with pytest.raises(InvalidValues):
            order(company, cases, timers)
    run_id = order(company, [case])
    with pytest.raises(Forbidden):
        company.execute(incidents.GoBack(run_id, case.id, BACK), "supervisor")
    with pytest.raises(InvalidValues):
        company.execute(incidents.GoBack(run_id, case.id, " "), "owner")
