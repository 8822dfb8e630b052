"""The two questions asked of a table before it is published: do rows contradict, is a case left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.domain.text import Text
from engine.procedure.decisions.analysis.axes import Axes, Axis, Choices, Names, axes_of
from engine.procedure.decisions.analysis.findings import TableFinding
from engine.procedure.decisions.analysis.missing import ANYTHING, cell_of
from engine.procedure.decisions.model import Decision

MOST = 20
_BUDGET = 20_000
#: For each of the first axes the numbers of its pieces; the axes that follow do not matter.
_Pieces = list[list[int]]
_ALL_CASES = ("UNIQUE", "ANY", "PRIORITY", "FIRST")
_MEND_OVERLAP = Text(
    "请缩小其中一行的条件，或把“几行符合时”改成“第一个”（命中策略 F）。",
    "Narrow one of the rows, or let the first one decide (hit policy F).",
)
_MEND_GAP = Text("请为这种情况加一行，或在结果列填写默认值。", "Add a row for this case, or give the output column a default.")


def overlaps(decision: Decision, choices: Choices | None = None, names: Names | None = None) -> list[TableFinding]:
    """Pairs of rows that may match together and may not: all under UNIQUE, those that disagree under ANY."""
    if decision.hit_policy not in ("UNIQUE", "ANY"):
        return []
    axes = axes_of(decision, choices or {})
    found: list[TableFinding] = []
    outputs = {rule.index: rule.outputs for rule in decision.rules}
    certain = sorted(axes.rows - axes.doubtful)
    for place, one in enumerate(certain):
        for other in certain[place + 1 :]:
            if decision.hit_policy == "ANY" and outputs[one] == outputs[other]:
                continue
            example = _together(axes.axes, one, other, names or {})
            if example is not None and len(found) < MOST:
                found.append(_overlap(decision, one, other, example))
    return found


def gaps(decision: Decision, choices: Choices | None = None, names: Names | None = None) -> list[TableFinding]:
    """Cases that no row takes, each with an example; none for lists, and none when there is a default.

    ``choices`` says what values an input has, by its expression, where the table itself does not; ``names`` what they are called.
    """
    if decision.hit_policy not in _ALL_CASES or any(column.default for column in decision.outputs):
        return []
    axes = axes_of(decision, choices or {})
    return [_gap(decision, axes.axes, pieces, names or {}) for pieces in _GapSearch(axes).examples()]


def _together(axes: tuple[Axis, ...], one: int, other: int, names: Names) -> list[Text] | None:
    example: list[Text] = []
    for axis in axes:
        piece = next((n for n, rows in enumerate(axis.rows) if one in rows and other in rows), None)
        if piece is None:
            return None
        if not all(one in rows and other in rows for rows in axis.rows):
            example.append(axis.say(piece, names))
    return example


class _GapSearch:
    """Walks the axes one by one with the rows still in play; pieces that the same rows take are walked once."""

    def __init__(self, axes: Axes) -> None:
        self._axes = axes.axes
        self._rows = axes.rows
        self._left = _BUDGET
        # After each axis: which rows take everything that follows.
        self._free = [self._taking_all(axes.axes[n:]) for n in range(len(axes.axes) + 1)]

    def examples(self) -> list[_Pieces]:
        """At most MOST examples, each with its pieces of the first axes; what the budget does not reach is not claimed."""
        found = []
        for example in self._walk(0, self._rows, []):
            found.append(example)
            if len(found) == MOST:
                break
        return found

    def _walk(self, place: int, rows: frozenset[int], example: _Pieces) -> Iterator[_Pieces]:
        self._left -= 1
        if self._left < 0 or rows & self._free[place]:
            return
        if not rows:
            yield example
            return
        axis = self._axes[place]
        for pieces, alive in _distinct(rows & takers for takers in axis.rows):
            yield from self._walk(place + 1, alive, [*example, pieces])

    def _taking_all(self, axes: tuple[Axis, ...]) -> frozenset[int]:
        return frozenset(row for row in self._rows if all(row in takers for axis in axes for takers in axis.rows))


def _distinct(pieces: Iterable[frozenset[int]]) -> list[tuple[list[int], frozenset[int]]]:
    """Each set of rows with its pieces; the empty one once for every stretch of pieces that nobody takes."""
    found: list[tuple[list[int], frozenset[int]]] = []
    for number, rows in enumerate(pieces):
        alike = next((numbers for numbers, other in found if other == rows and (rows or numbers[-1] == number - 1)), None)
        if alike is None:
            found.append(([number], rows))
        else:
            alike.append(number)
    return found


def _overlap(decision: Decision, one: int, other: int, example: list[Text]) -> TableFinding:
    case = _case(example)
    text = Text(
        f"决策表“{decision.label.zh}”第 {one} 行与第 {other} 行会同时符合，例如：{case.zh}。",
        f"Decision table “{decision.label.en}”: rows {one} and {other} match together, for example {case.en}.",
    )
    return TableFinding(decision.id, (one, other), text, _MEND_OVERLAP, "error")


def _gap(decision: Decision, axes: tuple[Axis, ...], pieces: _Pieces, names: Names) -> TableFinding:
    case = _case([axis.say(some[0], names) for axis, some in zip(axes, pieces, strict=False)])
    text = Text(
        f"决策表“{decision.label.zh}”没有一行适用于：{case.zh}。",
        f"Decision table “{decision.label.en}”: no row takes {case.en}.",
    )
    asked = {axis.name: cell_of(axis, some) for axis, some in zip(axes, pieces, strict=False)}
    cells = tuple(asked.pop(column.source, ANYTHING) for column in decision.inputs)
    return TableFinding(decision.id, (), text, _MEND_GAP, "warning", cells)


def _case(example: list[Text]) -> Text:
    if not example:
        return Text("任何情况", "any case")
    return Text("，".join(one.zh for one in example), ", ".join(one.en for one in example))
