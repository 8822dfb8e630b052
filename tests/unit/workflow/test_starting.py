"""A case begins at its start event, whatever the schedule or message that its caller has waited for."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.calendar import Calendar, DayRules
from engine.errors import Incident, Misconfigured
from engine.workflow import Instance, Occasion, build_model, recurrence, scheduled, start_events
from tests.unit.workflow.drawing import begin, call, cycle, diagram, end, message, messages, node, path, timer, user
from tests.unit.workflow.driver import Driver, make_procedure


@pytest.mark.parametrize(
    "event", [cycle('weekly("mon", "08:00")'), timer("2030-01-01", "timeDate"), message("go"), cycle("R/P7D")]
)
def test_a_scheduled_start_does_not_wait_again(event: str):
    drawn = diagram(
        "main", node("startEvent", "due", event), user("work"), end(), path("due", "work", "finished"), top=messages("go")
    )
    case = Driver(make_procedure(drawn))

    assert case.open == ["work"] and case.due() == {} and case.names() == ["Passed due", "ItemOpened work"]
    case.do("work")
    assert case.instance.ended


TWO = diagram(
    "main",
    node("startEvent", "quarter", cycle('quarterly(1, "08:00")')),
    begin("asked"),
    user("plan"),
    user("explain"),
    end(),
    path("quarter", "plan", "finished"),
    path("asked", "explain", "finished"),
)


@pytest.mark.parametrize(("begins_at", "opened"), [(None, "explain"), ("asked", "explain"), ("quarter", "plan")])
def test_of_several_start_events_one_begins(begins_at: str | None, opened: str):
    procedure = make_procedure(TWO)
    other = Driver(procedure)
    occasion: Occasion = other.instance._case.occasion

    instance = Instance.start(build_model(procedure), occasion, {}, begins_at=begins_at)

    assert [item.element_id for item in instance.open_items] == [opened]
    instance = Instance.load(build_model(procedure), instance.dump(), occasion)
    instance.complete(instance.open_items[0].id, {}, "ann")
    assert instance.ended


def test_the_calendar_says_when_a_start_event_is_due():
    model, monday = build_model(make_procedure(TWO)), datetime(2026, 9, 28, 1, 0, tzinfo=UTC)

    found = recurrence(model, "quarter", Calendar(DayRules()), monday)

    assert (start_events(model), scheduled(model)) == (("quarter", "asked"), ("quarter",))
    assert found is not None
    assert (found.due_at, found.every) == (datetime(2026, 10, 1, 0, 0, tzinfo=UTC), "quarter")
    assert recurrence(model, "asked", Calendar(DayRules()), monday) is None


def test_a_case_that_calls_itself_for_ever_is_an_incident():
    drawn = diagram("main", begin(), call("again", "main"), end(), path("begun", "again", "finished"))

    with pytest.raises(Incident):
        Driver(make_procedure(drawn))


def test_tasks_that_lead_back_without_a_gateway_are_refused():
    drawn = diagram("main", begin(), user("a"), user("b"), end(), path("begun", "a", "b", "a"))

    with pytest.raises(Misconfigured) as refusal:
        build_model(make_procedure(drawn))

    assert refusal.value.element_id == "main"
