"""Cases of a decision: what is given, what should come out, and whether it does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.domain.text import Text
from engine.errors import Incident, Misconfigured
from engine.feel import EvaluationContext, FeelError, compile_expression, literal
from engine.procedure.decisions.model import DecisionModel
from engine.procedure.findings import Findings, Place
from engine.procedure.manifest import feel_text
from engine.procedure.safe_yaml import read_yaml

#: How the file beside ``severity.dmn`` ends: ``severity.cases.yaml``.
SUFFIX = ".cases.yaml"
_MEND = Text("请写成列表：- {decision: …, given: {…}, expect: …}。", "Write a list of - {decision: …, given: {…}, expect: …}.")
_MEND_CASE = Text("请改正决策表，或改正这条用例。", "Correct the decision, or correct the case.")


@dataclass(frozen=True, slots=True)
class Case:
    """One case; ``given`` and ``expect`` are FEEL, ``line`` is where it begins in its file."""

    id: str
    decision: str
    given: Mapping[str, str]
    expect: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class CaseResult:
    """How a case came out; ``actual`` is the answer as FEEL, ``error`` why there is none."""

    case: Case
    ok: bool
    actual: str | None = None
    error: Text | None = None


def read_cases(data: bytes, file: str) -> list[Case]:
    """The cases of a file, in order; Misconfigured when it is no list of cases."""
    findings = Findings()
    source = read_yaml(data, file, findings).data
    findings.refuse()
    if not isinstance(source, list) or not all(_is_case(entry) for entry in source):
        raise Misconfigured(Text(f"{file} 不是决策用例。", f"{file} holds no cases of decisions."), _MEND, file)
    lines = _lines(data)
    return [
        Case(
            id=str(entry.get("id") or number),
            decision=str(entry["decision"]),
            given={str(name): feel_text(value) for name, value in (entry.get("given") or {}).items()},
            expect=feel_text(entry["expect"]),
            line=lines[number - 1] if len(lines) == len(source) else None,
        )
        for number, entry in enumerate(source, 1)
    ]


def run_cases(model: DecisionModel, cases: Iterable[Case], context: EvaluationContext) -> list[CaseResult]:
    """Every case with its outcome; a case that cannot be evaluated has failed."""
    return [_run(model, case, context) for case in cases]


def check_cases(model: DecisionModel, data: bytes, file: str, context: EvaluationContext, findings: Findings) -> None:
    """Notes an error for every case of the file that does not hold, and one for a file that holds no cases."""
    try:
        cases = read_cases(data, file)
    except Misconfigured as problem:
        findings.error("decision-cases", Place(file, 1), problem.text, problem.mend or _MEND)
        return
    for result in run_cases(model, cases, context):
        if not result.ok:
            place = Place(file, result.case.line, result.case.decision, result.case.id)
            findings.error("decision-case", place, _failed(result), _MEND_CASE)


def _failed(result: CaseResult) -> Text:
    case = result.case
    if result.error is not None:
        return Text(
            f"决策“{case.decision}”的用例 {case.id} 无法计算：{result.error.zh}",
            f"Case {case.id} of decision “{case.decision}” cannot be worked out: {result.error.en}",
        )
    return Text(
        f"决策“{case.decision}”的用例 {case.id} 应得 {case.expect}，实得 {result.actual}。",
        f"Case {case.id} of decision “{case.decision}” should give {case.expect}, but gives {result.actual}.",
    )


def _lines(data: bytes) -> list[int]:
    """Where the entries of the list begin, when each begins a line."""
    written = enumerate(data.decode("utf-8-sig").splitlines(), 1)
    return [number for number, line in written if line.startswith("- ")]


def _is_case(entry: Any) -> bool:
    return (
        isinstance(entry, dict)
        and "expect" in entry
        and bool(entry.get("decision"))
        and isinstance(entry.get("given") or {}, dict)
    )


def _run(model: DecisionModel, case: Case, context: EvaluationContext) -> CaseResult:
    decision = model.by_name(case.decision)
    if decision is None:
        return CaseResult(
            case, False, None, Text(f"没有名为“{case.decision}”的决策。", f'There is no decision "{case.decision}".')
        )
    try:
        scope = {name: compile_expression(source).evaluate({}, context) for name, source in case.given.items()}
        expected = compile_expression(case.expect).evaluate({}, context)
        actual = decision.evaluate(scope, context)
        same = compile_expression("a = b", ("a", "b")).evaluate({"a": actual, "b": expected}, context)
    except (FeelError, Incident) as problem:
        return CaseResult(case, False, None, problem.text)
    return CaseResult(case, same is True, literal(actual))
