"""What the check says about one drawing: each rule on a tiny diagram that breaks it and nothing else."""

from __future__ import annotations

import pytest

from engine.procedure import check
from tests.unit.procedure.drawing import (
    FIELDS,
    boundary,
    bpmn,
    bundle,
    chain,
    condition,
    end,
    field,
    findings,
    flow,
    form,
    message,
    node,
    rules,
    simple,
    start,
    timer,
    told,
    user,
)

RED = 'colour = "red"'
MULTI = "<multiInstanceLoopCharacteristics>{}</multiInstanceLoopCharacteristics>"

TWICE = "<loopCardinality>2</loopCardinality>"
IN_AND_OUT = "<loopDataInputRef>tags</loopDataInputRef><loopDataOutputRef>tags</loopDataOutputRef>"
CAMUNDA = 'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" camunda:collection="x"'


def split(*flows: str, kind: str = "exclusiveGateway", default: str = "") -> bytes:
    """A gateway after the task, with two ends."""
    gateway = node(kind, "choose", **({"default": default} if default else {}))
    return bpmn(start(), user(), gateway, end(), end("other"), chain("begin", "do_it", "choose"), *flows)


def on_task(kind: str, inner: str = "", **given: str) -> bytes:
    """A node between start and end in place of the user task, which comes after it."""
    return bpmn(start(), node(kind, "odd", inner, **given), user(), end(), chain("begin", "odd", "do_it", "done"))


def repeated(inner: str) -> bytes:
    """A user task that is repeated."""
    task = '<userTask id="do_it" name="办"><extensionElements><s:properties><s:property name="role" value="clerk"/>'
    properties = '<s:property name="name_en" value="Do"/></s:properties></extensionElements>'
    return bpmn(start(), f"{task}{properties}{inner}</userTask>", end(), chain("begin", "do_it", "done"))


