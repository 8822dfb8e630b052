"""What the check says about names that point elsewhere: roles, limits, forms, decisions, messages, procedure.yaml."""

from __future__ import annotations

from typing import Any

import pytest

from engine.procedure import Finding
from engine.procedure.check import check
from tests.unit.procedure.drawing import (
    bpmn,
    bundle,
    chain,
    end,
    field,
    findings,
    form,
    message,
    node,
    props,
    rules,
    simple,
    start,
    user,
)

LANE = '<laneSet id="lanes"><lane id="lane" name="泳道">{}{}</lane></laneSet>'
CALLED_DECISION = "<extensionElements><s:calledDecisionId>{}</s:calledDecisionId></extensionElements>"
OPERATOR = '<extensionElements><s:serviceTaskOperator id="{}"/></extensionElements>'


def between(task: str) -> bytes:
    """A node before the user task."""
    return bpmn(start(), task, user(), end(), chain("begin", "odd", "do_it", "done"))


def laned(inner: str) -> bytes:
    """The small diagram with one lane."""
    return bpmn(start(), user(), end(), chain("begin", "do_it", "done"), lanes=inner)


def called(kind: str, inner: str) -> bytes:
    """A task whose first extension element is replaced."""
    return between(f'<{kind} id="odd" name="事">{inner}</{kind}>')


BROKEN: list[tuple[str, bytes, str]] = [
    ("unknown-role", simple(role="nobody"), "do_it"),
    ("no-role", bpmn(start(), node("userTask", "do_it"), end(), chain("begin", "do_it", "done")), "do_it"),
    ("unknown-form", simple(form="gone"), "do_it"),
    ("unknown-limit", simple(limit="gone"), "do_it"),
    ("unknown-limit", simple(opens="gone"), "do_it"),
    ("unknown-limit", simple(stops="gone"), "do_it"),
    ("unknown-moment", simple(moment="gone"), "do_it"),
    ("unknown-task", simple(excludes="begin"), "do_it"),
    ("unknown-property", simple(colour="red"), "do_it"),
    ("misplaced-property", between(node("scriptTask", "odd", "<script>size = 1</script>", form="do_it")), "odd"),
    ("misplaced-property", between(node("exclusiveGateway", "odd", moment="begun_at")), "odd"),
    ("unknown-process", between(node("callActivity", "odd", calledElement="gone")), "odd"),
    ("unknown-process", between(node("callActivity", "odd")), "odd"),
    ("call-circle", between(node("callActivity", "odd", calledElement="main")), "odd"),
    ("unknown-operator", called("serviceTask", ""), "odd"),
    ("unknown-operator", called("serviceTask", OPERATOR.format("launch_rocket")), "odd"),
    ("operator-parameter", called("serviceTask", OPERATOR.format("notify")), "odd"),
    ("half-property", simple().replace(b' value="clerk"', b"", 1), "do_it"),
    ("unknown-decision", called("businessRuleTask", ""), "odd"),
    ("unknown-decision", called("businessRuleTask", CALLED_DECISION.format("gone")), "odd"),
    ("lane-role", laned(LANE.format("", "<flowNodeRef>do_it</flowNodeRef>")), "lane"),
    ("unknown-role", laned(LANE.format(props(role="nobody"), "<flowNodeRef>do_it</flowNodeRef>")), "lane"),
    ("unknown-node", laned(LANE.format(props(role="clerk"), "<flowNodeRef>gone</flowNodeRef>")), "lane"),
]


@pytest.mark.parametrize(("rule", "diagram", "element"), BROKEN)
def test_a_name_that_points_nowhere_is_found_at_its_element(rule: str, diagram: bytes, element: str) -> None:
    found = [finding for finding in findings(diagram) if finding.rule == rule]

    assert element in {finding.element for finding in found}
    assert all(finding.line and finding.mend.zh and finding.mend.en for finding in found)


def test_a_clause_is_looked_up_when_there_is_a_list_of_clauses() -> None:
    clauses = {"clauses.yaml": "S1.1: {zh: 先致歉, en: Apologise first}".encode()}

    assert findings(simple(clause="S9.9")) == []
    assert findings(simple(clause="S1.1"), files=clauses) == []
    assert rules(findings(simple(clause="S9.9,S1.1"), files=clauses)) == {"unknown-clause"}


