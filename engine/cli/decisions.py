"""``redress decision``: ask a decision of a file, or hold a file of cases against it."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from engine.clock import SystemClock
from engine.domain.text import Text
from engine.domain.values import Value
from engine.errors import NotFound
from engine.feel import EvaluationContext, FeelError, compile_expression, to_text
from engine.procedure.decisions import Outcome, parse_decisions
from engine.procedure.decisions.cases import CaseResult, read_cases, run_cases

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def decision() -> None:
    """Decision tables in DMN."""


@decision.command()
@click.argument("file", type=_FILE)
@click.option("--decision", "name", required=True, help="Its name or id.")
@click.option("--input", "given", required=True, help="A JSON object; a text that begins with = is FEEL.")
@click.option("--json", "as_json", is_flag=True)
def evaluate(file: Path, name: str, given: str, as_json: bool) -> None:
    """What a decision answers, and which rows say so."""
    context = _context()
    scope = {key: _value(value, context) for key, value in _object(given).items()}
    found = parse_decisions(file.read_bytes(), file.name).by_name(name)
    if found is None:
        raise NotFound(Text(f"没有名为“{name}”的决策。", f'There is no decision "{name}".'))
    outcome = found.decide(scope, context)
    if as_json:
        click.echo(json.dumps(_outcome(outcome) | {"warnings": [text.en for text in context.warnings]}, ensure_ascii=False))
        return
    click.echo(to_text(outcome.value))
    for asked in (outcome, *outcome.asked):
        click.echo(f"  {asked.decision}: {to_text(asked.value)} rows {list(asked.matched)}", err=True)


@decision.command()
@click.argument("file", type=_FILE)
@click.argument("cases", type=_FILE)
@click.option("--json", "as_json", is_flag=True)
def test(file: Path, cases: Path, as_json: bool) -> None:
    """Every case of a YAML file: decision, given and expect, in FEEL; status 1 when any fails."""
    model = parse_decisions(file.read_bytes(), file.name)
    results = run_cases(model, read_cases(cases.read_bytes(), cases.name), _context())
    failed = sum(not result.ok for result in results)
    if as_json:
        counts = {"passed": len(results) - failed, "failed": failed}
        click.echo(json.dumps({**counts, "results": [_result(result) for result in results]}, ensure_ascii=False))
    else:
        for result in results:
            if not result.ok:
                said = result.error.zh if result.error else f"{result.actual} ≠ {result.case.expect}"
                click.echo(f"{result.case.id} {result.case.decision}: {said}")
        click.echo(f"{len(results) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


def _context() -> EvaluationContext:
    return EvaluationContext(now=SystemClock().now())


def _object(given: str) -> Mapping[str, Any]:
    try:
        read = json.loads(given, parse_int=Decimal, parse_float=Decimal, parse_constant=_no_number)
    except RecursionError as problem:
        raise click.BadParameter("is nested too deeply", param_hint="--input") from problem
    except ValueError as problem:
        raise click.BadParameter(f"is no JSON: {problem}", param_hint="--input") from problem
    if not isinstance(read, dict):
        raise click.BadParameter("is no JSON object", param_hint="--input")
    return read


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no number")


def _value(value: Any, context: EvaluationContext) -> Value:
    if isinstance(value, str) and value.startswith("="):
        try:
            return compile_expression(value[1:]).evaluate({}, context)
        except FeelError as problem:
            raise click.BadParameter(f"{value}: {problem.text.en}", param_hint="--input") from problem
    if isinstance(value, dict):
        return {key: _value(part, context) for key, part in value.items()}
    return [_value(part, context) for part in value] if isinstance(value, list) else value


def _plain(value: Any) -> Any:
    """The answer as JSON: whole numbers as such, all others and every date as text, so that nothing is rounded."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    return value if value is None or isinstance(value, str | bool) else to_text(value)


def _outcome(outcome: Outcome) -> dict[str, Any]:
    asked = [_outcome(one) for one in outcome.asked]
    return {"decision": outcome.decision, "value": _plain(outcome.value), "rows": list(outcome.matched), "asked": asked}


def _result(result: CaseResult) -> dict[str, Any]:
    error = None if result.error is None else {"zh": result.error.zh, "en": result.error.en}
    return {"id": result.case.id, "decision": result.case.decision, "ok": result.ok, "actual": result.actual, "error": error}
