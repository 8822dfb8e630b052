"""A case follows a newer version by decision, pages and journal agreeing, or stays with a sentence why."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from engine.bootstrap import Application
from engine.clock import ManualClock
from engine.commands import incidents, work
from engine.commands.incidents.migrate_case import NoPlace
from engine.domain import events as ev
from engine.errors import Forbidden, InvalidState, InvalidValues, NotFound
from engine.storage import tables as t
from engine.storage.audit.rebuild import contents, rebuild
from engine.storage.audit.verify import verify
from tests.office import Case, Office
from tests.published import publish, replacing

WHY = "新版改正了派单"
KEY = "complaint"
TASK = "confirm_assignment"
NEW_TASK = (
    '<bpmn:userTask id="look_again" name="再核对"><bpmn:outgoing>flow_look</bpmn:outgoing></bpmn:userTask>'
    '<bpmn:sequenceFlow id="flow_look" sourceRef="look_again" targetRef="{target}" />'
)


@pytest.fixture
def company(application: Application, clock: ManualClock) -> Office:
    """The demo company."""
    return Office(application, clock)


def newer(company: Office, path: str = "assign.bpmn", old: str = 'name="确定受理人"', new: str = 'name="选定受理人"') -> str:
    """A version with one text replaced; without more it renames a task for people."""
    return publish(company.application, KEY, replacing(path, old, new))


def at_assignment(company: Office) -> Case:
    """A case whose dispatch is to be confirmed, with a clock running."""
    case = company.register()
    case.reach(TASK)
    return case


def migrate(case: Case, version_id: str, by: str = "admin", **more: bool) -> incidents.Moved:
    """Move the case."""
    moved = case.do(incidents.MigrateCase(case.id, version_id, WHY, **more), by)
    assert isinstance(moved, incidents.Moved)
    return moved


def whole(company: Office) -> list[object]:
    """Everything that a case is made of."""
    tables = (t.cases, t.journal, t.work_item, t.timer, t.limit_run, t.register_entry, t.payload)
    return [company.rows(sa.select(table)) for table in tables]


def is_sound(company: Office) -> None:
    """Projections equal a rebuild and the journal verifies."""
    with company.application.database.write() as connection:
        before = contents(connection)
        rebuild(connection, company.application.settings.secret_key)
        assert contents(connection) == before
        assert verify(connection) == []


def test_a_moved_case_keeps_its_items_drafts_and_clocks(company: Office) -> None:
    case = at_assignment(company)
    item, run = case.item(TASK), case.run("dispatch")
    case.do(work.SaveDraft(item["id"], {"department": "engineering"}), case.doer(item))
    version_id = newer(company)

    moved = migrate(case, version_id)

    assert moved.migration.moved_items == (item["id"],) and moved.migration.moved_dues == ()
    after = case.item(TASK)
    assert (after["id"], after["due_at"], after["name_zh"]) == (item["id"], item["due_at"], "选定受理人")
    assert case.run("dispatch") == run
    assert [(row["item_id"], row["unfinished"]) for row in company.rows(t.draft.select())] == [(item["id"], False)]
    assert company.rows(sa.select(t.cases.c.version_id).where(t.cases.c.id == case.id))[0]["version_id"] == version_id
    entry = case.journal()[-1]
    assert (entry.action, entry.actor_id, list(entry.personal)) == ("migrate_case", company.person_id("admin"), ["reason"])
    (event,) = case.events(ev.CaseMigrated)
    assert (event.from_number, event.to_number, event.to_version) == (1, 2, version_id)
    is_sound(company)


def test_a_moved_case_runs_to_its_end_and_its_limits_still_count(company: Office) -> None:
    case = at_assignment(company)
    migrate(case, newer(company))

    company.let_pass(hours=12, seconds=1)

    assert "dispatch" in case.breached()
    case.finish()
    assert case.entry["status"] == "closed"
    is_sound(company)


def test_a_task_inserted_behind_the_open_one_comes_next(company: Office) -> None:
    case = at_assignment(company)
    flow = f'sourceRef="{TASK}" targetRef="'
    diagram = company.application.catalogue.intake(company.clock.now()).procedure.bundle.files["assign.bpmn"].decode()
    target = diagram.partition(flow)[2].partition('"')[0]
    task = NEW_TASK.format(target=target)
    inserted = diagram.replace(f'{flow}{target}"', f'{flow}look_again"').replace(
        "<bpmn:sequenceFlow", f"{task}<bpmn:sequenceFlow", 1
    )
    item_id = case.item(TASK)["id"]

    migrate(case, publish(company.application, KEY, lambda files: {"assign.bpmn": inserted}))

    assert case.item(TASK)["id"] == item_id
    case.complete(TASK)
    assert case.open_tasks == ["look_again"]
    is_sound(company)


def test_a_role_that_was_corrected_brings_the_open_task_to_those_who_may_do_it(company: Office) -> None:
    case = company.register()
    version_id = newer(company, "complaint.bpmn", 'id="judge_complaint"', 'id="judge_complaint" ')
    diagram = company.application.catalogue.get(version_id).procedure.bundle.files["complaint.bpmn"].decode()
    head, _, tail = diagram.partition('id="judge_complaint" ')
    role = '<spiffworkflow:property name="role" value="manager" />'
    mended = f'{head}id="judge_complaint" {tail.replace("<spiffworkflow:properties>", "<spiffworkflow:properties>" + role, 1)}'
    before = case.item("judge_complaint")["role"]

    migrate(case, publish(company.application, KEY, lambda files: {"complaint.bpmn": mended}))

    assert before != "manager" == case.item("judge_complaint")["role"]
    assert [event.role for event in case.events(ev.WorkItemRedrawn)] == ["manager"]
    is_sound(company)


def test_a_case_without_a_place_in_the_version_stays_as_it_is(company: Office) -> None:
    case = at_assignment(company)
    version_id = newer(company, "assign.bpmn", f'"{TASK}"', f'"{TASK}_anew"')
    before = whole(company)

    with pytest.raises(NoPlace) as caught:
        migrate(case, version_id)

    assert caught.value.element_id == TASK and "“确定受理人”" in caught.value.text.zh
    tried = migrate(case, version_id, dry_run=True)
    assert tried.migration.impossible == caught.value.text
    assert whole(company) == before


def test_a_dry_run_writes_nothing(company: Office) -> None:
    case = at_assignment(company)
    version_id, before = newer(company), whole(company)

    moved = migrate(case, version_id, dry_run=True)

    assert moved.migration.impossible is None and len(moved.migration.moved_items) == 1
    assert whole(company) == before


def test_what_was_due_before_is_fired_under_the_new_version(company: Office) -> None:
    case = at_assignment(company)
    version_id = newer(company)
    company.clock.set(case.run("dispatch")["due_at"] + timedelta(minutes=1))

    migrate(case, version_id)

    assert "dispatch" in case.breached() and case.entry["breach_count"] == len(case.breached())
    is_sound(company)


def test_only_administrators_and_the_owner_move_a_case(company: Office) -> None:
    case = at_assignment(company)
    version_id = newer(company)

    with pytest.raises(Forbidden):
        migrate(case, version_id, "supervisor")
    with pytest.raises(NotFound):
        migrate(case, version_id, "bitong")

    migrate(case, version_id, "owner")
    assert case.journal()[-1].actor_id == company.person_id("owner")


def test_a_version_that_cannot_be_moved_to_is_refused(company: Office) -> None:
    case = at_assignment(company)
    other = next(row["id"] for row in company.rows(t.procedure_version.select()) if row["procedure_key"] == KEY)

    for version_id, error in (("nothing", InvalidValues), ("", InvalidValues), (other, InvalidState)):
        with pytest.raises(error):
            migrate(case, version_id)
    with pytest.raises(InvalidValues):
        case.do(incidents.MigrateCase(case.id, newer(company), "  "), "admin")


def test_a_version_of_the_future_is_not_moved_to(company: Office) -> None:
    case = at_assignment(company)
    version_id = newer(company)
    company.clock.set(company.clock.now() - timedelta(minutes=1))

    with pytest.raises(InvalidValues):
        migrate(case, version_id, dry_run=True)


def test_a_closed_case_stays_with_its_version(company: Office) -> None:
    case = company.register()
    case.finish()

    with pytest.raises(InvalidState):
        migrate(case, newer(company))