def test_a_clause_that_nothing_carries_is_doubted_unless_it_says_why() -> None:
    clauses = "S1.1: {zh: 先致歉, en: Apologise first}\nS1.2: {zh: 存档, en: Keep, open: {zh: 以后, en: Later}}".encode()

    (found,) = findings(files={"clauses.yaml": clauses})

    assert (found.rule, found.level, found.file, found.line) == ("clause-not-carried", "warning", "clauses.yaml", 1)
    assert findings(simple(clause="S1.1"), files={"clauses.yaml": clauses}) == []


def test_an_unknown_role_is_told_once_with_everything_that_names_it() -> None:
    twice = bpmn(
        start(), user("do_it", role="nobody"), user("again", role="nobody"), end(), chain("begin", "do_it", "again", "done"),
    )  # fmt: skip

    (found,) = findings(twice)

    assert (found.rule, found.element) == ("unknown-role", "do_it")
    assert "名 do_it、名 again" in found.text.zh


def test_a_process_that_nobody_calls_is_doubted() -> None:
    alone = bpmn(start("b"), user("alone"), end("d"), chain("b", "alone", "d"), process="spare")

    (found,) = findings(files={"spare.bpmn": alone})

    assert (found.rule, found.level, found.file, found.element) == ("never-called", "warning", "spare.bpmn", "spare")


