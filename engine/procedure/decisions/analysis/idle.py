"""Rows of a table that decide nothing: those that an earlier one always forestalls, and those without a result."""

from __future__ import annotations

from itertools import groupby

from engine.domain.text import Text
from engine.procedure.decisions.analysis.axes import Axes, Choices, axes_of
from engine.procedure.decisions.analysis.findings import TableFinding
from engine.procedure.decisions.model import Decision

_NO_RESULT = frozenset({"", "-"})
_MEND_EMPTY = Text("请在结果列填写，或删去这一行。", "Fill in the results, or delete the row.")


def hidden(decision: Decision, choices: Choices | None = None) -> list[TableFinding]:
    """Where the first row decides: rows all of whose cases an earlier row takes, by the row that takes them."""
    if decision.hit_policy != "FIRST":
        return []
    axes = axes_of(decision, choices or {})
    behind: dict[int, list[int]] = {}
    for other in sorted(axes.rows):
        before = next((one for one in sorted(axes.rows - axes.doubtful) if one < other and _takes_all(axes, one, other)), None)
        if before is not None:
            behind.setdefault(before, []).append(other)
    return [_hidden(decision, one, others) for one, others in behind.items()]


def without_result(decision: Decision) -> list[TableFinding]:
    """Rows of which every result is left empty; whatever applies to them comes out as nothing."""
    empty = [rule.index for rule in decision.rules if all(output.strip() in _NO_RESULT for output in rule.outputs)]
    return [_empty(decision, row) for row in empty]


def _takes_all(axes: Axes, one: int, other: int) -> bool:
    return all(one in rows or other not in rows for axis in axes.axes for rows in axis.rows)


def _hidden(decision: Decision, one: int, others: list[int]) -> TableFinding:
    spans = [[row for _, row in run] for _, run in groupby(enumerate(others), key=lambda pair: pair[1] - pair[0])]
    said = [f"{rows[0]}–{rows[-1]}" if len(rows) > 1 else str(rows[0]) for rows in spans]
    zh, en = "、".join(said), ", ".join(said)
    text = Text(
        f"决策表“{decision.label.zh}”第 {zh} 行轮不到：第 {one} 行排在前面，先占了同样的情况。",
        f"Decision table “{decision.label.en}”: row {one} stands first and takes all that row {en} asks for.",
    )
    mend = Text(f"请把第 {one} 行移到后面，或缩小它的条件。", f"Move row {one} further down, or narrow it.")
    return TableFinding(decision.id, (one, *others), text, mend, "warning")


def _empty(decision: Decision, row: int) -> TableFinding:
    text = Text(
        f"决策表“{decision.label.zh}”第 {row} 行没有写结果。", f"Decision table “{decision.label.en}”: row {row} has no result."
    )
    return TableFinding(decision.id, (row,), text, _MEND_EMPTY, "warning")
