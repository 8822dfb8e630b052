"""What diagrams of other tools bring with them: each rule on a small diagram of our own that has just this."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from engine.procedure import Finding, check
from engine.procedure.bundle import Bundle
from engine.procedure.check.foreign.names import repaired
from engine.procedure.exchange.foreign.alone import taken_as
from engine.procedure.safe_xml import MAX_DEPTH
from tests.unit.procedure.drawing import BPMN, boundary, bpmn, chain, end, findings, flow, node, simple, start, timer, user

DI = "http://www.omg.org/spec/BPMN/20100524/DI"
POOLS = (
    '<collaboration id="together"><participant id="pool" name="住户" processRef="guest"/>'
    '<participant id="ours" name="物业" processRef="main"/><messageFlow id="tells" sourceRef="asks" targetRef="do_it"/>'
    "{}</collaboration>"
)
GUEST = f'<process id="guest">{node("startEvent", "asks")}{node("endEvent", "told")}{flow("asks", "told")}</process>'
LOOSE = '<messageFlow id="loose" sourceRef="asks"/><association id="note" sourceRef="asks" targetRef="gone"/>'
ZEEBE = '<z:userTask xmlns:z="http://camunda.org/schema/zeebe/1.0" id="inner"/>'
PAINT = '<x:colour xmlns:x="http://paint.example/1"/>'
DRAWN = (
    f'<d:BPMNDiagram xmlns:d="{DI}"><d:BPMNPlane id="plane" bpmnElement="main"><d:BPMNShape id="twice" bpmnElement="begin"/>'
    '<d:BPMNShape id="twice" bpmnElement="do_it"/><d:BPMNShape id="of_nothing" bpmnElement="gone"/></d:BPMNPlane></d:BPMNDiagram>'
)


def with_roots(*roots: str, diagram: bytes | None = None) -> bytes:
    """A diagram with more beside its process."""
    return (diagram or simple()).replace(b"</definitions>", "".join(roots).encode() + b"</definitions>")


def carrying(inner: str) -> bytes:
    """The user task with what another tool wrote into it."""
    return simple().replace(
        b"</s:properties></extensionElements></userTask>", f"</s:properties>{inner}</extensionElements></userTask>".encode()
    )


def alone(diagram: bytes, name: str = "main.bpmn") -> list[Finding]:
    """What is found in a file without its procedure."""
    return [one for one in check(Bundle({name: diagram})) if one.file == name]


FOUND = {
    "a second pool": ("several-processes", with_roots(POOLS.format(""), GUEST), "pool"),
    "messages between pools": ("message-flow", with_roots(POOLS.format(""), GUEST), "tells"),
    "a message that goes nowhere": ("broken-reference", with_roots(POOLS.format(LOOSE), GUEST), "loose"),
    "a note on nothing": ("broken-reference", with_roots(POOLS.format(LOOSE), GUEST), "note"),
    "a shape of nothing": ("broken-reference", with_roots(DRAWN), "of_nothing"),
    "two shapes with one id": ("duplicate-id", with_roots(DRAWN), "do_it"),
    "another engine's task": ("foreign-extension", carrying(ZEEBE), "do_it"),
    "another tool's colours": ("foreign-extension", carrying(PAINT), "do_it"),
    "an element that BPMN does not have": ("unknown-element", simple("<approval/>"), "main"),
    "another file": ("import", with_roots('<import location="other.bpmn" importType="x" namespace="y"/>'), "definitions"),
    "a garbled name": ("garbled-name", simple(name="核实情况".encode().decode("latin-1")), "do_it"),
    "a process of nothing": ("empty", with_roots('<process id="black"/>'), "black"),
    "a subprocess of nothing": ("empty", simple(node("subProcess", "box")), "box"),
    "a global task": ("unsupported", with_roots('<globalTask id="everywhere"/>'), "everywhere"),
    "a choreography": ("unsupported", with_roots('<choreography id="dance"/>'), "dance"),
    "a conversation": ("unsupported", with_roots('<collaboration id="c"><conversation id="talk"/></collaboration>'), "talk"),
    "inputs of a process": (
        "unsupported", simple('<ioSpecification><dataInput id="given" name="来信"/></ioSpecification>'), "given",
    ),
    "inputs without an id": ("unsupported", simple("<ioSpecification><dataInput/></ioSpecification>"), "main"),
}  # fmt: skip


@pytest.mark.parametrize(("rule", "diagram", "element"), FOUND.values(), ids=FOUND.keys())
def test_what_another_tool_left_is_told_at_its_element_in_both_languages(rule: str, diagram: bytes, element: str) -> None:
    found = [one for one in alone(diagram) if one.rule == rule]

    assert element in {one.element for one in found}
    for one in found:
        assert one.line
        assert one.text.zh != one.text.en
        assert one.mend.zh != one.mend.en


def test_a_sound_file_by_itself_lacks_only_what_its_procedure_has() -> None:
    assert {one.rule for one in alone(simple()) if one.level == "error"} == {"unknown-form", "unknown-role"}


def test_within_its_procedure_a_second_pool_is_no_news_and_an_extension_is() -> None:
    assert "several-processes" not in {one.rule for one in findings(with_roots(POOLS.format(""), GUEST))}
    assert {one.rule for one in findings(carrying(ZEEBE))} == {"foreign-extension"}


def test_of_several_pools_the_one_that_is_executable_is_ours() -> None:
    guest = GUEST.replace('<process id="guest">', '<process id="guest" isExecutable="true">')

    others = [one for one in alone(with_roots(POOLS.format(""), guest)) if one.rule == "several-processes"]

    assert [one.element for one in others] == ["ours"]


def test_a_process_that_is_called_is_no_other_pool() -> None:
    calling = bpmn(start(), node("callActivity", "asks_them", calledElement="guest"), end(), chain("begin", "asks_them", "done"))

    assert "several-processes" not in {one.rule for one in alone(with_roots(GUEST, diagram=calling))}


def test_what_is_not_run_anyway_is_not_said_to_lead_nowhere() -> None:
    undone = "<compensateEventDefinition/>"
    odd = simple(
        node("scriptTask", "undo", "<script>size = 1</script>", isForCompensation="true"),
        boundary("regret", "do_it", undone),
        node(
            "subProcess", "meanwhile", start("late", timer("PT1H")) + end("over") + flow("late", "over"), triggeredByEvent="true"
        ),
    )

    said = {(one.rule, one.element) for one in findings(odd)}

    assert said == {("unsupported", "undo"), ("unsupported", "regret"), ("unsupported", "meanwhile")}


def test_what_nothing_reaches_is_told_once_where_it_begins() -> None:
    island = simple(
        user("lost"), node("scriptTask", "after", "<script>size = 1</script>"), end("shore"), chain("lost", "after", "shore")
    )
    ring = simple(user("round"), user("about"), chain("round", "about", "round"))

    assert [one.element for one in findings(island) if one.rule == "out-of-reach"] == ["lost"]
    assert len([one for one in findings(ring) if one.rule == "out-of-reach"]) == 1


def parted(splits: str, joins: str, *between: str) -> bytes:
    """Two ways between two gateways, one of them by way of a task."""
    ways = chain("begin", "parts", "do_it", "meets", "done") + flow("parts", "meets", own="straight")
    return bpmn(start(), node(splits, "parts"), user(), node(joins, "meets"), end(), ways, *between)


@pytest.mark.parametrize(
    ("splits", "joins", "rule"),
    [
        ("exclusiveGateway", "parallelGateway", "waits-for-ever"),
        ("parallelGateway", "exclusiveGateway", "done-twice"),
        ("parallelGateway", "parallelGateway", None),
        ("exclusiveGateway", "exclusiveGateway", None),
        ("inclusiveGateway", "parallelGateway", None),
    ],
)
def test_ways_that_part_and_meet_again_fit_together(splits: str, joins: str, rule: str | None) -> None:
    found = [one for one in alone(parted(splits, joins)) if one.rule in ("waits-for-ever", "done-twice")]

    assert [(one.rule, one.element) for one in found] == ([(rule, "meets")] if rule else [])


def test_a_gateway_that_waits_for_ways_chosen_far_before_is_told_with_where_they_part() -> None:
    nested = bpmn(
        start(), node("exclusiveGateway", "parts"), node("parallelGateway", "one"), node("parallelGateway", "other"),
        *(user(own) for own in ("a", "b", "c", "d")), node("parallelGateway", "meets"), node("parallelGateway", "after"),
        node("parallelGateway", "later"), user("e"), user("f"), end(), chain("begin", "parts", "one", "a", "meets", "after"),
        chain("one", "b", "meets"), chain("parts", "other", "c", "meets"), chain("other", "d", "meets"),
        chain("after", "e", "later", "done"), chain("after", "f", "later"),
    )  # fmt: skip

    (found,) = [one for one in alone(nested) if one.rule == "waits-for-ever"]

    assert found.element == "meets"
    assert "“名 parts”" in found.text.zh


def test_a_gateway_that_waits_for_what_comes_after_it_is_told() -> None:
    around = bpmn(
        start(), node("parallelGateway", "meets"), user(), node("exclusiveGateway", "again"), end(),
        chain("begin", "meets", "do_it", "again", "done"), flow("again", "meets"),
    )  # fmt: skip

    assert [one.element for one in alone(around) if one.rule == "waits-for-ever"] == ["meets"]
    loose = around.replace(b"</process>", b'<sequenceFlow id="loose" targetRef="do_it"/></process>')
    assert "waits-for-ever" not in {one.rule for one in alone(loose)}


@pytest.mark.parametrize("cuts", [True, False])
def test_an_event_on_a_step_is_a_way_beside_it_only_if_the_step_goes_on(cuts: bool) -> None:
    drawn = bpmn(
        start(), user(), boundary("late", "do_it", timer("PT1H"), interrupting=cuts), node("parallelGateway", "meets"), end(),
        chain("begin", "do_it", "meets", "done"), flow("late", "meets"),
    )  # fmt: skip

    assert ("waits-for-ever" in {one.rule for one in alone(drawn)}) is cuts


def test_ways_that_part_twice_and_meet_twice_are_waited_for() -> None:
    drawn = bpmn(
        start(), node("exclusiveGateway", "parts"), node("parallelGateway", "one"), user("a"), user("b"),
        node("exclusiveGateway", "again"), node("parallelGateway", "meets"), user("c"), node("exclusiveGateway", "last"), end(),
        chain("begin", "parts", "one", "a", "again", "meets", "last", "done"), chain("one", "b", "meets"),
        chain("parts", "c", "last"), flow("again", "a"),
    )  # fmt: skip

    assert "waits-for-ever" not in {one.rule for one in alone(drawn)}


def test_a_flow_out_of_the_pool_is_told_once_and_counts_as_a_way() -> None:
    calling = chain("begin", "do_it", "parts", "done") + flow("parts", "told") + flow("asks", "do_it")
    guest = f'<process id="guest">{node("startEvent", "asks")}{node("endEvent", "told")}</process>'
    drawn = with_roots(guest, diagram=bpmn(start(), user(), node("exclusiveGateway", "parts"), end(), calling))

    said = {(one.rule, one.element) for one in alone(drawn)}

    assert {("dangling-flow", "f_parts_told"), ("dangling-flow", "f_asks_do_it"), ("no-condition", "f_parts_done")} <= said
    assert not {("dead-end", "asks"), ("dead-end", "parts")} & said


def test_shapes_may_name_their_elements_with_a_prefix() -> None:
    shape = '<d:BPMNShape id="of_begin" bpmnElement="b:begin"><c:Bounds x="0" y="0" width="36" height="36"/></d:BPMNShape>'
    prefixed = f'xmlns:b="{BPMN}" xmlns:d="{DI}" xmlns:c="http://www.omg.org/spec/DD/20100524/DC"'
    drawn = f'<d:BPMNDiagram {prefixed}><d:BPMNPlane bpmnElement="b:main">{shape}</d:BPMNPlane></d:BPMNDiagram>'

    assert "no-drawing" in {one.rule for one in alone(simple())}
    assert "no-drawing" not in {one.rule for one in alone(with_roots(drawn))}


def test_ways_that_meet_in_a_step_are_done_twice_and_in_an_end_are_not() -> None:
    in_step = bpmn(
        start(), node("parallelGateway", "parts"), user(), end(), chain("begin", "parts", "do_it", "done"),
        flow("parts", "do_it", own="too"),
    )  # fmt: skip
    in_end = bpmn(
        start(), node("parallelGateway", "parts"), user(), end(), chain("begin", "parts", "do_it", "done"), flow("parts", "done")
    )

    assert [(one.rule, one.element) for one in alone(in_step) if one.rule == "done-twice"] == [("done-twice", "do_it")]
    assert "done-twice" not in {one.rule for one in alone(in_end)}


def test_a_way_that_goes_back_to_its_gateway_comes_to_an_end() -> None:
    around = bpmn(start(), node("exclusiveGateway", "parts"), user(), end(), chain("begin", "parts", "do_it", "parts", "done"))

    assert not {one.rule for one in alone(around)} & {"waits-for-ever", "done-twice"}


def test_an_element_without_a_name_is_called_by_its_kind() -> None:
    diagram = bpmn(
        start(), '<exclusiveGateway id="sid-1"/>', end(), end("other"), chain("begin", "sid-1", "done"), flow("sid-1", "other")
    )

    (first, _) = [one for one in alone(diagram) if one.rule == "no-condition"]

    assert "判断（没有名称）" in first.text.zh
    assert "decision point (no name)" in first.text.en
    assert "sid-1" not in first.text.zh + first.text.en


def test_what_concerns_the_whole_drawing_does_not_say_its_id() -> None:
    pools = POOLS.replace('id="together">', f'id="sid-9"><extensionElements>{PAINT}</extensionElements>').format("")

    (found,) = [one for one in alone(with_roots(pools, GUEST)) if one.rule == "foreign-extension"]

    assert found.element == "sid-9"
    assert "整张图（没有名称）" in found.text.zh
    assert "whole drawing (no name)" in found.text.en


def test_missing_names_are_told_once_in_a_file_by_itself() -> None:
    nameless = simple(user("second", name="二")).replace(b'name="name_en"', b'name="other"')

    (found,) = [one for one in alone(nameless) if one.rule == "name"]

    assert found.element == "do_it"
    assert "2" in found.text.zh


def test_a_condition_of_another_engine_says_how_it_is_written_here() -> None:
    def mend(source: str) -> str:
        gateway = node("exclusiveGateway", "choose", default="f_choose_other")
        ways = flow("choose", "done", source) + flow("choose", "other")
        drawn = bpmn(start(), gateway, end(), end("other"), chain("begin", "choose"), ways)
        return next(one.mend.en for one in alone(drawn) if one.rule == "expression")

    assert "write it in FEEL" in mend("${approved == true}")
    assert "Delete the equals sign" in mend("=fraud")
    assert 'FEEL writes = for "equal"' in mend("level == 1")


def test_a_loose_flow_is_called_by_the_end_that_it_has() -> None:
    (found,) = [one for one in alone(simple('<sequenceFlow id="x" targetRef="done"/>')) if one.rule == "dangling-flow"]

    assert found.element == "x"
    assert "通往“名 done”的连线" in found.text.zh


HOSTILE = {
    "nothing": (b"", "empty-file", 1),
    "blanks": (b" \n\n", "empty-file", 1),
    "half a file": (simple()[:400], "xml", None),
    "not XML": ("投诉流程".encode(), "xml", 1),
    "a program": (b"PK\x03\x04\x00\x01" * 50, "xml", 1),
    "crossed tags": (b"<a>\n<b></a></b>", "xml", 2),
    "a prefix from nowhere": (b"<bpmn:definitions/>", "xml", 1),
    "an address with a space": (b'<a xmlns:b="http://A B/"/>', "xml", 1),
    "a control character": (b"<a>\n\x01</a>", "xml", 2),
    "a word for a sign": (b"<a>\n&nbsp;</a>", "xml", 2),
    "GBK that says UTF-8": (
        simple(name="核实").decode().encode("gbk"), "encoding", None,
    ),
    "an encoding that nobody has": (b'<?xml version="1.0" encoding="klingon"?><a/>', "encoding", 1),
    "laughing entities": (b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>', "doctype", 1),
    "a file of the server": (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "doctype", 1),
    "nesting for ever": (b"<a>" * 5_000, "xml-depth", 1),
    "nesting a little too deep": (b"<a>\n" * (MAX_DEPTH + 1) + b"</a>" * (MAX_DEPTH + 1), "xml-depth", MAX_DEPTH + 1),
    "older BPMN": (b'<definitions xmlns="http://schema.omg.org/spec/BPMN/2.0"/>', "old-bpmn", 1),
    "XPDL": (b'<Package xmlns="http://www.wfmc.org/2008/XPDL2.1"/>', "not-bpmn", 1),
    "a decision": (b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>', "not-bpmn", 1),
    "a drawing of draw.io": (b"<mxfile><diagram/></mxfile>", "not-bpmn", 1),
}  # fmt: skip


@pytest.mark.parametrize(("data", "rule", "line"), HOSTILE.values(), ids=HOSTILE.keys())
def test_what_cannot_be_read_is_told_at_its_line_in_both_languages(data: bytes, rule: str, line: int | None) -> None:
    (found,) = alone(data)

    assert (found.rule, found.level) == (rule, "error")
    assert found.line == line if line else found.line
    assert found.text.zh != found.text.en
    assert found.mend.zh != found.mend.en


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030", "utf-8-sig"])
def test_other_encodings_are_read_when_the_file_says_so(encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    data = simple(name="核实").decode().replace('encoding="UTF-8"', f'encoding="{declared}"').encode(encoding)

    assert {one.name for one in alone(data) if one.rule == "unknown-form"} == {"核实"}


def test_a_name_as_long_as_a_book_is_found_and_survived() -> None:
    said = [one for one in alone(simple(name="核" * 200_000)) if one.level == "error"]

    assert {one.rule for one in said} == {"unknown-form", "unknown-role"}


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("办理投诉".encode().decode("gb18030"), "办理投诉"),
        ("Prüfen".encode().decode("latin-1"), "Prüfen"),
        ("Prüfen".encode().decode("latin-1").encode().decode("latin-1"), "Prüfen"),
        ("办理投诉", None),
        ("naïve café", None),
        ("plain", None),
    ],
)
def test_a_garbled_name_is_read_as_it_was_meant(name: str, right: str | None) -> None:
    assert repaired(name) == right


@pytest.mark.parametrize(
    ("name", "taken"),
    [("a.bpmn", "a.bpmn"), ("a.bpmn20.xml", "a.bpmn"), ("a.xml", "a.bpmn"), ("a.bpmn2", "a.bpmn"), ("b/a.dmn.xml", "a.dmn")],
)
def test_the_endings_of_other_tools_are_known(name: str, taken: str) -> None:
    assert taken_as(name) == taken


@pytest.mark.parametrize(("labels", "files"), [("labels", 71), ("second", 40)])
def test_the_labels_name_every_problem_by_element_and_rule(repository: Path, labels: str, files: int) -> None:
    labelled = yaml.safe_load((repository / "tests" / "procedure" / "foreign" / f"{labels}.yaml").read_bytes())

    assert len({(one["suite"], one["path"]) for one in labelled}) == files
    for one in labelled:
        pairs = [(problem["element"], problem["rule"]) for problem in one["problems"]]
        assert len(one["sha256"]) == 64
        assert pairs
