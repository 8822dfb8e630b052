"""Builds the tree while lark parses, so that no second pass has to walk down a deep one."""

from __future__ import annotations

from typing import Any

from lark import Token, Transformer

from engine.feel.errors import at
from engine.feel.syntax.tree import Node

_OPERATORS = {"PLUS": "+", "MINUS": "-", "STAR": "*", "SLASH": "/", "POWER": "**"}
_CONSTANTS = {"TRUE": True, "FALSE": False, "NULL": None}


def _place(token: Token) -> int:
    return token.start_pos or 0


def _nodes(parts: list[Any]) -> tuple[Node, ...]:
    return tuple(part for part in parts if isinstance(part, Node))


class Builder(Transformer[Token, Node]):
    """One method for each construct of the grammar."""

    def expression(self, parts: list[Any]) -> Node:
        return _whole(parts[0])

    def unary_tests(self, parts: list[Any]) -> Node:
        return Node("tests", parts[0].children, value=False)

    def negated_tests(self, parts: list[Any]) -> Node:
        return Node("tests", parts[2].children, value=True)

    def tests(self, parts: list[Any]) -> Node:
        return Node("tests", tuple(_whole(node) for node in _nodes(parts)))

    def operator_test(self, parts: list[Any]) -> Node:
        return Node("operator_test", (_whole(parts[1]),), parts[0].type, _place(parts[0]))

    def any_of(self, parts: list[Any]) -> Node:
        return Node("or", _whole_all(parts))

    def all_of(self, parts: list[Any]) -> Node:
        return Node("and", _whole_all(parts))

    def compare(self, parts: list[Any]) -> Node:
        return Node("compare", (_whole(parts[0]), _whole(parts[2])), parts[1].type)

    def between(self, parts: list[Any]) -> Node:
        return Node("between", _whole_all(parts))

    def is_in(self, parts: list[Any]) -> Node:
        # The one place where a bracket may hold several tests.
        return Node("in", (_whole(parts[0]), parts[2]))

    def arithmetic(self, parts: list[Any]) -> Node:
        signs = tuple(_OPERATORS[part.type] for part in parts if isinstance(part, Token))
        return Node("arithmetic", _whole_all(parts), signs)

    def negative(self, parts: list[Any]) -> Node:
        return Node("negative", (_whole(parts[1]),), position=_place(parts[0]))

    def instance_of(self, parts: list[Any]) -> Node:
        return Node("instance_of", (_whole(parts[0]),), parts[1].value[0])

    def path(self, parts: list[Any]) -> Node:
        return Node("path", (_whole(parts[0]),), str(parts[2]))

    def filter(self, parts: list[Any]) -> Node:
        return Node("filter", _whole_all(parts))

    def call(self, parts: list[Any]) -> Node:
        return Node("call", _whole_all(parts))

    def call_named(self, parts: list[Any]) -> Node:
        named = [part for part in parts[1:] if isinstance(part, Node)]
        children = (_whole(parts[0]), *(node.children[0] for node in named))
        return Node("call", children, tuple(node.value for node in named))

    def named(self, parts: list[Any]) -> Node:
        return Node("named", (_whole(parts[1]),), parts[0].value[0], _place(parts[0]))

    def number(self, parts: list[Any]) -> Node:
        return Node("constant", (), parts[0].value[0], _place(parts[0]))

    string = number

    def at_literal(self, parts: list[Any]) -> Node:
        return Node("at", (), parts[0].value[0], _place(parts[0]))

    def constant(self, parts: list[Any]) -> Node:
        return Node("constant", (), _CONSTANTS[parts[0].type], _place(parts[0]))

    def name(self, parts: list[Any]) -> Node:
        return Node("name", (), str(parts[0]), _place(parts[0]))

    def group(self, parts: list[Any]) -> Node:
        inner = _nodes(parts)
        if len(inner) > 1:
            return Node("tuple", tuple(_whole(node) for node in inner), position=_place(parts[0]))
        if inner[0].kind == "operator_test":
            return Node("unary_range", inner[0].children, inner[0].value, _place(parts[0]))
        return inner[0]

    def items(self, parts: list[Any]) -> Node:
        return Node("list", _whole_all(parts), position=_place(parts[0]))

    def interval(self, parts: list[Any]) -> Node:
        closed = (parts[0].type == "LSQB", parts[4].type == "RSQB")
        return Node("interval", (_whole(parts[1]), _whole(parts[3])), closed, _place(parts[0]))

    def context(self, parts: list[Any]) -> Node:
        entries = _nodes(parts)
        keys = tuple(entry.value for entry in entries)
        for index, entry in enumerate(entries):
            if entry.value in keys[:index]:
                raise at(entry.position, f"键“{entry.value}”重复。", f"the key “{entry.value}” stands twice.")
        return Node("context", tuple(entry.children[0] for entry in entries), keys, _place(parts[0]))

    def conditional(self, parts: list[Any]) -> Node:
        return Node("if", _whole_all(parts), position=_place(parts[0]))

    def loop(self, parts: list[Any]) -> Node:
        return Node("for", _whole_all(parts), position=_place(parts[0]))

    def quantified(self, parts: list[Any]) -> Node:
        return Node("some" if parts[0].type == "SOME" else "every", _whole_all(parts), position=_place(parts[0]))

    def iterator(self, parts: list[Any]) -> Node:
        return Node("iterator", _whole_all(parts), parts[0].value[0], _place(parts[0]))

    def function(self, parts: list[Any]) -> Node:
        return Node("function", (_whole(parts[1]),), parts[0].value[0], _place(parts[0]))

    def external(self, parts: list[Any]) -> Node:
        return Node("external", (_whole(parts[1]),), parts[0].value[0], _place(parts[0]))


def _whole(node: Node) -> Node:
    """Refuses ``(a, b)`` where a single value is needed."""
    if node.kind == "tuple":
        raise at(
            node.position,
            "括号中只能有一个值；列表请写成 [a, b]。",
            "only one value may stand in brackets; write a list as [a, b].",
        )
    return node


def _whole_all(parts: list[Any]) -> tuple[Node, ...]:
    return tuple(_whole(part) for part in parts if isinstance(part, Node))
