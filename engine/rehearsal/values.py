"""The values of a story: plain YAML, or FEEL after an equals sign; and the usual answers of a form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from engine.domain.text import Text
from engine.domain.values import Value
from engine.errors import Misconfigured
from engine.procedure import Procedure, evaluate_all
from engine.procedure.answers import as_value

FEEL = "="


def story_values(procedure: Procedure, written: Mapping[str, Any], scope: Mapping[str, Value], now: datetime) -> dict[str, Value]:
    """The values of a ``with`` or ``set`` block, by key; a moment without a zone is local time."""
    return {key: _value(procedure, value, scope, now) for key, value in written.items()}


def usual_answers(procedure: Procedure, form: str, scope: Mapping[str, Value], now: datetime) -> dict[str, Value]:
    """What answers.yaml says for a form, computed over the case; null answers are left out."""
    answers = evaluate_all(procedure.answers.get(form, {}), scope, now, procedure.day_rules.tz)
    return {key: value for key, value in answers.items() if value is not None}


def period(procedure: Procedure, written: str) -> timedelta:
    """An ISO duration of days and time, such as ``PT3M1S``."""
    found = _feel(procedure, f'duration("{written}")', {}, None)
    if not isinstance(found, timedelta):
        raise _refusal(written)
    return found


def _value(procedure: Procedure, written: Any, scope: Mapping[str, Value], now: datetime) -> Value:
    if isinstance(written, str) and written.startswith(FEEL):
        return _feel(procedure, written.removeprefix(FEEL), scope, now)
    if isinstance(written, datetime) and written.tzinfo is None:
        return written.replace(tzinfo=procedure.day_rules.tz)
    return as_value(written)


def _feel(procedure: Procedure, source: str, scope: Mapping[str, Value], now: datetime | None) -> Value:
    try:
        compiled = procedure.compile(source)
    except ValueError as problem:
        raise _refusal(source) from problem
    return evaluate_all({"": compiled}, scope, now or datetime.min, procedure.day_rules.tz)[""]


def _refusal(source: str) -> Misconfigured:
    return Misconfigured(Text(f"故事里的“{source}”读不懂。", f'"{source}" in the story cannot be read.'))
