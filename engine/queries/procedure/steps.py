"""A task of a diagram as those who do it read it: entries, limits, who is told, clauses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from engine.domain.text import Text
from engine.procedure.decisions.spoken import QUOTED
from engine.queries.procedure.reading import LIMITS, LimitRow, limit_rows


@dataclass(frozen=True, slots=True)
class Step:
    """What one person does: in which role, with which entries, within what time, who is told when it is late, by which clause."""

    name: Text
    instructions: Text | None
    entries: tuple[Text, ...]
    limits: tuple[tuple[Text, tuple[Text, ...]], ...]
    told: tuple[Text, ...]
    clauses: tuple[str, ...]


def step_of(procedure: Any, task: Any) -> Step:
    """What the drawn task comes to for whoever does it."""
    form = procedure.form_of(task.id)
    keys = tuple(dict.fromkeys((*task.limit, *task.opens, *task.stops, *task.drawn_limits)))
    rows = [(key, row) for key, row in _by_key(procedure) if key in keys]
    told = dict.fromkeys(role for _, row in rows for role in row.told_on_breach)
    return Step(
        name=task.label,
        instructions=task.instructions,
        entries=tuple(field.field.label for field in form.fields) if form else (),
        limits=tuple((procedure.limits.get(key, Text(key, key)), _amounts(rows, key)) for key in keys),
        told=tuple(told),
        clauses=task.clauses,
    )


def _by_key(procedure: Any) -> list[tuple[str, LimitRow]]:
    table = procedure.decisions.get(LIMITS)
    pairs = zip(table.rules, limit_rows(procedure), strict=True) if table else ()
    return [(key, row) for rule, row in pairs for key in QUOTED.findall(rule.cells[0])]


def _amounts(rows: Iterable[tuple[str, LimitRow]], key: str) -> tuple[Text, ...]:
    return tuple(dict.fromkeys(row.amount for own, row in rows if own == key))
