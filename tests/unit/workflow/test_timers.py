"""Timers fire by id, one at a time, in due order; cycles coalesce; gateways and ISO texts are understood."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from engine.errors import Incident, InvalidState
from engine.workflow import Passed, TimerFired
from tests.unit.workflow.drawing import (
    begin,
    boundary,
    call,
    cycle,
    diagram,
    end,
    flow,
    message,
    messages,
    node,
    path,
    script,
    timer,
    user,
)
from tests.unit.workflow.driver import NOW, Driver, make_procedure

#: The end of a day in Shanghai, in UTC.
MIDNIGHT = timedelta(hours=16)


def day(number: int) -> datetime:
    """00:00 in Shanghai that ends the given day of January 2026."""
    return datetime(2026, 1, number, tzinfo=UTC) + MIDNIGHT


def with_timers(*timers: str, after: str = "late", fields: str = "x text") -> Driver:
    """A task with the given boundaries; every one leads to a task of its own."""
    names = [text.split('id="', 1)[1].split('"', 1)[0] for text in timers]
    parts = [
        part
        for name in names
        for part in (user(f"{after}_{name}"), end(f"end_{name}"), path(name, f"{after}_{name}", f"end_{name}"))
    ]
    drawn = diagram("main", begin(), user("work"), *timers, *parts, end(), path("begun", "work", "finished"))
    return Driver(make_procedure(drawn, fields=fields))


@pytest.mark.parametrize(
    ("expression", "due"),
    [
        ("minutes(30)", NOW + timedelta(minutes=30)),
        ("hours(2)", NOW + timedelta(hours=2)),
        ("days(3)", day(8)),
        ("months(1)", day(5) + timedelta(days=31)),
        ("working_days(5)", day(12)),
        ("working_hours(4)", NOW + timedelta(hours=6)),
        ("end_of_day()", day(5)),
        ('hours(1, date and time("2026-01-05T12:00:00"))', datetime(2026, 1, 5, 5, tzinfo=UTC)),
        ("PT2H", NOW + timedelta(hours=2)),
        ("P1M", datetime(2026, 2, 5, 1, tzinfo=UTC)),
        ("2026-01-07", day(6)),
        ('"P1D"', NOW + timedelta(days=1)),
        ('duration("PT5M")', NOW + timedelta(minutes=5)),
        ('date and time("2026-01-06T08:00:00+08:00")', datetime(2026, 1, 6, 0, tzinfo=UTC)),
    ],
)
def test_a_timer_is_due_when_its_expression_says(expression: str, due: datetime):
    case = with_timers(boundary("bell", "work", timer(expression), cuts=False))

    assert case.due() == {"bell": due}


@pytest.mark.parametrize("expression", ["x", "null", '"soon"', "1", 'hours("1")', "P1M1D"])
def test_a_timer_without_a_moment_is_an_incident(expression: str):
    with pytest.raises(Incident) as refusal:
        with_timers(boundary("bell", "work", timer(expression)))

    assert refusal.value.element_id == "bell"


def test_a_timer_fires_only_by_its_id_and_only_when_it_is_due():
    case = with_timers(boundary("bell", "work", timer("hours(2)"), cuts=False))
    [row] = case.instance.due()

    with pytest.raises(InvalidState):
        case.instance.fire(row.id)
    with pytest.raises(InvalidState):
        case.instance.fire("0" * 32)
    case.advance(hours=3)
    assert case.open == ["work"]

    assert case.fire() == "bell"
    assert case.open == ["work", "late_bell"] and case.due() == {}
    assert [one for one in case.happened if isinstance(one, TimerFired)] == [TimerFired("bell", NOW + timedelta(hours=2))]


def test_overdue_timers_fire_in_due_order_and_a_tie_rings_before_it_cuts():
    case = with_timers(
        boundary("cut", "work", timer("hours(2)")),
        boundary("reminder", "work", timer("hours(2)"), cuts=False),
        boundary("earlier", "work", timer("hours(1)"), cuts=False),
        boundary("later", "work", timer("hours(3)"), cuts=False),
    )
    case.advance(hours=9)

    assert case.fire_all() == ["earlier", "reminder", "cut"]
    assert case.open == ["late_earlier", "late_reminder", "late_cut"]


def test_of_two_overdue_interrupting_timers_only_the_first_fires():
    case = with_timers(boundary("second", "work", timer("hours(2)")), boundary("first", "work", timer("hours(1)")))
    case.advance(hours=9)

    assert case.fire_all() == ["first"] and case.open == ["late_first"]
    assert case.names() == ["TimerFired first", "Passed first", "ItemCancelled work", "ItemOpened late_first"]


def follow_up(expression: str) -> Driver:
    drawn = diagram(
        "main",
        begin(),
        user("work"),
        boundary("again", "work", cycle(expression), cuts=False),
        script("count", "told = told + 1"),
        end("told_end"),
        end(),
        path("begun", "work", "finished"),
        path("again", "count", "told_end"),
    )
    procedure = make_procedure(drawn, fields="told#* registered_at@*")
    return Driver(procedure, {"told": 0, "registered_at": NOW - timedelta(days=4)})


def test_a_cycle_counts_from_its_anchor_by_the_calendar():
    case = follow_up("every(days(3), registered_at)")
    assert case.due() == {"again": day(7)}

    case.at(day(7))
    assert case.fire_all() == ["again"] and case.values["told"] == 1

    assert case.due() == {"again": day(10)}


def test_rounds_that_were_missed_are_one():
    case = follow_up("every(days(3), registered_at)")
    case.advance(days=30)

    assert case.fire_all() == ["again"] and case.values["told"] == 1
    assert case.due() == {"again": datetime(2026, 2, 6, 16, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("expression", "rounds"),
    [
        ("R/P3D", [72, 144]),
        ("R2/PT1H", [1, 2]),
        ("R1/PT5H", [5]),
        ('every(duration("PT6H"))', [6, 12]),
        ("R/2026-01-05T00:00:00Z/PT4H", [3, 7]),
        ("every(months(1))", [15 + 31 * 24, 15 + 59 * 24]),
    ],
)
def test_cycles_come_round(expression: str, rounds: list[int]):
    case = follow_up(expression)
    seen = []
    while case.due() and len(seen) < 2:
        seen.append(int((case.due()["again"] - NOW) / timedelta(hours=1)))
        case.at(case.due()["again"])
        case.fire_all()

    assert seen == rounds and case.values["told"] == len(seen)


def test_a_cycle_with_a_short_step_and_an_old_anchor_is_found_at_once():
    case = follow_up('every(minutes(5), date and time("2016-01-01T00:00:00Z"))')

    assert case.due() == {"again": NOW + timedelta(minutes=5)}


def test_every_firing_of_a_cycle_is_a_passing():
    drawn = diagram(
        "main",
        begin(),
        user("work"),
        boundary("again", "work", cycle("R2/PT1H"), cuts=False, moment="handled_at"),
        end("told_end"),
        end(),
        path("begun", "work", "finished"),
        path("again", "told_end"),
    )
    case = Driver(make_procedure(drawn, fields="handled_at@*"))
    for hours in (1, 2):
        case.at(NOW + timedelta(hours=hours))
        assert case.fire_all() == ["again"] and case.values["handled_at"] == case.now
    case.do("work")

    passed = [one.element_id for one in case.all if isinstance(one, Passed)]
    assert passed == ["begun", "again", "told_end", "again", "told_end", "work", "finished"]


def test_a_round_that_falls_on_this_very_moment_has_been():
    assert follow_up("every(hours(3), registered_at)").due() == {"again": NOW + timedelta(hours=3)}


@pytest.mark.parametrize("expression", ["every(hours(0))", "3", "null", "every(now())"])
def test_a_cycle_that_is_none_is_an_incident(expression: str):
    with pytest.raises(Incident):
        follow_up(expression)


def test_what_a_cycle_has_opened_goes_with_its_activity():
    inner = diagram("inner", begin("inner_begun"), user("follow"), end("inner_done"), path("inner_begun", "follow", "inner_done"))
    drawn = diagram(
        "main",
        begin(),
        user("work"),
        boundary("again", "work", cycle("R/P1D"), cuts=False),
        call("visit", "inner"),
        end("told_end"),
        user("after"),
        end(),
        path("begun", "work", "after", "finished"),
        path("again", "visit", "told_end"),
    )
    case = Driver(make_procedure(drawn, inner))
    case.advance(days=1)
    case.fire_all()
    assert case.open == ["work", "follow"]

    case.do("work")

    assert case.open == ["after"] and "ItemCancelled follow" in case.names()
    case.do("after")
    assert case.instance.ended


def test_what_a_cycle_has_opened_goes_with_an_activity_that_is_cut():
    wait = node("intermediateCatchEvent", "news", message("news"))
    sub = begin("sub_begun") + wait + end("sub_done") + path("sub_begun", "news", "sub_done")
    drawn = diagram(
        "main",
        begin(),
        node("subProcess", "handling", sub),
        boundary("again", "handling", cycle("R/P1D"), cuts=False),
        user("follow"),
        end("told_end"),
        boundary("cut", "handling", timer("P2D")),
        node("intermediateCatchEvent", "pause", timer("P1D")),
        end(),
        path("begun", "handling", "finished"),
        path("again", "follow", "told_end"),
        path("cut", "pause", "finished"),
        top=messages("news"),
    )
    case = Driver(make_procedure(drawn))
    case.advance(days=1)
    assert case.fire_all() == ["again"] and case.open == ["follow"]
    case.advance(days=1)

    assert case.fire_all() == ["again", "cut"]

    assert case.open == [] and "ItemCancelled follow" in case.names() and set(case.due()) == {"pause"}


def waiting() -> Driver:
    drawn = diagram(
        "main",
        begin(),
        node("eventBasedGateway", "whichever"),
        node("intermediateCatchEvent", "window_over", timer("days(7)")),
        node("intermediateCatchEvent", "objected", message("objection", "note")),
        user("closed"),
        user("reopened"),
        end(),
        end("other"),
        path("begun", "whichever"),
        flow("whichever", "window_over"),
        flow("whichever", "objected"),
        path("window_over", "closed", "finished"),
        path("objected", "reopened", "other"),
        top=messages("objection"),
    )
    return Driver(make_procedure(drawn, fields="note"))


def test_the_timer_of_an_event_gateway_is_named_by_its_event():
    case = waiting()
    assert case.due() == {"window_over": day(12)} and case.instance.waits_for("objection")
    case.at(day(12))

    assert case.fire_all() == ["window_over"]
    assert case.open == ["closed"] and not case.instance.waits_for("objection")
    assert case.names() == ["TimerFired window_over", "Passed whichever", "Passed window_over", "ItemOpened closed"]


def test_a_message_beats_the_timer_of_an_event_gateway():
    case = waiting()

    case.deliver("objection", "no")

    assert case.open == ["reopened"] and case.due() == {} and case.values["note"] == "no"
    with pytest.raises(InvalidState):
        case.instance.deliver("objection")


def test_an_intermediate_timer_waits_and_goes_on():
    drawn = diagram(
        "main", begin(), node("intermediateCatchEvent", "pause", timer("PT1H")), end(), path("begun", "pause", "finished")
    )
    case = Driver(make_procedure(drawn))
    case.advance(hours=1)

    assert case.fire_all() == ["pause"] and case.instance.ended
