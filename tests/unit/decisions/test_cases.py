"""Cases beside a decision file: what the check notes of them."""

from __future__ import annotations

from engine.feel import EvaluationContext
from engine.procedure.decisions import parse_decisions
from engine.procedure.decisions.cases import check_cases
from engine.procedure.findings import Finding, Findings
from tests.unit.decisions.tables import table_xml

MODEL = parse_decisions(table_xml(["x"], [("y",)], ["< 5 | 1", ">= 5 | 2"]), "t.dmn")


def noted(cases: str | bytes) -> list[Finding]:
    """What the check notes."""
    findings = Findings()
    check_cases(MODEL, cases.encode() if isinstance(cases, str) else cases, "t.cases.yaml", EvaluationContext(), findings)
    return list(findings)


def test_cases_that_hold_are_no_finding() -> None:
    assert noted("- {decision: t, given: {x: 4}, expect: 1}\n- {decision: 表 t, given: {x: 5}, expect: '=1 + 1'}\n") == []


def test_a_case_that_does_not_hold_is_told_with_line_decision_and_both_answers() -> None:
    one, two, three = noted(
        "# the cases\n- {decision: t, given: {x: 4}, expect: 1}\n- id: five\n  decision: t\n  given: {x: 5}\n  expect: 3\n"
        "- {decision: nobody, expect: 3}\n- {decision: t, given: {x: '1 +'}, expect: 3}\n"
    )

    assert (one.file, one.line, one.element, one.name, one.level) == ("t.cases.yaml", 3, "t", "five", "error")
    assert one.text.en == "Case five of decision “t” should give 3, but gives 2." and "应得 3，实得 2" in one.text.zh
    assert (two.line, two.element) == (7, "nobody") and "There is no decision" in two.text.en
    assert three.line == 8 and "cannot be worked out" in three.text.en and three.mend.zh


def test_a_file_of_anything_else_is_one_finding() -> None:
    for junk in ("", "a: 1\n", "- 1\n", "- {decision: t}\n", "- [", b"\xff\xfe\x00", "[" * 500):
        (found,) = noted(junk)
        assert (found.rule, found.level, found.file) == ("decision-cases", "error", "t.cases.yaml")