BROKEN: dict[str, list[tuple[str, bytes, str | None]]] = {
    "ids and names": [
        ("duplicate-id", simple(node("scriptTask", "do_it", "<script>size = 1</script>")), "do_it"),
        ("reserved-id", bpmn(start("Start"), user(), end(), chain("Start", "do_it", "done")), "Start"),
        ("reserved-id", bpmn(start(), user(), end("End"), chain("begin", "do_it", "End")), "End"),
        ("reserved-id", bpmn(start(), user(), end("main.EndJoin"), chain("begin", "do_it", "main.EndJoin")), "main.EndJoin"),
        ("id", bpmn(start(), user(), end("办完"), chain("begin", "do_it", "办完")), "办完"),
        ("name", simple(name=""), "do_it"),
        ("name", simple(name_en=""), "do_it"),
        ("no-process", b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="x"/>', "x"),
    ],
    "shape": [
        ("no-start", bpmn(user(), end(), chain("do_it", "done")), "main"),
        ("no-end", bpmn(start(), user(), chain("begin", "do_it")), "main"),
        ("several-starts", simple(start("again"), flow("again", "do_it")), "main"),
        ("dangling-flow", simple(flow("do_it", "nowhere")), "f_do_it_nowhere"),
        ("dangling-flow", simple(flow("", "done", own="loose")), "loose"),
        ("out-of-reach", simple(end("island")), "island"),
        ("dead-end", simple(boundary("late", "do_it", timer("PT1H"))), "late"),
        ("end-goes-on", bpmn(start(), user(), end(), end("real"), chain("begin", "do_it", "done", "real")), "done"),
        ("flow-into-start", simple(flow("do_it", "begin")), "begin"),
        ("boundary-host", simple(boundary("late", "nowhere", timer("PT1H")), flow("late", "done")), "late"),
        (
            "subprocess-start",
            bpmn(
                start(),
                node("subProcess", "inner", start("i", timer("PT1H")) + user() + end("e") + chain("i", "do_it", "e")),
                end(),
                chain("begin", "inner", "done"),
            ),
            "inner",
        ),
        (
            "no-start",
            bpmn(
                start(),
                node("subProcess", "inner", user() + end("e") + chain("do_it", "e")),
                end(),
                chain("begin", "inner", "done"),
            ),
            "inner",
        ),
    ],
    "routing": [
        ("no-condition", split(flow("choose", "done", RED), flow("choose", "other")), "f_choose_other"),
        ("no-condition", split(flow("choose", "done"), flow("choose", "other", RED), kind="inclusiveGateway"), "f_choose_done"),
        ("no-default", split(flow("choose", "done", RED), flow("choose", "other", 'colour = "blue"')), "choose"),
        ("default-flow", split(flow("choose", "done", RED), flow("choose", "other"), default="gone"), "choose"),
        (
            "condition-without-gateway",
            bpmn(start(), user(), end(), flow("begin", "do_it"), flow("do_it", "done", RED)),
            "f_do_it_done",
        ),
        (
            "condition-without-gateway",
            split(flow("choose", "done", RED), flow("choose", "other"), kind="parallelGateway"),
            "f_choose_done",
        ),
        ("several-flows", simple(end("other"), flow("do_it", "other")), "do_it"),
        (
            "loop",
            bpmn(start(), user(), user("again"), end(), chain("begin", "do_it", "again", "do_it"), flow("again", "done")),
            "do_it",
        ),
        ("loop", simple(boundary("late", "do_it", timer("PT1H")), flow("late", "do_it")), "do_it"),
    ],
    "events": [
        ("no-trigger", on_task("intermediateCatchEvent"), "odd"),
        ("several-triggers", on_task("intermediateCatchEvent", timer("PT1H") + condition(RED)), "odd"),
        ("blank-timer", on_task("intermediateCatchEvent", timer(" ")), "odd"),
        ("blank-timer", on_task("intermediateCatchEvent", "<timerEventDefinition/>"), "odd"),
        (
            "interrupting-cycle",
            simple(boundary("late", "do_it", timer("R/P3D", "timeCycle")), end("e"), flow("late", "e")),
            "late",
        ),
        ("interrupting-cycle", simple(boundary("late", "do_it", timer("every(days(3))")), end("e"), flow("late", "e")), "late"),
        ("interrupting-cycle", on_task("intermediateCatchEvent", timer("R3/PT1H")), "odd"),
        ("start-timer", simple(start("weekly", timer("R/P7D", "timeCycle")), flow("weekly", "do_it")), "weekly"),
        ("timer-kind", simple(boundary("late", "do_it", timer("every(days(3))"), False), end("e"), flow("late", "e")), "late"),
        (
            "timer-kind",
            simple(boundary("late", "do_it", timer("days(3)", "timeCycle"), False), end("e"), flow("late", "e")),
            "late",
        ),
        ("blank-condition", on_task("intermediateCatchEvent", condition("")), "odd"),
        ("not-equal", on_task("intermediateCatchEvent", condition('colour != "red"')), "odd"),
        ("unknown-message", on_task("intermediateCatchEvent", message("gone")), "odd"),
        ("unknown-signal", on_task("intermediateCatchEvent", '<signalEventDefinition signalRef="gone"/>'), "odd"),
        (
            "unknown-error",
            bpmn(start(), user(), end("done", '<errorEventDefinition errorRef="gone"/>'), chain("begin", "do_it", "done")),
            "done",
        ),
        (
            "branch-merges",
            bpmn(
                start(),
                user(),
                user("next"),
                end(),
                chain("begin", "do_it", "next", "done"),
                boundary("late", "do_it", timer("PT1H"), False),
                flow("late", "next"),
            ),
            "f_late_next",
        ),
        (
            "two-timers",
            split(
                flow("choose", "a"),
                flow("choose", "b"),
                node("intermediateCatchEvent", "a", timer("PT1H")),
                node("intermediateCatchEvent", "b", timer("PT2H")),
                flow("a", "done"),
                flow("b", "other"),
                kind="eventBasedGateway",
            ),
            "choose",
        ),
        ("event-gateway", split(flow("choose", "done"), flow("choose", "other"), kind="eventBasedGateway"), "done"),
    ],
    "what is not run": [
        *[("unsupported", on_task(kind), "odd") for kind in ("task", "manualTask", "sendTask", "receiveTask", "complexGateway")],
        ("unsupported", on_task("intermediateThrowEvent", "<compensateEventDefinition/>"), "odd"),
        ("unsupported", on_task("intermediateThrowEvent", '<linkEventDefinition name="x"/>'), "odd"),
        ("unsupported", on_task("scriptTask", "<script>size = 1</script>", isForCompensation="true"), "odd"),
        ("unsupported", on_task("adHocSubProcess", start("i") + end("e") + flow("i", "e")), "odd"),
        ("unsupported", on_task("subProcess", start("i") + end("e") + flow("i", "e"), triggeredByEvent="true"), "odd"),
        ("unsupported", simple('<dataObject id="data"/>'), "data"),
        ("unsupported", simple('<dataObjectReference id="ref" dataObjectRef="data"/>'), "ref"),
        ("unsupported", on_task("userTask", "<ioSpecification/>", role="clerk", form="do_it"), "odd"),
        (
            "unsupported",
            bpmn(start(), user(), end(), chain("begin", "do_it", "done"), roots='<correlationProperty id="c"/>'),
            "c",
        ),
        (
            "unsupported",
            simple(
                '<dataObject id="data"/><dataObjectReference id="near" dataObjectRef="data"/>'
                '<dataObjectReference id="far" dataObjectRef="near"/>'
            ),
            "far",
        ),
        ("endless-loop", repeated("<standardLoopCharacteristics/>"), "do_it"),
        ("multi-instance", repeated(MULTI.format("")), "do_it"),
        ("multi-instance", repeated(MULTI.format(IN_AND_OUT)), "do_it"),
        ("multi-instance", repeated(MULTI.format(f"{TWICE}<completionCondition>x</completionCondition>")), "do_it"),
        ("multi-instance", repeated(MULTI.format(TWICE).replace(">", f" {CAMUNDA}>", 1)), "do_it"),
    ],
}


@pytest.mark.parametrize(("rule", "diagram", "element"), [case for family in BROKEN.values() for case in family])
def test_a_broken_drawing_is_found_at_its_element(rule: str, diagram: bytes, element: str | None) -> None:
    found = [finding for finding in findings(diagram) if finding.rule == rule]

    assert element in {finding.element for finding in found}
    for finding in found:
        assert finding.file == "main.bpmn"
        assert finding.line
        assert finding.text.zh != finding.text.en
        assert finding.mend.zh != finding.mend.en


def test_a_sound_procedure_has_no_findings() -> None:
    assert findings() == []


SOUND = {
    "a gateway with a default": split(flow("choose", "done", RED), flow("choose", "other"), default="f_choose_other"),
    "a non-interrupting cycle": simple(
        boundary("late", "do_it", timer("every(days(3))", "timeCycle"), False), end("e"), flow("late", "e")
    ),
    "a branch that shares the end": simple(boundary("late", "do_it", timer("PT1H"), False), flow("late", "done")),
    "an interrupting boundary that returns through a gateway": bpmn(
        start(), node("exclusiveGateway", "again"), user(), end(), chain("begin", "again", "do_it", "done"),
        boundary("late", "do_it", condition(RED)), flow("late", "again"),
    ),
    "a parallel split": split(flow("choose", "done"), flow("choose", "other"), kind="parallelGateway"),
    "repetition over a list": repeated(MULTI.format("<loopDataInputRef>tags</loopDataInputRef>")),
}  # fmt: skip


@pytest.mark.parametrize("diagram", SOUND.values(), ids=SOUND.keys())
def test_a_sound_drawing_passes(diagram: bytes) -> None:
    kept = {"colour": {**FIELDS["colour"], "keep": True}}
    asked = form(field("select", "colour"), field("textfield", "subject"), field("checklist", "tags"))

    assert findings(diagram, fields=kept, files={"forms/do_it.form": asked}) == []


def test_two_files_with_one_id_are_found_in_the_second() -> None:
    twin = simple().replace(b'id="main"', b'id="twin"')

    found = told(check(bundle(files={"twin.bpmn": twin})))

    assert {(finding.file, finding.rule) for finding in found} == {("twin.bpmn", "duplicate-id"), ("twin.bpmn", "never-called")}
    assert {finding.element for finding in found} >= {"begin", "do_it", "done"}


def test_one_subprocess_id_in_two_files_is_found() -> None:
    def inner(task: str, begin: str) -> bytes:
        way = chain(f"{begin}_in", task, f"{begin}_out")
        part = node("subProcess", "part", start(f"{begin}_in") + user(task) + end(f"{begin}_out") + way)
        return bpmn(start(begin), part, end(f"{begin}_end"), chain(begin, "part", f"{begin}_end"), process=f"{begin}_process")

    found = check(bundle(inner("do_it", "a"), manifest={"main": "a_process"}, files={"twin.bpmn": inner("other", "b")}))

    assert [(one.file, one.element) for one in found if one.rule == "duplicate-id"] == [("twin.bpmn", "part")]


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"<definitions>", "xml"),
        (b"", "empty-file"),
        (b" \n", "empty-file"),
        (b"\xff\xfe\x00garbage", "xml"),
        (b"<!DOCTYPE x><definitions/>", "doctype"),
        ("<!DOCTYPE x><definitions/>".encode("utf-16"), "doctype"),
        (b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>', "doctype"),
        (b"<x/>", "not-bpmn"),
        (b"<definitions>" + b"<a>" * 250 + b"</a>" * 250 + b"</definitions>", "xml-depth"),
    ],
)
def test_a_file_that_is_no_diagram_gets_a_sentence(data: bytes, rule: str) -> None:
    found = told(check(bundle(files={"bad.bpmn": data})))

    assert rules(found) == {rule}
    assert {finding.file for finding in found} == {"bad.bpmn"}


def test_a_gateway_lists_all_the_flows_that_leave_it() -> None:
    """The order of that list is the order in which conditions are tried."""
    listed = "<outgoing>f_choose_done</outgoing><outgoing>f_choose_other</outgoing>"
    drawn = split(flow("choose", "done", RED), flow("choose", "other"), default="f_choose_other")

    def with_list(inner: str) -> set[str]:
        return rules(findings(drawn.replace(b"</exclusiveGateway>", f"{inner}</exclusiveGateway>".encode())))

    assert with_list(listed) == set()
    assert with_list(listed.replace("f_choose_done", "gone")) == {"flow-order"}
    assert with_list("<outgoing>f_choose_done</outgoing>") == {"flow-order"}
