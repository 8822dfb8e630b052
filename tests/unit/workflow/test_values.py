"""Values live on the case: scopes, rounds of a form, FEEL everywhere, and nothing on tokens."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from engine.domain.durations import YearsMonths
from engine.errors import Incident
from engine.workflow import Called, Decided, ItemCancelled, ItemCompleted, ItemOpened, Passed, ValuesSet
from tests.unit.workflow.drawing import (
    around,
    begin,
    boundary,
    call,
    choice,
    diagram,
    end,
    flow,
    items,
    message,
    messages,
    node,
    path,
    script,
    table,
    timer,
    times,
    user,
)
from tests.unit.workflow.driver import NOW, Driver, make_procedure

BACK = diagram(
    "main",
    begin(),
    user("answer"),
    choice("again", "enough"),
    end(),
    path("begun", "answer", "again"),
    flow("again", "answer", "more = true"),
    flow("again", "finished", flow_id="enough"),
)


def test_a_form_starts_afresh_in_its_next_round_but_kept_keys_stay():
    case = Driver(make_procedure(BACK, fields="more? note text*", forms={"answer": "more note text"}))

    case.do("answer", more=True, note="first", text="stays")

    assert case.values["note"] is None and case.values["more"] is None and case.values["text"] == "stays"
    assert [one.values for one in case.happened if isinstance(one, ValuesSet)] == [{"more": None, "note": None}]
    assert case.item("answer").round == 2


def test_a_skipped_task_answers_nothing_and_was_done_by_nobody():
    case = Driver(make_procedure(BACK, fields="more? note text*", forms={"answer": "more note text"}), {"text": "old"})

    case.skip("answer")

    assert case.instance.ended and case.values["text"] == "old" and case.values.get("note") is None
    assert case.instance.done_by == {}
    assert [one.by for one in case.all if isinstance(one, ItemCompleted)] == ["boss"]


def test_names_are_the_scope_then_the_case_then_facts_then_null():
    drawn = diagram(
        "main",
        begin(),
        script("look", "seen = [raised_count, estate, missing, days]\nnext = count(seen)"),
        user("stop"),
        end(),
        path("begun", "look", "stop", "finished"),
    )
    case = Driver(make_procedure(drawn, fields="seen~ next# missing days"), {"days": "field"}, facts={"raised_count": Decimal(2)})

    assert case.values["seen"] == [Decimal(2), "east", None, "field"] and case.values["next"] == 4


def test_every_type_of_value_survives_saving():
    values = {
        "a": Decimal("1.50"),
        "b": date(2026, 1, 2),
        "c": NOW.astimezone(ZoneInfo("Asia/Shanghai")),
        "d": timedelta(hours=1),
        "e": YearsMonths(14),
        "f": [{"typename": "x", "n": Decimal(3)}],
        "g": {"$": "x", "typename": "Task"},
        "h": None,
        "i": True,
    }
    case = Driver(make_procedure(BACK, fields="more? note text*", forms={}), values)

    case.do("answer", more=True)

    assert {key: case.values[key] for key in values} == values


def test_scripts_around_a_task_see_and_set_the_case():
    drawn = diagram(
        "main",
        begin(),
        user("work", extensions=around("before = 1", "after = before + mid")),
        end(),
        path("begun", "work", "finished"),
    )
    case = Driver(make_procedure(drawn, fields="before#* mid#* after#*", forms={"work": "mid"}))
    assert case.values["before"] == 1

    case.do("work", mid=Decimal(2))

    assert case.values["after"] == 3
    assert case.names() == ["ValuesSet after", "ItemCompleted work", "Passed work", "Passed finished", "Ended"]


def test_a_service_task_is_called_with_evaluated_parameters():
    operator = (
        '<spiffworkflow:serviceTaskOperator id="notify"><spiffworkflow:parameters>'
        '<spiffworkflow:parameter id="role" type="str" value="[&quot;boss&quot;, who]"/>'
        "</spiffworkflow:parameters></spiffworkflow:serviceTaskOperator>"
    )
    drawn = diagram("main", begin(), node("serviceTask", "tell", extensions=operator), end(), path("begun", "tell", "finished"))

    case = Driver(make_procedure(drawn, fields="who"), {"who": "ann"})

    assert [one for one in case.all if isinstance(one, Called)] == [Called("tell", "notify", {"role": ["boss", "ann"]})]
    assert dict(case.values) == {"who": "ann"}


def decision(result: str = "") -> str:
    return node(
        "businessRuleTask", "decide", extensions=f"<spiffworkflow:calledDecisionId>rule</spiffworkflow:calledDecisionId>{result}"
    )


RULE = {
    "rule": table(
        "rule", "UNIQUE", ["amount"], ["severity", "why"], [["< 5", '"minor"', '"small"'], [">= 5", '"major"', '"big"']]
    )
}


def test_a_decision_is_spread_over_its_keys_and_its_rows_are_told():
    drawn = diagram("main", begin(), decision(), user("stop"), end(), path("begun", "decide", "stop", "finished"))

    case = Driver(make_procedure(drawn, fields="amount# severity why", tables=RULE), {"amount": Decimal(7)})

    assert case.values["severity"] == "major" and case.values["why"] == "big"
    [told] = [one for one in case.all if isinstance(one, Decided)]
    assert (told.element_id, told.decision_id, told.rows) == ("decide", "rule", (2,))


def test_a_decision_may_go_to_one_key():
    drawn = diagram(
        "main",
        begin(),
        decision("<spiffworkflow:resultVariable>judged</spiffworkflow:resultVariable>"),
        user("stop"),
        end(),
        path("begun", "decide", "stop", "finished"),
    )

    case = Driver(make_procedure(drawn, fields="amount# judged", tables=RULE), {"amount": Decimal(1)})

    assert case.values["judged"] == {"severity": "minor", "why": "small"}


@pytest.mark.parametrize("result", ["", "<spiffworkflow:resultVariable>judged</spiffworkflow:resultVariable>"])
def test_a_decision_of_which_no_row_applies_is_an_incident(result: str):
    drawn = diagram("main", begin(), decision(result), user("stop"), end(), path("begun", "decide", "stop", "finished"))

    with pytest.raises(Incident) as refusal:
        Driver(make_procedure(drawn, fields="amount# severity why judged", tables=RULE), {"amount": None})

    assert refusal.value.element_id == "decide" and "“rule”" in refusal.value.text.zh


def test_a_decision_that_collects_may_collect_nothing():
    drawn = diagram(
        "main", begin(), decision("<spiffworkflow:resultVariable>judged</spiffworkflow:resultVariable>"), user("stop"), end(),
        path("begun", "decide", "stop", "finished"),
    )  # fmt: skip
    collected = {"rule": table("rule", "COLLECT", ["amount"], ["judged"], [["< 5", "1"]])}

    case = Driver(make_procedure(drawn, fields="amount# judged~", tables=collected), {"amount": Decimal(9)})

    assert case.open == ["stop"] and not case.values["judged"]


@pytest.mark.parametrize(
    "text", ['x = working_days("three")', "x = limit(1)", "x = every(1)", 'x = end_of_day("noon")', "x = hours()"]
)
def test_a_script_that_misuses_a_function_is_an_incident(text: str):
    drawn = diagram("main", begin(), script("work", text), end(), path("begun", "work", "finished"))

    with pytest.raises(Incident) as refusal:
        Driver(make_procedure(drawn, fields="x"))

    assert refusal.value.element_id == "work"


def test_a_condition_that_is_neither_true_nor_false_is_an_incident():
    drawn = diagram(
        "main",
        begin(),
        choice("which", "other"),
        end(),
        end("away"),
        path("begun", "which"),
        flow("which", "finished", "amount"),
        flow("which", "away", flow_id="other"),
    )

    with pytest.raises(Incident) as refusal:
        Driver(make_procedure(drawn, fields="amount#"), {"amount": Decimal(3)})
    null = Driver(make_procedure(drawn, fields="amount#"), {})

    assert refusal.value.element_id == "which"
    assert [one.element_id for one in null.all if isinstance(one, Passed)] == ["begun", "which", "away"]


ITEMS = diagram(
    "main",
    begin(),
    user("ask", items("units", result="opinions", item="unit")),
    user("sum_up"),
    end(),
    path("begun", "ask", "sum_up", "finished"),
)


def test_items_are_apart_and_results_stand_in_item_order():
    procedure = make_procedure(ITEMS, fields="units~ unit opinion opinions~", forms={"ask": "opinion"})
    case = Driver(procedure, {"units": ["a", "b", "c"], "unit": "case", "opinion": "case"})
    assert [item.loop_index for item in case.instance.open_items] == [1, 2, 3]
    assert case.instance.values_at(case.item("ask", 1).id)["unit"] == "b"

    case.do("ask", 2, opinion="third")
    case.do("ask", 0, opinion="first")
    assert case.values["opinions"] == [{"unit": "a", "opinion": "first"}, {"unit": "c", "opinion": "third"}]
    case.do("ask", 0, opinion="second")

    assert [one["opinion"] for one in case.values["opinions"]] == ["first", "second", "third"]
    assert case.values["unit"] == "case" and case.values["opinion"] == "case" and case.open == ["sum_up"]
    assert [one.element_id for one in case.all if isinstance(one, Passed)] == ["begun", "ask"]


def test_items_one_after_the_other_give_one_value_each():
    drawn = ITEMS.replace('isSequential="false"', 'isSequential="true"').replace(
        "</bpmn:multiInstance", '<bpmn:outputDataItem id="opinion" name="opinion"/></bpmn:multiInstance'
    )
    case = Driver(make_procedure(drawn, fields="units~ unit opinion opinions~"), {"units": ["a", "b"]})

    assert case.open == ["ask"]
    case.do("ask", opinion="one")
    case.do("ask", opinion="two")

    assert case.values["opinions"] == ["one", "two"] and case.open == ["sum_up"]


def test_a_number_of_items_and_an_empty_list():
    drawn = diagram(
        "main",
        begin(),
        user("sign", times("amount", result="all")),
        user("stop"),
        end(),
        path("begun", "sign", "stop", "finished"),
    )
    two = Driver(make_procedure(drawn, fields="amount# all~ name"), {"amount": Decimal(2)})
    none = Driver(make_procedure(ITEMS, fields="units~ unit opinion opinions~"), {"units": []})

    assert two.open == ["sign", "sign"] and none.open == ["sum_up"] and none.values["opinions"] == []
    with pytest.raises(Incident):
        Driver(make_procedure(ITEMS, fields="units~ unit opinion opinions~"), {"units": None})


INNER = diagram(
    "inner",
    begin("inner_begun"),
    script("greet", "greeting = unit.name"),
    user("mark", items("unit.people", result="marks", item="person")),
    user("close"),
    end("inner_done"),
    path("inner_begun", "greet", "mark", "close", "inner_done"),
)
NESTED = diagram(
    "main",
    begin(),
    call("per_unit", "inner", items("units", result="reports", item="unit")),
    boundary("too_late", "per_unit", timer("days(1)")),
    user("sum_up"),
    end(),
    path("begun", "per_unit", "sum_up", "finished"),
    path("too_late", "sum_up"),
)
UNITS = [{"name": "a", "people": ["x", "y"]}, {"name": "b", "people": ["z"]}]


def nested() -> Driver:
    return Driver(make_procedure(NESTED, INNER, fields="units~ unit greeting marks~ person mark reports~ by"), {"units": UNITS})


def test_scopes_nest_through_called_diagrams():
    case = nested()
    assert case.open == ["mark", "mark", "mark"]

    for number in range(3):
        case.do("mark", 0, mark=f"m{number}")
    for _ in range(2):
        case.do("close", 0, by="ann")

    first, second = case.values["reports"]
    assert (first["greeting"], second["greeting"]) == ("a", "b")
    assert first["marks"] == [{"person": "x", "mark": "m0"}, {"person": "y", "mark": "m1"}]
    assert set(case.values) == {"units", "reports"} and case.open == ["sum_up"]


def test_interrupting_called_items_sweeps_what_was_inside():
    case = nested()
    gone = {item.id for item in case.instance.open_items}
    case.do("mark", 0, mark="m")
    case.advance(days=2)

    assert case.fire_all() == ["too_late"]

    assert case.names() == ["TimerFired too_late", "Passed too_late", *["ItemCancelled mark"] * 2, "ItemOpened sum_up"]
    assert case.open == ["sum_up"] and not case.instance._workflow.subprocesses and not case.instance._case.scopes
    cancelled = {one.item_id for one in case.all if isinstance(one, ItemCancelled)}
    completed = {one.item_id for one in case.all if isinstance(one, ItemCompleted)}
    opened = {one.item.id for one in case.all if isinstance(one, ItemOpened)}
    assert not cancelled & completed and opened - cancelled - completed == {case.item("sum_up").id} and len(gone - cancelled) == 1
    case.do("sum_up")
    assert case.instance.ended


def test_a_scoped_call_keeps_its_values_inside_and_hands_out_what_its_script_says():
    inner = diagram("inner", begin("inner_begun"), user("work"), end("inner_done"), path("inner_begun", "work", "inner_done"))
    scripts = around("given = outside", "result = text")
    drawn = diagram(
        "main",
        begin(),
        call("apart", "inner", extensions=scripts, scope="true"),
        user("stop"),
        end(),
        path("begun", "apart", "stop", "finished"),
    )
    case = Driver(make_procedure(drawn, inner, fields="given outside text result"), {"outside": "in", "text": "mine"})
    assert case.instance.values_at(case.item("work").id)["given"] == "in"

    case.do("work", text="theirs")

    assert dict(case.values) == {"outside": "in", "text": "mine", "result": "theirs"}


def test_a_message_brings_its_payload_to_the_case():
    drawn = diagram(
        "main",
        begin(),
        user("work"),
        boundary("told", "work", message("news", "note"), cuts=False),
        end("told_end"),
        end(),
        path("begun", "work", "finished"),
        path("told", "told_end"),
        top=messages("news"),
    )
    case = Driver(make_procedure(drawn, fields="note"))
    assert case.instance.waits_for("news")

    case.deliver("news", {"a": Decimal(1)})

    assert case.values["note"] == {"a": Decimal(1)} and case.open == ["work"]


def test_assignee_and_department_are_asked_when_the_task_opens():
    drawn = diagram(
        "main",
        begin(),
        user("first"),
        user("second", assignee="handler", department='if x = "e" then "engineering" else null', excludes="first", role="boss"),
        end(),
        path("begun", "first", "second", "finished"),
    )
    case = Driver(make_procedure(drawn, fields="handler x"))

    case.do("first", by="ann", handler="bob", x="e")

    item = case.item("second")
    assert (item.assignee, item.department, item.excludes, item.role) == ("bob", "engineering", ("ann",), "boss")
    assert [one.item for one in case.happened if isinstance(one, ItemOpened)] == [item]
