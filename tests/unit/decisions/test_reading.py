"""What a decision file says is read as it was written; what is wrong in it is said with its place."""

from __future__ import annotations

import pytest

from engine.domain.text import Text
from engine.errors import Misconfigured
from engine.procedure.decisions import DecisionModel, parse_decisions, read_decisions
from engine.procedure.decisions.reading.elements import NAMESPACES
from engine.procedure.findings import Findings, Place
from tests.unit.decisions.tables import table_xml


def test_a_table_is_shown_as_it_was_written(severity: DecisionModel) -> None:
    rule = severity.decisions["severity_rule"]

    assert (rule.name, rule.label, rule.kind, rule.hit_policy) == ("投诉等级", Text("投诉等级", "投诉等级"), "table", "FIRST")
    assert [(one.source, one.label.zh, one.type) for one in rule.inputs] == [
        ("category", "类别", "string"),
        ("raised_count", "多次提出", "number"),
    ]
    assert [(one.name, one.allowed) for one in rule.outputs] == [("severity", '"minor","important","major"')]
    assert [(one.index, one.id, one.cells, one.outputs) for one in rule.rules] == [
        (1, "r_fire", ('"fire"', "-"), ('"major"',)),
        (2, "r_often", ("-", ">= 3"), ('"important"',)),
        (3, "r_else", ("-", "-"), ('"minor"',)),
    ]
    assert rule.rules[0].annotation == "S3.32"


def test_a_decision_is_found_by_id_and_by_name(severity: DecisionModel) -> None:
    assert severity.by_name("投诉等级") is severity.by_name("severity_rule") is severity.decisions["severity_rule"]
    assert severity.by_name("nothing") is None
    assert severity.findings == ()


def test_requirements_and_inputs_are_known(redress: DecisionModel) -> None:
    assert redress.findings == ()
    assert redress.inputs == ("reported loss", "household grade")
    assert [one.id for one in redress.decisions["compensation"].requires] == ["liable_part", "bonus"]


@pytest.mark.parametrize("namespace", sorted(NAMESPACES))
def test_every_edition_of_the_standard_is_read(namespace: str) -> None:
    model = parse_decisions(table_xml(["x"], [("y",)], ["1 | 2"], namespace=namespace), "t.dmn")

    assert model.decisions["t"].evaluate({"x": 1}) == 2


FILE = '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="f" name="f">{}</definitions>'
LINKED = (
    '<decision id="{0}" name="{0}"><informationRequirement><requiredDecision href="#{1}"/></informationRequirement>{2}</decision>'
)
SCRIPT = '<decision id="a"><literalExpression expressionLanguage="javascript"><text>1</text></literalExpression></decision>'
ONE = "<literalExpression><text>1</text></literalExpression>"
BAD = [
    (b"<definitions", "xml", "not well-formed"),
    (b'<!DOCTYPE d [<!ENTITY e "x">]><d>&e;</d>', "doctype", "DOCTYPE"),
    (b"<definitions/>", "decision-file", "no decision file"),
    (table_xml(["x"], [("y",)], ["1 + | 2"]), "decision-expression", "cannot be read"),
    (table_xml(["x"], [("y",)], ["1 | 2 +"]), "decision-expression", "cannot be read"),
    (table_xml(["x"], [("y",)], ["1 | 2"], "BEST"), "decision-policy", "BEST"),
    (table_xml(["x"], [("y",)], ["1 | 2"], "UNIQUE of SUM"), "decision-policy", "UNIQUE SUM"),
    (table_xml(["x"], [("y",), ("z",)], ["1 | 2 | 3"], "COLLECT of SUM"), "decision-policy", "single output"),
    (table_xml(["x"], [("y",)], ["1 | 2 | 3"]), "decision-row", "Row 1"),
    (table_xml(["x"], [("y",), ("",)], ["1 | 2 | 3"]), "decision-output", "needs a name"),
    (table_xml([""], [("y",)], ["1 | 2"]), "decision-input", "no expression"),
    (table_xml(["x"], [("y", '"a","b"')], ['1 | "c"']), "decision-output", '"c"'),
    (table_xml(["x"], [("y", "", "", "number")], ['1 | "c"']), "decision-output", '"c"'),
    (table_xml(["x"], [("y", '"a"', '"b"')], ['1 | "a"']), "decision-output", '"b"'),
    (table_xml(["x"], [("y", "", "", "money")], ["1 | 2"]), "decision-type", "money"),
    (table_xml(["x"], [("y",)], ["1 | 2"], "PRIORITY"), "decision-order", "none are listed"),
    (FILE.format(LINKED.format("a", "gone", ONE)).encode(), "decision-link", "gone"),
    (FILE.format(LINKED.format("a", "b", ONE) + LINKED.format("b", "a", ONE)).encode(), "decision-cycle", "a → b → a"),
    (FILE.format(f'<decision id="a">{ONE}</decision>' * 2).encode(), "decision-id", "used twice"),
    (FILE.format(SCRIPT).encode(), "decision-language", "other than FEEL"),
    (
        FILE.format('<itemDefinition name="t"><typeRef>t</typeRef></itemDefinition>').encode(),
        "decision-type",
        "defined by itself",
    ),
]


