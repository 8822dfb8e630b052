"""Improvement plans: their figure is drawn from the register before and after, and settled plans stay as they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from engine.commands.plans import DropPlan, MeasurePlan, SavePlan
from engine.domain.actor import COMPANY
from engine.errors import Forbidden, InvalidState, InvalidValues, NotFound
from engine.queries import improvement
from engine.storage import tables as t
from tests.office import Office

OCTOBER_FIRST = datetime(2026, 10, 1, 1, 0, tzinfo=UTC)
SEPTEMBER = (date(2026, 9, 1), date(2026, 9, 30))


def plan_of(office: Office, **changes: object) -> SavePlan:
    """A plan to have fewer complaints about charges, the engineer responsible."""
    usual = SavePlan(
        estate_id=office.estate_id(),
        title="收费说明上墙",
        reason="收费投诉集中在分摊费",
        measure="大堂公示分摊办法",
        responsible_id=office.person_id("engineer"),
        due_on=date(2026, 10, 31),
        figure="in_category",
        before_from=SEPTEMBER[0],
        before_until=SEPTEMBER[1],
        category="charge",
    )
    return replace(usual, **changes)  # type: ignore[arg-type]


def seen(office: Office, login: str, plan_id: str) -> improvement.Plan:
    """The plan as that person sees it."""
    with office.application.read() as reader:
        return improvement.one(reader, office.actor(login), plan_id)


@pytest.fixture
def september(office: Office) -> Office:
    """Two complaints about charges and one about service; the first of October has come."""
    first = office.register(category="charge", sub_category=None)
    office.register(category="charge", sub_category=None)
    office.register(category="service", sub_category=None)
    office.register(_by="bitong", _estate="BT", category="charge", sub_category=None)
    first.reach("find_cause")
    office.clock.set(OCTOBER_FIRST)
    return office


@pytest.mark.clause("S1.16", "S1.10")
def test_the_figure_is_drawn_before_and_after(september: Office) -> None:
    plan_id = september.execute(plan_of(september, cases="yh-2026-00001、YH-2026-00002"), "manager")

    before = seen(september, "engineer", plan_id)
    assert (before.before_value, before.after_value, before.better, before.state) == (Decimal(2), None, None, "open")
    assert [number for number, _ in before.cases] == ["YH-2026-00001", "YH-2026-00002"]

    september.clock.advance(days=40)
    assert seen(september, "guard", plan_id).overdue
    september.execute(MeasurePlan(plan_id, date(2026, 10, 1), date(2026, 10, 31), "没有新的收费投诉"), "engineer")

    after = seen(september, "manager", plan_id)
    assert (after.after_value, after.better, after.state, after.overdue) == (Decimal(0), True, "measured", False)
    with pytest.raises(InvalidState):
        september.execute(MeasurePlan(plan_id, date(2026, 10, 2), date(2026, 10, 31), "再来"), "manager")
    with pytest.raises(InvalidState):
        september.execute(plan_of(september, plan_id=plan_id), "manager")


def test_a_plan_of_the_company_counts_every_estate(september: Office) -> None:
    plan_id = september.execute(plan_of(september, estate_id=COMPANY), "director")

    assert seen(september, "bitong", plan_id).before_value == Decimal(3)


def test_what_cannot_be_taken_is_said_at_its_field(september: Office) -> None:
    wrong = {
        "title": {"title": " "},
        "reason": {"reason": "x" * 2001},
        "figure": {"figure": "happiness"},
        "category": {"category": None},
        "responsible": {"responsible_id": "nobody"},
        "due_on": {"due_on": None},
        "before_until": {"before_until": date(2026, 10, 1)},
        "before_from": {"before_from": date(1026, 9, 1)},
        "cases": {"cases": "YH-2026-99999 BT-2026-00001"},
    }

    for field, changes in wrong.items():
        with pytest.raises(InvalidValues) as refused:
            september.execute(plan_of(september, **changes), "manager")
        assert set(refused.value.fields) == {field}, field
    plan_id = september.execute(plan_of(september), "manager")
    september.clock.advance(days=10)
    for days in (
        (date(2026, 9, 20), date(2026, 10, 5)),
        (date(2026, 10, 5), date(2026, 10, 4)),
        (date(2026, 10, 5), date(2026, 12, 1)),
    ):
        with pytest.raises(InvalidValues):
            september.execute(MeasurePlan(plan_id, *days, "好"), "manager")


def test_who_may(september: Office) -> None:
    with pytest.raises(Forbidden):
        september.execute(plan_of(september), "reception")
    plan_id = september.execute(plan_of(september), "supervisor")

    with pytest.raises(NotFound):
        seen(september, "bitong", plan_id)
    with pytest.raises(NotFound):
        september.execute(DropPlan(plan_id, "x"), "bitong")
    with pytest.raises(Forbidden):
        september.execute(DropPlan(plan_id, "x"), "engineer")
    with pytest.raises(Forbidden):
        september.execute(MeasurePlan(plan_id, *SEPTEMBER, "x"), "guard")

    september.execute(DropPlan(plan_id, "并入全公司的计划"), "manager")
    assert (seen(september, "guard", plan_id).state, seen(september, "guard", plan_id).may_measure) == ("dropped", False)


def test_what_was_done_stands_in_the_journal_without_anybodys_words(september: Office) -> None:
    september.execute(plan_of(september), "manager")

    told = september.rows(sa.select(t.journal.c.events).where(t.journal.c.action == "directory_service_plan"))

    assert len(told) == 1 and '"before_value":"2"' in told[0]["events"]
    assert "分摊" not in told[0]["events"]


def test_a_report_tells_of_the_plans_of_its_days(september: Office) -> None:
    plan_id = september.execute(plan_of(september), "manager")
    start, end = OCTOBER_FIRST - timedelta(hours=9), OCTOBER_FIRST + timedelta(days=31)

    def told(estate_id: str, first: datetime, last: datetime) -> list[str]:
        with september.application.read() as reader:
            return [plan.id for plan in improvement.in_period(reader, september.actor("manager"), estate_id, first, last)]

    assert told(COMPANY, start, end) == told(september.estate_id(), start, end) == [plan_id]
    assert told(september.estate_id("BT"), start, end) == told(COMPANY, start - timedelta(days=60), start) == []
