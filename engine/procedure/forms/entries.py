"""Reading one field of a form, a list row by row: its value or the sentences why not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any

from engine.domain.text import Text
from engine.domain.values import Value
from engine.feel import EvaluationContext, FeelError, compile_expression
from engine.procedure.forms import sentences
from engine.procedure.forms.component import Component
from engine.procedure.forms.rows import Rows, posted_rows
from engine.procedure.forms.typed import MAX_ENTRIES, Refused, typed
from engine.procedure.vocabulary import Field


@dataclass(frozen=True)
class Entry:
    """What one field was given: its value, and a sentence for each name that cannot be taken."""

    value: Value
    errors: dict[str, Text] = field(default_factory=dict)


def read_field(component: Component, field: Field, raw: Mapping[str, Any], scope: Mapping[str, Value], zone: tzinfo) -> Entry:
    """The entry of one field as posted under its key."""
    if field.type == "list":
        return _read_list(component, field, raw, scope, zone)
    return _read_single(component, field, raw.get(field.key), field.key, zone)


def _read_single(component: Component, field: Field, raw: Any, name: str, zone: tzinfo) -> Entry:
    try:
        value = typed(component, field, raw, zone)
    except Refused as refusal:
        return Entry(None, {name: refusal.text})
    if component.required and (value is None or (value is False and component.kind == "checkbox")):
        say = sentences.must_agree if component.kind == "checkbox" else sentences.required
        return Entry(value, {name: say(component.label)})
    if isinstance(value, str) and component.pattern and not _matches(value, component.pattern):
        return Entry(None, {name: component.pattern_text or sentences.wrong_pattern(component.label)})
    return Entry(value)


def _matches(text: str, pattern: str) -> bool:
    """By FEEL's own engine, which takes linear time; a pattern that takes too much of it fits nothing."""
    expression = compile_expression(f"matches(text, {json.dumps(pattern, ensure_ascii=False)})", frozenset({"text"}))
    try:
        return expression.evaluate({"text": text}, EvaluationContext()) is True
    except FeelError:
        return False


def _read_list(component: Component, field: Field, raw: Mapping[str, Any], scope: Mapping[str, Value], zone: tzinfo) -> Entry:
    posted = posted_rows(raw, field.key)
    if posted is None:
        return Entry(None, {field.key: sentences.not_a_list(component.label)})
    filled = [(index, row) for index, row in _shown_too(component, posted, scope) if not _blank(component, row)]
    if len(filled) > MAX_ENTRIES:
        return Entry(None, {field.key: sentences.too_many_rows(component.label, MAX_ENTRIES)})
    values: list[Value] = []
    errors: dict[str, Text] = {}
    for index, row in filled:
        value, wrong = _read_row(component, row, f"{field.key}[{index}]", scope, zone)
        values.append({**_kept(component, scope.get(field.key), index), **value})
        errors.update(wrong)
    if component.required and not values:
        errors[field.key] = sentences.required(component.label)
    return Entry(values or None, errors)


def _shown_too(component: Component, posted: Rows, scope: Mapping[str, Value]) -> Rows:
    """The posted rows and those that the form only shows, of which a browser sends nothing when no box is ticked."""
    current = scope.get(str(component.key))
    if not isinstance(current, list) or not any(part.readonly for part in component.children):
        return posted
    return sorted({**{index: {} for index in range(len(current))}, **dict(posted)}.items())


def _kept(component: Component, current: Value, index: int) -> dict[str, Value]:
    """What the case's row of that index holds beside what this form writes: other forms wrote it, or it is only shown."""
    row = current[index] if isinstance(current, list) and index < len(current) else None
    written = {part.key for part in component.children if part.writes}
    return {key: value for key, value in row.items() if key not in written} if isinstance(row, dict) else {}


def _blank(component: Component, row: Mapping[str, Any]) -> bool:
    """A row in which nothing was entered; an unticked box is nothing, a row that shows something is none."""
    given = (row.get(str(part.key)) for part in component.children)
    shows = any(part.readonly for part in component.children)
    return not shows and all(value in (None, "", [], False) or not str(value).strip() for value in given)


def _read_row(
    component: Component, row: Mapping[str, Any], name: str, scope: Mapping[str, Value], zone: tzinfo
) -> tuple[dict[str, Value], dict[str, Text]]:
    parts = [(part, part.field) for part in component.children if part.field is not None and part.writes]
    entries = {part.key: _read_single(part, field, row.get(field.key), f"{name}.{field.key}", zone) for part, field in parts}
    values: dict[str, Value] = {field.key: entries[field.key].value for _, field in parts}
    seen = {**scope, **values}
    context = EvaluationContext(zone=zone)
    hidden = {field.key for part, field in parts if part.hide is not None and part.hide.evaluate(seen, context) is True}
    errors = {at: text for key, entry in entries.items() if key not in hidden for at, text in entry.errors.items()}
    return {key: None if key in hidden else value for key, value in values.items()}, errors