TABLE = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">
<decision id="big" name="big"><decisionTable id="t">
<input id="i"><inputExpression typeRef="number"><text>size</text></inputExpression></input><output id="o" typeRef="boolean"/>
<rule id="r1"><inputEntry id="c1"><text>&gt; 3</text></inputEntry><outputEntry id="a1"><text>true</text></outputEntry></rule>
<rule id="r2"><inputEntry id="c2"><text>&lt;= 3</text></inputEntry><outputEntry id="a2"><text>false</text></outputEntry></rule>
<rule id="r3"><inputEntry id="c3"><text>null</text></inputEntry><outputEntry id="a3"><text>false</text></outputEntry></rule>
</decisionTable></decision></definitions>"""


@pytest.mark.parametrize(
    ("cases", "rule"),
    [
        (b"- {decision: big, given: {size: 4}, expect: true}\n", None),
        (b"- {decision: big, given: {size: 4}, expect: false}\n", "decision-case"),
        (b"- {decision: small, given: {size: 4}, expect: false}\n", "decision-case"),
        (b"size: 4\n", "decision-cases"),
    ],
)
def test_the_cases_beside_a_table_are_run(cases: bytes, rule: str | None) -> None:
    found = findings(files={"big.dmn": TABLE, "big.cases.yaml": cases})

    assert {(one.rule, one.file, one.level) for one in found} == ({(rule, "big.cases.yaml", "error")} if rule else set())


def test_cases_lie_beside_their_table() -> None:
    assert rules(findings(files={"gone.cases.yaml": b"[]"})) == {"decision-cases"}


WAITING = bpmn(
    start(), node("intermediateCatchEvent", "odd", message("m")), user(), end(), chain("begin", "odd", "do_it", "done"),
    roots='<message id="m" name="go_on"/>',
)  # fmt: skip


def test_a_message_that_nobody_sends_is_doubted() -> None:
    sends = {"actions": {"go": {"roles": ["clerk"], "message": "go_on"}}}

    assert {(finding.rule, finding.level) for finding in findings(WAITING)} == {("message-unsent", "warning")}
    assert findings(WAITING, manifest=sends) == []


MANIFESTS: list[tuple[str, dict[str, Any]]] = [
    ("manifest-reference", {"main": "gone"}),
    ("manifest-reference", {"owner": "nobody"}),
    ("manifest-reference", {"intake": {"task": "gone"}}),
    ("manifest-reference", {"intake": {"task": "do_it", "emergency_form": "gone"}}),
    ("manifest-reference", {"intake": {"task": "do_it", "emergency_sets": {"gone": "true"}}}),
    ("manifest-reference", {"register": {"subject": "gone"}}),
    ("manifest-reference", {"actions": {"a": {"roles": ["nobody"]}}}),
    ("manifest-reference", {"actions": {"a": {"roles": ["any"], "field": "gone"}}}),
    ("manifest-reference", {"actions": {"a": {"roles": ["any"], "sets": {"gone": "1"}}}}),
    ("message-unheard", {"actions": {"a": {"roles": ["any"], "message": "gone"}}}),
    ("only-up", {"actions": {"a": {"roles": ["any"], "field": "size", "only_up": True}}}),
    ("expression", {"actions": {"a": {"roles": ["any"], "sets": {"size": "1 +"}}}}),
    ("unknown-name", {"actions": {"a": {"roles": ["any"], "sets": {"size": "gone"}}}}),
    ("unknown-name", {"intake": {"task": "do_it", "emergency_sets": {"size": "gone"}}}),
    ("role-scope", {"roles": {"clerk": {"zh": "a", "en": "b", "scope": "galaxy"}, "boss": {"zh": "a", "en": "b"}}}),
    ("fact", {"facts": {"moon_phase": {"zh": "月相", "en": "Moon"}}}),
    ("calendar", {"calendar": {"zone": "Mars/Olympus"}}),
    ("calendar", {"calendar": {"shifts": [["18:00", "banana"]]}}),
    ("manifest", {"key": None}),
    ("numbering", {"numbering": {"pattern": "{estate}-{year}"}}),
    ("numbering", {"numbering": {"pattern": "{estate.__class__}-{number}"}}),
    ("numbering", {"numbering": {"pattern": "{number:05d"}}),
    ("limits-table", {"limits": {"reply": {"zh": "答复", "en": "Reply"}}}),
]


@pytest.mark.parametrize(("rule", "changed"), MANIFESTS)
def test_procedure_yaml_is_held_to_what_it_names(rule: str, changed: dict[str, Any]) -> None:
    found = findings(manifest=changed)

    assert rules(found) == {rule}
    assert_located(found)


FIELDS: list[tuple[str, dict[str, Any]]] = [
    ("field-type", {"extra": {"type": "colour", "zh": "a", "en": "b"}}),
    ("field-type", {"extra": "text"}),
    ("field-key", {"not a key": {"type": "text", "zh": "a", "en": "b"}}),
    ("field-name", {"extra": {"type": "text", "en": "a"}}),
    ("field-english", {"extra": {"type": "text", "zh": "方案可行吗"}}),
    ("field-english", {"extra": {"type": "text", "zh": "a", "en": "b", "help_zh": "看一看"}}),
    ("field-english", {"extra": {"type": "text", "zh": "方案可行吗", "en": "方案可行吗"}}),
    ("field-choices", {"extra": {"type": "choice", "zh": "a", "en": "b"}}),
    ("field-choices", {"extra": {"type": "choice", "zh": "a", "en": "b", "choices": [{"value": "x", "en": "English alone"}]}}),
    ("field-english", {"extra": {"type": "choice", "zh": "a", "en": "b", "choices": [{"value": "x", "zh": "只有中文"}]}}),
    ("field-choices", {"extra": {"type": "choice", "zh": "a", "en": "b", "choices": [{"value": True, "zh": "a", "en": "b"}]}}),
    ("field-choices", {"extra": {"type": "choice", "zh": "a", "en": "b", "choices": [{"value": "x", "zh": "a", "en": "b"}] * 2}}),
    ("field-bound", {"extra": {"type": "number", "zh": "a", "en": "b", "max": "many"}}),
    ("field-of", {"extra": {"type": "list", "zh": "a", "en": "b", "of": ["gone"]}}),
    ("field-of", {"extra": {"type": "list", "zh": "a", "en": "b", "of": ["rows"]}}),
]


@pytest.mark.parametrize(("rule", "changed"), FIELDS)
def test_the_vocabulary_is_held_to_its_types(rule: str, changed: dict[str, Any]) -> None:
    found = findings(fields=changed)

    assert rules(found) == {rule}
    assert_located(found)


def test_a_key_that_is_written_twice_in_yaml_is_found_with_its_line() -> None:
    found = findings(files={"clauses.yaml": b"S1.1: {zh: a, en: b}\nS1.1: {zh: c, en: d}\n"})

    assert ("duplicate-key", "clauses.yaml", 2) in {(finding.rule, finding.file, finding.line) for finding in found}


@pytest.mark.parametrize("data", [b"a: [1", b"\xff\xfe", b"a: [*y]", b"!!python/object/apply:os.system ['true']"])
def test_yaml_that_is_no_plain_data_is_refused(data: bytes) -> None:
    assert rules(findings(files={"clauses.yaml": data})) == {"yaml"}


FORMS: list[tuple[str, list[dict[str, Any]], str | None]] = [
    ("form-key", [field("textfield", "gone")], "gone"),
    ("form-key", [{"type": "textfield", "id": "nameless"}], "nameless"),
    ("form-type", [field("number", "subject")], "subject"),
    ("form-type", [field("textfield", "size")], "size"),
    ("form-type", [field("checkbox", "colour")], "colour"),
    ("form-duplicate", [field("textfield", "subject"), field("textfield", "subject")], "subject"),
    ("form-component", [{"type": "html", "id": "h", "content": "<b>x</b>"}], "h"),
    ("form-component", [{"type": "iframe", "id": "i", "url": "x"}], "i"),
    ("form-component", [{"type": "script", "id": "s"}], "s"),
    ("form-component", [{"type": "hologram", "id": "holo"}], "holo"),
    ("form-condition", [field("textfield", "subject", conditional={"hide": "=size >"})], "subject"),
    ("unknown-name", [field("textfield", "subject", conditional={"hide": "=gone = 1"})], "subject"),
    ("unknown-function", [field("textfield", "subject", conditional={"hide": "=days(3) = null"})], "subject"),
    ("personal", [field("textfield", "subject", conditional={"hide": "=phone = null"}), field("textfield", "phone")], "subject"),
    ("form-pattern", [field("textfield", "subject", validate={"pattern": "(unclosed"})], "subject"),
    ("form-bound", [field("textfield", "subject", validate={"maxLength": "many"})], "subject"),
    ("form-choices", [field("select", "colour", values=[{"value": "green", "label": "绿"}])], "colour"),
    ("form-row", [{"type": "dynamiclist", "path": "rows", "components": [field("textfield", "subject")]}], "subject"),
]


@pytest.mark.parametrize(("rule", "components", "element"), FORMS)
def test_a_form_is_held_to_the_vocabulary(rule: str, components: list[dict[str, Any]], element: str | None) -> None:
    found = findings(files={"forms/do_it.form": form(*components)})

    assert rules(found) == {rule}
    assert {(finding.file, finding.element) for finding in found} == {("forms/do_it.form", element)}
    assert all(finding.mend.zh and finding.mend.en for finding in found)


@pytest.mark.parametrize(("data", "rule"), [(b"{", "form-json"), (b"[]", "form-json"), (form(name="other"), "form-id")])
def test_a_form_that_is_no_form_is_found(data: bytes, rule: str) -> None:
    assert rule in rules(findings(files={"forms/do_it.form": data}))


def assert_located(found: list[Finding]) -> None:
    """Every finding names a file, a line and both languages."""
    for finding in found:
        assert finding.file
        assert finding.line
        assert finding.text.zh and finding.text.en and finding.mend.zh and finding.mend.en


def test_what_has_a_chinese_name_alone_is_told_gently_and_once_a_file() -> None:
    lane = LANE.format(props(role="clerk"), "<flowNodeRef>do_it</flowNodeRef>")
    chinese = bpmn(start(), user(), end(), chain("begin", "do_it", "done"), lanes=lane)
    english = chinese.replace(b'value="clerk"/>', b'value="clerk"/><s:property name="name_en" value="Lane"/>')

    (finding,) = [one for one in check(bundle(chinese)) if one.rule == "english"]

    assert (finding.level, finding.element) == ("warning", "lane") and finding.mending is not None
    assert finding.mending.do == "ask" and "1 in all" in finding.text.en
    assert [one for one in check(bundle(english)) if one.rule == "english"] == []
