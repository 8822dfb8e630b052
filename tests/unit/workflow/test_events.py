"""Conditions, messages, escalations and errors reach exactly whom they should."""

from __future__ import annotations

import pytest

from engine.errors import Incident, InvalidState
from engine.workflow import ItemCancelled, Passed
from tests.unit.workflow.drawing import (
    around,
    begin,
    boundary,
    call,
    choice,
    condition,
    diagram,
    end,
    flow,
    items,
    message,
    messages,
    path,
    script,
    user,
)
from tests.unit.workflow.driver import Driver, make_procedure

INNER = diagram(
    "inner",
    begin("inner_begun"),
    user("deep"),
    user("deeper"),
    end("inner_done"),
    path("inner_begun", "deep", "deeper", "inner_done"),
)
RAISED = diagram(
    "main",
    begin(),
    call("lower", "inner"),
    boundary("raised", "lower", condition('severity in ("important", "major")')),
    user("higher"),
    end(),
    path("begun", "lower", "finished"),
    path("raised", "higher", "finished"),
)


def test_a_condition_is_asked_again_wherever_a_value_changes():
    by_form = Driver(make_procedure(RAISED, INNER, fields="severity*"))
    by_command = Driver(make_procedure(RAISED, INNER, fields="severity*"))

    by_form.do("deep", severity="major")
    by_command.set(severity="important")

    assert by_form.open == by_command.open == ["higher"]
    assert by_command.names() == ["Passed raised", "ItemCancelled deep", "ItemOpened higher"]
    assert by_form.names() == [
        "ItemCompleted deep",
        "Passed deep",
        "ItemOpened deeper",
        "Passed raised",
        "ItemCancelled deeper",
        "ItemOpened higher",
    ]


def test_a_condition_of_an_event_must_be_true_or_false():
    drawn = RAISED.replace("in (&quot;important&quot;, &quot;major&quot;)", "")

    assert "in (" not in drawn and Driver(make_procedure(drawn, INNER, fields="severity*")).open == ["deep"]
    with pytest.raises(Incident) as refusal:
        Driver(make_procedure(drawn, INNER, fields="severity*"), {"severity": "major"})

    assert refusal.value.element_id == "raised"


def test_a_diagram_that_goes_in_circles_is_an_incident():
    drawn = diagram(
        "main",
        begin(),
        choice("way", "on"),
        user("work"),
        boundary("not_major", "work", condition('severity != "major"')),
        end(),
        path("begun", "way"),
        flow("way", "work", flow_id="on"),
        path("work", "finished"),
        path("not_major", "way"),
    )

    with pytest.raises(Incident) as refusal:
        Driver(make_procedure(drawn, fields="severity*"))

    assert refusal.value.element_id in ("way", "not_major")


def test_a_loop_of_scripts_is_an_incident_and_no_hang():
    drawn = diagram(
        "main",
        begin(),
        choice("way", "on"),
        script("again", "n = 1"),
        end(),
        path("begun", "way"),
        flow("way", "again", flow_id="on"),
        flow("way", "finished", "false"),
        path("again", "way"),
    )

    with pytest.raises(Incident):
        Driver(make_procedure(drawn, fields="n#"))


def test_a_message_goes_to_the_one_event_that_waits_for_it():
    drawn = diagram(
        "main",
        begin(),
        user("work"),
        boundary("stopped", "work", message("withdrawn")),
        user("confirm"),
        end(),
        path("begun", "work", "finished"),
        path("stopped", "confirm", "finished"),
        top=messages("withdrawn", "other"),
    )
    case = Driver(make_procedure(drawn))
    assert case.instance.waits_for("withdrawn") and not case.instance.waits_for("other")
    with pytest.raises(InvalidState):
        case.instance.deliver("other")

    case.deliver("withdrawn")

    assert case.open == ["confirm"] and case.names() == ["Passed stopped", "ItemCancelled work", "ItemOpened confirm"]
    assert not case.instance.waits_for("withdrawn")


def test_a_non_interrupting_message_is_taken_again_once_its_branch_is_done():
    drawn = diagram(
        "main",
        begin(),
        user("work"),
        boundary("asked", "work", message("review"), cuts=False),
        user("look"),
        end("looked"),
        end(),
        path("begun", "work", "finished"),
        path("asked", "look", "looked"),
        top=messages("review"),
    )
    case = Driver(make_procedure(drawn))
    case.deliver("review")
    assert case.open == ["work", "look"] and not case.instance.waits_for("review")

    case.do("look")
    assert case.instance.waits_for("review")
    case.deliver("review")
    case.do("look")
    case.do("work")

    assert case.instance.ended


