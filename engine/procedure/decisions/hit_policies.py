"""What a table answers when none, one or several of its rows match: the hit policies of DMN 8.2.10."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from engine.domain.text import Text
from engine.domain.values import Value
from engine.errors import Incident
from engine.feel import EvaluationContext, compile_expression
from engine.procedure.decisions.table import Hit, Scope, Table

POLICIES = ("UNIQUE", "ANY", "PRIORITY", "FIRST", "RULE ORDER", "OUTPUT ORDER", "COLLECT")
AGGREGATIONS = ("SUM", "MIN", "MAX", "COUNT")
_LISTS = ("RULE ORDER", "OUTPUT ORDER", "COLLECT")
_BUILT_IN = {name: compile_expression(f"{name.lower()}(values)", {"values"}) for name in ("SUM", "MIN", "MAX")}


def answer(table: Table, scope: Scope, context: EvaluationContext) -> tuple[Value, tuple[int, ...]]:
    """The table's value, and the rows that gave it (counted from 1)."""
    hits = table.hits(scope, context)
    if not hits:
        return _without_a_match(table, scope, context), ()
    chosen = _CHOICE.get(table.hit_policy, _all)(table, hits)
    value = _several(table, chosen, context) if table.hit_policy in _LISTS else table.shape(chosen[0].values)
    return value, tuple(hit.row for hit in chosen)


def _without_a_match(table: Table, scope: Scope, context: EvaluationContext) -> Value:
    values = table.default(scope, context)
    if table.hit_policy not in _LISTS:
        return None if values is None else table.shape(values)
    return _several(table, [] if values is None else [Hit(0, values)], context)


def _several(table: Table, hits: list[Hit], context: EvaluationContext) -> Value:
    values = [table.shape(hit.values) for hit in hits]
    if not table.aggregation:
        return values
    if table.aggregation == "COUNT":
        return Decimal(len(values))
    return _BUILT_IN[table.aggregation].evaluate({"values": values}, context) if values else None


def _all(table: Table, hits: list[Hit]) -> list[Hit]:
    return hits


def _unique(table: Table, hits: list[Hit]) -> list[Hit]:
    if len(hits) > 1:
        raise _too_many(
            table,
            hits,
            "每次只能有一行符合（U），却有第 {} 行同时符合。",
            "Only one row may match (U), but rows {} match at the same time.",
        )
    return hits


def _any(table: Table, hits: list[Hit]) -> list[Hit]:
    if any(hit.values != hits[0].values for hit in hits):
        raise _too_many(
            table,
            hits,
            "同时符合的各行结果必须相同（A），第 {} 行却不同。",
            "Rows that match together must agree (A), but rows {} differ.",
        )
    return hits


def _by_priority(table: Table, hits: list[Hit]) -> list[Hit]:
    ranks = [{_key(value): place for place, value in enumerate(one.ranks)} for one in table.outputs]
    return sorted(hits, key=lambda hit: [rank.get(_key(value), len(rank)) for rank, value in zip(ranks, hit.values, strict=True)])


def _foremost(table: Table, hits: list[Hit]) -> list[Hit]:
    return _by_priority(table, hits)[:1]


_CHOICE: dict[str, Callable[[Table, list[Hit]], list[Hit]]] = {
    "UNIQUE": _unique,
    "ANY": _any,
    "PRIORITY": _foremost,
    "OUTPUT ORDER": _by_priority,
}


def _key(value: Value) -> tuple[str, Value]:
    # True and 1 are different answers, but equal and of one hash in Python.
    return type(value).__name__, repr(value) if isinstance(value, list | dict) else value


def _too_many(table: Table, hits: list[Hit], zh: str, en: str) -> Incident:
    rows_zh, rows_en = "、".join(str(hit.row) for hit in hits), ", ".join(str(hit.row) for hit in hits)
    return Incident(Text(f"决策表“{table.name}”：{zh.format(rows_zh)}", f"Decision table “{table.name}”: {en.format(rows_en)}"))
