"""Sample values: one that a field of each type takes, and the others worth trying where a way depends on it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from engine.domain.values import Value
from engine.procedure import Component, Field, Form, Procedure
from engine.procedure.vocabulary import CHOICE_TYPES
from engine.rehearsal.values import usual_answers

TEXT = "样例"
PHONE = "13800138000"
#: Numbers and texts that an expression compares with are worth trying; so is what lies just beyond.
LITERALS = re.compile(r'"([^"]*)"|(?<![\w.])(\d+(?:\.\d+)?)(?![\w.])')


def first_sample(component: Component, field: Field, now: datetime) -> Value:
    """A value that the component takes, as far as its bounds can be met without knowing what is meant."""
    kind = field.type
    if kind in ("choice", "choices"):
        values = [choice.value for choice in component.choices or field.choices]
        return (values[:1] if kind == "choices" else values[0]) if values else None
    if kind == "list":
        row = {part.key: first_sample(part, part.field, now) for part in component.children if part.key and part.field}
        return [row]
    return _plain(component, kind, now)


def other_samples(field: Field | None, sources: str, others: list[Value], now: datetime) -> list[Value]:
    """What else a field or moment may hold: each choice, both booleans, what it is compared with and its neighbours, nothing."""
    kind = field.type if field else "datetime"
    if kind == "boolean":
        return [True, False]
    if kind in CHOICE_TYPES and field:
        values = [choice.value for choice in field.choices]
        return [[value] for value in values] if kind == "choices" else [*values, None]
    found = LITERALS.findall(sources)
    if kind in ("number", "money"):
        numbers = [Decimal(number) for _, number in found if number]
        near = {number + step for number in numbers for step in (0, 1, -1)} | {one for one in others if type(one) is Decimal}
        return [*sorted(near), None]
    if kind in ("date", "datetime", "time"):
        return [_moment(kind, now), None]
    return [*dict.fromkeys(text for text, number in found if not number), None]


def sample_answer(
    procedure: Procedure, form: Form, scope: Mapping[str, Value], told: Mapping[str, Value], now: datetime
) -> dict[str, Value]:
    """What a sample person enters: the usual answers, a sample for everything else that is asked, and on top what is told."""
    zone, vocabulary = procedure.day_rules.tz, procedure.vocabulary
    usual = usual_answers(procedure, form.name, {**scope, **told}, now)
    samples = {entry.key: first_sample(entry.component, entry.field, now) for entry in form.fields}
    kept = {key: scope[key] for key in form.keys if scope.get(key) is not None and vocabulary[key].keep}
    given: dict[str, Any] = {**({} if form.name in procedure.answers else samples), **kept, **usual, **told}
    for _ in range(len(form.fields) + 1):
        answer = form.read(given, scope, zone=zone)
        wrong = {re.split(r"[\[.]", key)[0] for key in answer.errors} - told.keys()
        if not wrong:
            break
        given.update({key: samples[key] for key in wrong})
    return {key: value for key, value in answer.values.items() if not vocabulary[key].personal}


def _plain(component: Component, kind: str, now: datetime) -> Value:
    if kind == "boolean":
        return component.required or None
    if kind in ("number", "money"):
        low, high = component.minimum, component.maximum
        return low if low is not None else min(Decimal(1), high) if high is not None else Decimal(1)
    if kind in ("date", "datetime", "time"):
        return _moment(kind, now)
    if kind == "phone":
        return PHONE
    if kind == "evidence":
        return [TEXT]
    return (TEXT * max(1, component.min_length or 0))[: component.max_length or None]


def _moment(kind: str, now: datetime) -> date | time:
    later = now + timedelta(days=1)
    return later if kind == "datetime" else later.date() if kind == "date" else time(9)