ESCALATION = '<bpmn:escalationEventDefinition escalationRef="up"/>'
ERROR = '<bpmn:errorEventDefinition errorRef="bad"/>'
TOP = (
    '<bpmn:escalation id="up" name="up" escalationCode="up"><bpmn:extensionElements>'
    "<spiffworkflow:payloadExpression>text</spiffworkflow:payloadExpression>"
    "<spiffworkflow:variableName>reason</spiffworkflow:variableName></bpmn:extensionElements></bpmn:escalation>"
    '<bpmn:error id="bad" name="bad" errorCode="bad"/>'
)
THROWING = diagram(
    "inner",
    begin("inner_begun"),
    user("deep"),
    choice("how", "well"),
    end("inner_done"),
    end("went_bad", ERROR),
    end("went_up", ESCALATION),
    path("inner_begun", "deep", "how"),
    flow("how", "inner_done", flow_id="well"),
    flow("how", "went_bad", 'text = "bad"'),
    flow("how", "went_up", 'text = "up"'),
    top=TOP,
)


def two_calls() -> Driver:
    drawn = diagram(
        "main",
        begin(),
        choice("both", kind="parallelGateway"),
        call("one", "inner"),
        call("two", "inner"),
        boundary("one_up", "one", ESCALATION),
        boundary("two_up", "two", ESCALATION),
        boundary("one_bad", "one", ERROR, cuts=True),
        user("helped_one"),
        user("helped_two"),
        user("mended"),
        end(),
        end("other"),
        path("begun", "both", "one", "finished"),
        path("both", "two", "other"),
        path("one_up", "helped_one", "finished"),
        path("two_up", "helped_two", "other"),
        path("one_bad", "mended", "finished"),
        top=TOP,
    )
    return Driver(make_procedure(drawn, THROWING, fields="text reason"))


def test_an_escalation_goes_to_the_enclosing_call_only():
    case = two_calls()

    case.do("deep", 0, text="up")

    assert case.open == ["deep", "helped_one"] and case.values["reason"] == "up"
    assert [one.element_id for one in case.happened if isinstance(one, Passed)] == ["deep", "how", "went_up", "one_up"]


def test_a_call_that_was_escalated_is_neither_passed_nor_followed_by_its_script():
    drawn = diagram(
        "main",
        begin(),
        call("one", "inner", extensions=around("n = 1", "n = 2")),
        boundary("one_up", "one", ESCALATION),
        user("helped"),
        end(),
        path("begun", "one", "finished"),
        path("one_up", "helped", "finished"),
        top=TOP,
    )
    case = Driver(make_procedure(drawn, THROWING, fields="text reason n#"))

    case.do("deep", text="up")

    assert case.open == ["helped"] and case.values["n"] == 1
    assert [one.element_id for one in case.happened if isinstance(one, Passed)] == ["deep", "how", "went_up", "one_up"]


def test_an_error_ends_the_enclosing_call_and_one_nobody_catches_is_an_incident():
    case = two_calls()
    case.do("deep", 0, text="bad")
    assert sorted(case.open) == ["deep", "mended"]

    with pytest.raises(Incident) as refusal:
        case.do("deep", 0, text="bad")

    assert refusal.value.element_id == "went_bad"


def test_an_escalation_out_of_called_items_cancels_the_others():
    drawn = diagram(
        "main",
        begin(),
        call("each", "inner", items("units", result="all", item="unit")),
        boundary("up_each", "each", ESCALATION),
        user("helped"),
        end(),
        path("begun", "each", "finished"),
        path("up_each", "helped", "finished"),
        top=TOP,
    )
    case = Driver(make_procedure(drawn, THROWING, fields="text reason units~ all~ unit"), {"units": ["a", "b", "c"]})
    case.do("deep", 0)

    case.do("deep", 0, text="up")

    assert case.open == ["helped"] and len([one for one in case.all if isinstance(one, ItemCancelled)]) == 1
    assert len(case.values["all"]) == 1 and case.values["reason"] == "up"
