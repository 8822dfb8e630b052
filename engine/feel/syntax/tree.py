"""The one kind of tree node, which knows how deep and how large it is."""

from __future__ import annotations

from typing import Any

from engine.feel.errors import at

MAX_DEPTH = 100


class Node:
    """One construct: what it is, its parts, its own value, where it stands; too deep a tree is refused when built."""

    __slots__ = ("children", "depth", "kind", "position", "size", "value")

    def __init__(self, kind: str, children: tuple[Node, ...] = (), value: Any = None, position: int = 0) -> None:
        self.kind: str = kind
        self.children = children
        self.value = value
        self.position: int = children[0].position if children and not position else position
        self.depth: int = 1 + max((child.depth for child in children), default=0)
        self.size: int = 1 + sum(child.size for child in children)
        if self.depth > MAX_DEPTH:
            raise too_deep(self.position)


def too_deep(position: int) -> Exception:
    """The refusal of an expression that is nested beyond what people can read."""
    return at(
        position,
        f"嵌套过深，最多 {MAX_DEPTH} 层；请拆成几个表达式。",
        f"nested too deeply, {MAX_DEPTH} levels at most; split it into several expressions.",
    )
