"""Parses a source to a tree, and says in plain words what was expected where it cannot."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from lark import Lark, Token, UnexpectedToken
from lark.lexer import Lexer as LarkLexer

from engine.feel.errors import at
from engine.feel.syntax.builder import Builder
from engine.feel.syntax.expected import unexpected
from engine.feel.syntax.lexer import Lexer
from engine.feel.syntax.tree import Node

MAX_SOURCE = 10_000


class _Ready(LarkLexer):
    """Hands lark the tokens that the name-aware lexer has cut."""

    def __init__(self, lexer_conf: Any) -> None:
        pass

    def lex(self, tokens: Any) -> Iterator[Token]:  # type: ignore[override]
        return iter(tokens)


@lru_cache(maxsize=1)
def _grammar() -> Lark:
    text = (Path(__file__).parent / "grammar.lark").read_text("utf-8")
    return Lark(text, parser="lalr", lexer=_Ready, start=["expression", "unary_tests"], transformer=Builder())


def parse(source: str, start: str, names: Collection[str], functions: Collection[str]) -> Node:
    """The tree of an ``expression`` or of ``unary_tests``; FeelError with a position when it is none."""
    if len(source) > MAX_SOURCE:
        raise at(
            MAX_SOURCE, f"表达式过长，最多 {MAX_SOURCE} 个字符。", f"the expression is too long, {MAX_SOURCE} characters at most."
        )
    tokens = Lexer(source, names, functions).run()
    if start == "unary_tests":
        _mark_negation(tokens)
    try:
        tree: Node = _grammar().parse(tokens, start=start)  # type: ignore[assignment]
    except UnexpectedToken as error:
        raise unexpected(error, source) from None
    return tree


def _mark_negation(tokens: list[Token]) -> None:
    """``not(…)`` around all tests negates them; elsewhere it is the function."""
    if len(tokens) < 3 or tokens[0] != "not" or tokens[1].type != "CALL" or tokens[-1].type != "RPAR":
        return
    depth = 0
    for token in tokens[1:-1]:
        depth += token.type in ("CALL", "LPAR", "LSQB", "FILTER", "LBRACE", "RANGE_START")
        depth -= token.type in ("RPAR", "RSQB", "RBRACE", "RANGE_END")
        if depth == 0:
            return
    tokens[0] = Token("NOT", "not", tokens[0].start_pos)
