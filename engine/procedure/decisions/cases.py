"""Cases of a decision: what is given, what should come out, and whether it does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.domain.text import Text
from engine.errors import Incident, Misconfigured
from engine.feel import EvaluationContext, FeelError, compile_expression, literal
from engine.procedure.decisions.model import DecisionModel
from engine.procedure.findings import Findings
from engine.procedure.manifest import feel_text
from engine.procedure.safe_yaml import read_yaml

_MEND = Text("请写成列表：- {decision: …, given: {…}, expect: …}。", "Write a list of - {decision: …, given: {…}, expect: …}.")


@dataclass(frozen=True, slots=True)
class Case:
    """One case; ``given`` and ``expect`` are FEEL."""

    id: str
    decision: str
    given: Mapping[str, str]
    expect: str


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
    return [
        Case(
            id=str(entry.get("id") or number),
            decision=str(entry["decision"]),
            given={str(name): feel_text(value) for name, value in (entry.get("given") or {}).items()},
            expect=feel_text(entry["expect"]),
        )
        for number, entry in enumerate(source, 1)
    ]


def run_cases(model: DecisionModel, cases: Iterable[Case], context: EvaluationContext) -> list[CaseResult]:
    """Every case with its outcome; a case that cannot be evaluated has failed."""
    return [_run(model, case, context) for case in cases]


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