@pytest.mark.parametrize(("xml", "rule", "why"), BAD, ids=[f"{row[1]}-{number}" for number, row in enumerate(BAD)])
def test_a_fault_is_refused_with_place_and_mend(xml: bytes, rule: str, why: str) -> None:
    findings = Findings()
    read_decisions(xml, "bad.dmn", findings)

    with pytest.raises(Misconfigured, match=why) as caught:
        parse_decisions(xml, "bad.dmn")

    assert [one.rule for one in findings] == [rule]
    assert (caught.value.file, caught.value.text.zh != "", caught.value.mend is not None) == ("bad.dmn", True, True)


def test_a_chain_of_decisions_without_end_is_refused() -> None:
    chain = "".join(LINKED.format(f"d{n}", f"d{n + 1}", ONE) for n in range(3000)) + LINKED.format("d3000", "d0", ONE)
    findings = Findings()

    read_decisions(FILE.format(chain).encode(), "bad.dmn", findings)

    assert "more than 50 levels deep" in next(iter(findings)).text.en


def test_one_fault_does_not_hide_the_next() -> None:
    findings = Findings()

    model = read_decisions(table_xml(["x", ""], [("y", "1,2")], ["1 + | - | 3", "- | ) | 2"]), "bad.dmn", findings)

    assert model is not None
    assert sorted(one.rule for one in model.findings) == [
        "decision-expression",
        "decision-expression",
        "decision-input",
        "decision-output",
    ]


def test_a_decision_without_content_is_a_doubt_and_null() -> None:
    model = parse_decisions(FILE.format('<decision id="a" name="a"/>').encode(), "t.dmn")

    assert [one.level for one in model.findings] == ["warning"]
    assert model.decisions["a"].evaluate({}) is None
    assert model.decisions["a"].evaluate({"a": "from elsewhere"}) == "from elsewhere"


def test_what_other_tools_added_is_passed_over() -> None:
    extra = '<extensionElements><x:y xmlns:x="urn:x"/></extensionElements><x:input xmlns:x="urn:x"/>'
    xml = table_xml(["x"], [("y",)], ["1 | 2"]).replace(b"<input>", extra.encode() + b"<input>")

    assert parse_decisions(xml, "t.dmn").decisions["t"].evaluate({"x": 1}) == 2


def test_an_id_that_decision_editors_drop_is_told(severity: DecisionModel) -> None:
    xml = FILE.format(f'<decision id="count(tried)">{ONE}</decision>').encode()
    findings = Findings()

    model = read_decisions(xml, "odd.dmn", findings)

    assert model is not None and "count(tried)" in model.decisions
    assert [(one.rule, one.level, one.element) for one in findings] == [("unreadable-id", "warning", "count(tried)")]


def test_faults_are_told_in_the_order_of_the_rows() -> None:
    findings = Findings()
    for row in ("row_10", "row_9", "row_1"):
        findings.error("rule", Place("t.dmn", element=row), Text("", ""), Text("", ""))

    assert [one.element for one in findings.sorted()] == ["row_1", "row_9", "row_10"]
