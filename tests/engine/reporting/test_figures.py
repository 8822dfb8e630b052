"""The figures of a period agree with cases that were counted by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from engine.calendar.schedules import Period
from engine.commands.cases import LogContact
from engine.domain.actor import COMPANY, SYSTEM
from engine.queries.reports import drawn_up
from engine.queries.reports.publishing import for_the_public
from tests.office import Office

LAST_WEEK = datetime(2026, 9, 27, 16, tzinfo=UTC)
THIS_WEEK = LAST_WEEK + timedelta(days=7)
AFTERWARDS = THIS_WEEK + timedelta(days=7)


def figures(office: Office, kind: str = "statistics", _by: str | None = None, estate: str = COMPANY) -> dict[str, Any]:
    """What is drawn up of the second week, as somebody may see it."""
    actor = office.actor(_by) if _by else SYSTEM
    procedure = office.application.catalogue.in_force("reporting", office.clock.now()).procedure
    with office.application.read() as reader:
        return drawn_up(reader, actor, procedure, kind, Period(THIS_WEEK, AFTERWARDS), estate)


def named(rows: list[dict[str, Any]], name: str) -> dict[str, Any]:
    """The row with a value or key."""
    return next(row for row in rows if name in (row.get("value"), row.get("key"), row.get("name")))


@pytest.fixture
def two_weeks(office: Office) -> Office:
    """One complaint a week ago, closed this week; three this week: one late, one urgent, one of another estate; one next week."""
    old = office.register(category="charge", sub_category=None)
    office.clock.set(THIS_WEEK + timedelta(hours=2))
    old.finish(visit_result="satisfied")
    late = office.register(category="facility", sub_category=None)
    office.register_emergency()
    office.register(_by="bitong", _estate="BT", category="facility", sub_category=None)
    office.clock.advance(days=3)
    late.do(LogContact(late.id, "又来电话"), "reception")
    office.clock.set(AFTERWARDS + timedelta(hours=1))
    office.register()
    return office


@pytest.mark.clause("S1.39", "S4.24")
def test_totals_of_the_week_and_the_one_before(two_weeks: Office) -> None:
    totals = figures(two_weeks)["totals"]

    counted = {name: totals[name] for name in ("received", "received_before", "closed", "closed_before", "emergencies")}
    assert counted == {"received": 3, "received_before": 1, "closed": 1, "closed_before": 0, "emergencies": 1}
    assert (totals["open_at_start"], totals["open_at_end"]) == (1, 3)


def test_tables_by_category_and_estate(two_weeks: Office) -> None:
    by = figures(two_weeks)["by"]

    facility, charge = named(by["category"], "facility"), named(by["category"], "charge")
    assert (facility["received"], facility["closed"], facility["open"]) == (2, 0, 2)
    assert (charge["received"], charge["before"], charge["closed"]) == (0, 1, 1)
    assert {row["zh"]: row["received"] for row in by["estate"]} == {"云禾花园": 2, "碧桐苑": 1}


def test_limits_kept_and_broken_by_clause(two_weeks: Office) -> None:
    limits = figures(two_weeks)["limits"]

    dispatch = named(limits, "dispatch")
    assert (dispatch["due"], dispatch["kept"], dispatch["breached"]) == (2, 0, 2)
    assert dispatch["clause"] == "S1.23"


@pytest.mark.clause("S4.26")
def test_the_rate_of_return_visits_and_what_was_answered(two_weeks: Office) -> None:
    measures = figures(two_weeks)["measures"]

    visits = named(measures, "return_visits")
    assert (visits["of"], visits["done"], visits["share"], visits["target"]) == (1, 1, Decimal(100), Decimal(100))
    assert [(answer["zh"], answer["count"]) for answer in named(measures, "visit_results")["answers"]] == [("满意", 1)]


def test_repeats_are_those_who_came_back(two_weeks: Office) -> None:
    assert figures(two_weeks)["repeats"] == {"contacts": 1, "linked": 0, "repeated": 1}


def test_the_hours_of_a_stage_are_those_its_tasks_lay_open(two_weeks: Office) -> None:
    stages = {stage["stage"]: stage for stage in figures(two_weeks)["stages"]}

    # Recording took no time; judging lay from registration in the first week to the second.
    assert stages["complaint"]["done"] >= 2
    assert stages["complaint"]["hours"] > 0
    assert stages["propose"]["hours"] == 0


def test_an_estate_sees_its_own(two_weeks: Office) -> None:
    assert figures(two_weeks, estate=two_weeks.estate_id("BT"))["totals"]["received"] == 1
    assert figures(two_weeks, _by="bitong")["totals"]["received"] == 1
    assert figures(two_weeks, _by="director")["totals"]["received"] == 3


def test_the_check_names_what_is_overdue(two_weeks: Office) -> None:
    check = figures(two_weeks, "check")

    assert {row["number"] for row in check["overdue"]} >= {"YH-2026-00002", "BT-2026-00001"}
    assert check["unvisited"] == []


def test_the_review_sees_tasks_that_nobody_used(two_weeks: Office) -> None:
    evidence = figures(two_weeks, "evidence")

    unused = {row["element"] for row in evidence["never_used"]}
    assert "hold_office_meeting" in unused and "record_complaint" not in unused
    assert (evidence["waivers"], evidence["exclusions_waived"]) == ([], 0)


def test_small_counts_are_not_told_to_the_public(two_weeks: Office) -> None:
    whole = figures(two_weeks)

    public = for_the_public(whole)

    assert public["totals"]["received"] is None and public["totals"]["reworked"] == 0
    assert all(row["received"] is None for row in public["by"]["estate"])
    assert all(measure.get("share") is None for measure in public["measures"])
    assert "limits" not in public and whole["totals"]["received"] == 3


@pytest.mark.parametrize("key", ["reporting", "review"])
def test_what_is_measured_is_there_in_the_complaint(office: Office, key: str) -> None:
    catalogue, now = office.application.catalogue, office.clock.now()
    measured = catalogue.in_force(key, now).procedure.manifest.source.mapping("measures")
    complaint = catalogue.intake(now).procedure

    tasks = {task for how in measured.values() for task in how.get("tasks") or ()}
    fields = {how["field"] for how in measured.values() if how.get("field")}
    assert measured and tasks <= complaint.elements.keys() and fields <= complaint.vocabulary.keys()
