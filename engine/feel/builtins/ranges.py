"""``range("[1..10]")``: a range from its text, of literal ends only."""

from __future__ import annotations

from typing import Any

from engine.feel.builtins.registry import builtin, call_builtin
from engine.feel.errors import Fault, FeelError
from engine.feel.operations.arithmetic import negate
from engine.feel.operations.ranges import make_range
from engine.feel.operations.temporal import parse_any
from engine.feel.runtime import Run
from engine.feel.syntax.parser import parse
from engine.feel.syntax.tree import Node
from engine.feel.values import Range

_MAKERS = frozenset({"date", "time", "date and time", "duration"})
_MAX_TEXT = 200


@builtin("range(from: string)")
def range_from_text(run: Run, text: str) -> Range | None:
    """The range that the text spells; its ends may be literals, dates, times and durations."""
    run.charge(len(text) * 30)
    if len(text) > _MAX_TEXT:
        raise _no_range()
    try:
        tree = parse(text, "expression", (), _MAKERS)
    except FeelError:
        raise _no_range() from None
    if tree.kind != "interval":
        raise _no_range()
    low, high = (_end(run, node) for node in tree.children)
    return make_range(run, low, high, *tree.value)


def _no_range() -> Fault:
    return Fault("这不是区间。", "this is no range.")


def _end(run: Run, node: Node) -> Any:
    if node.kind == "constant":
        return node.value
    if node.kind == "at":
        return parse_any(node.value)
    if node.kind == "negative":
        return negate(run, _end(run, node.children[0]))
    if node.kind == "call" and node.children[0].value in _MAKERS and all(child.kind == "constant" for child in node.children[1:]):
        return call_builtin(run, node.children[0].value, [child.value for child in node.children[1:]], node.value)
    raise _no_range()
