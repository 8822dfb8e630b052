"""The dashboard's numbers, each with the very list behind it, for those whose estates and departments they are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from engine.commands import work
from engine.domain.actor import SYSTEM, Actor
from engine.errors import Forbidden
from engine.queries import dashboard, scope
from engine.queries.dashboard import TaskFilters
from engine.storage import tables as t
from tests.office import Case, Office

END_OF_TUESDAY = datetime(2026, 9, 29, 16, 0, tzinfo=UTC)


def board(office: Office, login: str, estate: str | None = None) -> dashboard.Board:
    """The board as that person sees it."""
    with office.application.read() as reader:
        return dashboard.burning(reader, office.actor(login), office.estate_id(estate) if estate else None)


def listed(office: Office, login: str, which: str, **filters: Any) -> list[str]:
    """What each row of a list is called."""
    with office.application.read() as reader:
        return [row.name.en for row in dashboard.tasks(reader, office.actor(login), which, TaskFilters(**filters)).rows]


@pytest.fixture
def waiting(office: Office) -> Case:
    """A complaint whose plan engineering has to propose."""
    case = office.register()
    case.reach("propose_plan")
    return case


def test_every_number_is_as_long_as_its_list(office: Office, waiting: Case) -> None:
    office.register()
    office.register_emergency()
    office.let_pass(days=2, minutes=5)

    seen = board(office, "manager")

    assert seen.tiles.late == len(listed(office, "manager", "late")) > 0
    assert seen.tiles.soon == len(listed(office, "manager", "soon"))
    assert seen.tiles.unassigned == len(listed(office, "manager", "unassigned")) > 0
    assert seen.open == len(listed(office, "manager", "all"))
    with office.application.read() as reader:
        limits = {of: dashboard.limits(reader, office.actor("manager"), of, None, 1) for of in dashboard.LIMITS}
    assert seen.tiles.breached == limits["breached"].total == len(limits["breached"].rows) > 0
    assert seen.expected_count == limits["expected"].total == len(limits["expected"].rows) > 0


def test_an_emergency_is_told_with_its_rung(office: Office) -> None:
    assert board(office, "supervisor").emergencies == ()

    case = office.register_emergency()

    (burning,) = board(office, "supervisor").emergencies
    assert (burning.number, burning.rung is not None, burning.due_at) == (
        case.number, True, office.clock.now() + timedelta(minutes=3)
    )  # fmt: skip
    assert board(office, "supervisor").tiles.emergencies == 1


def test_departments_see_their_own_and_others_nothing_of_it(office: Office, waiting: Case) -> None:
    plan = "Propose a plan"

    assert listed(office, "engineer", "all") == [plan]
    assert board(office, "engineer").open == 1
    assert (listed(office, "cleaner", "all"), board(office, "cleaner").open) == ([], 0)
    assert (listed(office, "bitong", "all"), board(office, "bitong").expected_count) == ([], 0)
    assert plan in listed(office, "manager", "all", department="engineering")
    assert listed(office, "manager", "all", department="cleaning") == []


def test_what_is_listed_may_be_opened(office: Office, waiting: Case) -> None:
    office.register()
    office.register_emergency()

    entry = t.register_entry.c
    for login in ("engineer", "head", "reception", "developer", "guard"):
        with office.application.read() as reader:
            actor = office.actor(login)
            rows = dashboard.tasks(reader, actor, "all", TaskFilters()).rows
            readable = scope.may_read_case(actor, entry.case_id, entry.estate_id, entry.department)
            may = set(reader.connection.execute(sa.select(entry.case_id).where(readable)).scalars())
        assert {row.case_id for row in rows} <= may


def test_workload_counts_what_is_open_late_old_and_done(office: Office, waiting: Case) -> None:
    office.let_pass(days=12)

    seen = board(office, "manager")

    engineer = next(load for load in seen.people if load.key == office.person_id("engineer"))
    assert (engineer.open, engineer.late, engineer.oldest_days, engineer.median_days, engineer.done) == (1, 1, 12, 12, 0)
    assert next(load.open for load in seen.departments if load.key == "engineering") == 1

    waiting.complete("propose_plan")

    after = next(load for load in board(office, "manager").people if load.key == office.person_id("engineer"))
    assert (after.open, after.median_days, after.done) == (0, None, 1)


def test_who_oversees_nobody_sees_but_the_own_load(office: Office, waiting: Case) -> None:
    case = office.register()
    office.execute(work.Claim(case.items[0]["id"]), case.doer(case.items[0]))
    other = office.person_id("engineer")

    assert len(board(office, "manager").people) > 1
    assert {load.key for load in board(office, "reception").people} <= {office.person_id("reception")}
    assert listed(office, "reception", "all", person_id=other) == []
    assert listed(office, "manager", "all", person_id=other) == ["Propose a plan"]


def test_days_off_are_no_working_days(office: Office, waiting: Case) -> None:
    seen = board(office, "manager")

    # Three days before the National Day holiday: the third working day comes after it.
    assert seen.until == END_OF_TUESDAY + timedelta(days=9)
    tasks = {row.limit.en: (row.own, row.task and row.task.en) for row in seen.expected}
    assert tasks["Rectification plan"] == (True, "Propose a plan"), "its own task"
    assert tasks["Second reply"] == (False, "Propose a plan"), "what the case waits for before it"


def test_what_will_be_late_at_the_usual_pace_is_told_when_enough_were_done(office: Office, waiting: Case) -> None:
    def plan() -> dashboard.Expected:
        return next(row for row in board(office, "manager").expected if row.item_id == waiting.items[0]["id"])

    assert plan().usual is None

    _were_done(office, waiting, took=timedelta(days=1), count=5)
    assert (plan().usual, plan().will_be_late) == (timedelta(days=1), False)

    _were_done(office, waiting, took=timedelta(days=20), count=6)
    assert (plan().usual, plan().will_be_late) == (timedelta(days=20), True)


def test_those_without_a_role_have_no_board_and_operators_see_incidents(office: Office) -> None:
    with office.application.read() as reader, pytest.raises(Forbidden):
        dashboard.burning(reader, Actor("nobody", "Nobody"))

    assert (board(office, "owner").tiles.incidents, board(office, "supervisor").tiles.incidents) == (0, None)


def test_one_estate_is_a_part_of_all(office: Office, waiting: Case) -> None:
    office.register(_by="bitong", _estate="BT")

    whole, yunhe, bitong = (board(office, "director", estate).open for estate in (None, "YH", "BT"))

    assert whole == yunhe + bitong and min(yunhe, bitong) > 0


def test_the_board_takes_six_statements(office: Office, waiting: Case) -> None:
    office.register_emergency()
    manager, said = office.actor("manager"), list[str]()
    sa.event.listen(office.application.database.engine, "before_cursor_execute", lambda *told: said.append(told[2]))

    with office.application.read() as reader:
        dashboard.burning(reader, manager)

    # Which version is in force, and what the company calls its roles, is asked by every page.
    own = [one for one in said if "SELECT" in one and "FROM procedure_version" not in one and "FROM alias" not in one]
    assert len(own) == 6, own


def _were_done(office: Office, like: Case, took: timedelta, count: int) -> None:
    item, now = dict(like.items[0]), office.clock.now()
    made = {"status": "done", "opened_at": now - took, "ended_at": now, "ended_by": SYSTEM.person_id}
    rows = [{**item, **made, "id": f"done-{took.days}-{number}"} for number in range(count)]
    with office.application.database.write() as connection:
        connection.execute(t.work_item.insert(), rows)
