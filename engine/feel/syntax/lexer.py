"""Cuts the text into tokens; where FEEL needs to know the names or the brackets around, this is where it is known."""

from __future__ import annotations

import re
from collections.abc import Collection

from lark import Token

from engine.feel.errors import at
from engine.feel.syntax import literals, names
from engine.feel.syntax.tree import MAX_DEPTH, too_deep
from engine.feel.syntax.types import parse_formals, parse_type

_BLANK = re.compile(r"(?:\s|//[^\n]*|/\*.*?\*/)+", re.DOTALL)
_SIGN = re.compile(r"\.\.|\*\*|<=|>=|!=|[-+*/<>=.,?:]")
_SIGNS = {
    "..": "DOTDOT", "**": "POWER", "<=": "LE", ">=": "GE", "!=": "NE", "-": "MINUS", "+": "PLUS", "*": "STAR",
    "/": "SLASH", "<": "LT", ">": "GT", "=": "EQ", ".": "DOT", ",": "COMMA", "?": "NAME", ":": "COLON",
}  # fmt: skip
# After these an operand is complete: a bracket then calls or filters.
_OPERAND_ENDS = frozenset({
    "NAME", "NUMBER", "STRING", "AT", "TRUE", "FALSE", "NULL", "RPAR", "RSQB", "RBRACE", "RANGE_END", "INSTANCE_OF",
})  # fmt: skip
_OPERAND_STARTS = re.compile(r'[\w"@({\[?-]|\.\d')
_NOT_OPERAND = re.compile(r"(?:and|or|then|else|in|between|return|satisfies|instance)\b")
_ARGUMENT = re.compile(r"([^,:(){}\[\]\"<>=]+?)\s*:")
_KEY = re.compile(r"([^:\"{}\[\]]+?)\s*:")
_VARIABLE = re.compile(r"([^,:(){}\[\]\"]+?)\s+in\b")
_OF = re.compile(r"\s*of\b")
_EXTERNAL = re.compile(r"\s*external\b")


class _Open:
    """A bracket, or a loop header, that is still open; ``ranged`` once two dots were seen in it."""

    __slots__ = ("ranged", "what")

    def __init__(self, what: str) -> None:
        self.what = what
        self.ranged = False


class Lexer:
    """One pass over one source; ``tokens`` is the result."""

    def __init__(self, source: str, scope: Collection[str], functions: Collection[str]) -> None:
        self.source = source
        self.position = 0
        self.tokens: list[Token] = []
        self.open: list[_Open] = []
        self.names = names.NameFinder(scope, functions)

    def run(self) -> list[Token]:
        """All tokens of the source."""
        while self._skip_blank():
            self._next()
        return self.tokens

    def _skip_blank(self) -> bool:
        found = _BLANK.match(self.source, self.position)
        self.position = found.end() if found else self.position
        return self.position < len(self.source)

    def _last(self) -> str:
        return self.tokens[-1].type if self.tokens else ""

    def _inside(self, what: str) -> bool:
        return bool(self.open) and self.open[-1].what == what

    def _after_operand(self) -> bool:
        return self._last() in _OPERAND_ENDS

    def _add(self, kind: str, end: int, value: object = None) -> None:
        start, self.position = self.position, end
        text = self.source[start:end] if value is None else value
        # A token's value may be any object; lark's annotation knows only text.
        self.tokens.append(Token(kind, text, start))

    def _push(self, what: str) -> None:
        self.open.append(_Open(what))
        if len(self.open) > MAX_DEPTH:
            raise too_deep(self.position)

    def _next(self) -> None:
        source, start = self.source, self.position
        first = source[start]
        if self._declares():
            return
        if first == '"':
            text, end = literals.read_string(source, start)
            self._add("STRING", end, (text,))
        elif first == "@":
            self._at_literal()
        elif first in "([{)]}":
            self._bracket(first)
        elif first.isdecimal() or (first == "." and literals.NUMBER.match(source, start) and not self._after_operand()):
            number, end = literals.read_number(source, start)
            self._add("NUMBER", end, (number,))
        elif not self._word():
            self._sign()

    def _at_literal(self) -> None:
        quote = self.position + 1
        if not self.source.startswith('"', quote):
            raise at(
                self.position, '“@”之后应为引号中的日期或时间，例如 @"2025-01-31"。', "expected a quoted date or time after “@”."
            )
        text, end = literals.read_string(self.source, quote)
        self._add("AT", end, (text,))

    def _declares(self) -> bool:
        """A context key, an argument's name or a loop variable: names that the scope need not know."""
        last = self._last()
        if self._inside("{") and last in ("LBRACE", "COMMA"):
            return self._key()
        if self._inside("call") and last in ("CALL", "COMMA"):
            return self._named(_ARGUMENT, "KEY", "NAME")
        if self._inside("loop") and last in ("FOR", "SOME", "EVERY", "COMMA"):
            return self._named(_VARIABLE, "VARIABLE", "")
        return last == "DOT" and self._path_name()

    def _key(self) -> bool:
        if self.source[self.position] != '"':
            return self._named(_KEY, "KEY", "")
        text, end = literals.read_string(self.source, self.position)
        colon = re.compile(r"\s*:").match(self.source, end)
        if colon is None:
            raise at(end, "键之后应为冒号“:”。", "expected a colon “:” after the key.")
        self.names.declare(text)
        self._add("KEY", colon.end(), (text,))
        return True

    def _named(self, pattern: re.Pattern[str], kind: str, unless: str) -> bool:
        found = pattern.match(self.source, self.position)
        if found is None or (unless and not names.WORD.match(found.group(1))):
            return False
        name = names.normal(found.group(1))
        if kind == "VARIABLE" and (clash := names.KEYWORDS.intersection(name.split()[1:])):
            raise at(
                self.position,
                f"循环变量之后应为 in，而不是 {min(clash)}。",
                f"expected “in” after the loop variable, not {min(clash)}.",
            )
        self.names.declare(name)
        self._add(kind, found.end(1) if kind == "VARIABLE" else found.end(), (name,))
        return True

    def _path_name(self) -> bool:
        end = self.names.known(self.source, self.position)
        found = names.WORDS.match(self.source, self.position)
        if end is None and found is None:
            return False
        if end is None and found is not None:
            end = found.end()
            for word in names.WORD.finditer(self.source, self.position, end):
                if word.start() > self.position and word.group() in names.KEYWORDS:
                    end = self.position + len(self.source[self.position : word.start()].rstrip())
                    break
        self._add("NAME", end or 0, names.normal(self.source[self.position : end]))
        return True

    def _word(self) -> bool:
        source, start = self.source, self.position
        end = self.names.known(source, start)
        if end is not None:
            self._add("NAME", end, names.normal(source[start:end]))
            return True
        found = names.WORD.match(source, start)
        if found is None:
            return False
        word = found.group()
        # every(…) is a cycle of the diagrams: no quantified expression has a bracket there.
        if word in names.KEYWORDS and not (word == "every" and names.BRACKET.match(source, found.end())):
            self._keyword(word, found.end())
        else:
            self._add("NAME", found.end(), word)
        return True

    def _keyword(self, word: str, end: int) -> None:
        source = self.source
        if word == "function":
            formals, end = parse_formals(source, end)
            for name, _ in formals:
                self.names.declare(name)
            external = _EXTERNAL.match(source, end)
            self._add("EXTERNAL" if external else "FUNCTION", external.end() if external else end, (formals,))
        elif word == "instance":
            of = _OF.match(source, end)
            if of is None:
                raise at(end, "instance 之后应为 of。", "expected “of” after “instance”.")
            kind, end = parse_type(source, of.end())
            self._add("INSTANCE_OF", end, (kind,))
        else:
            self._add(word.upper(), end)
            if word in ("for", "some", "every"):
                self._push("loop")
            elif word in ("return", "satisfies") and self._inside("loop"):
                self.open.pop()

    def _bracket(self, sign: str) -> None:
        last, after = self._last(), self._after_operand()
        ranged = bool(self.open) and self.open[-1].ranged
        if sign == "[" and after and ranged and not self._operand_follows():
            self._close("RANGE_END")
        elif sign == "]" and not after and last != "LSQB":
            self._open("RANGE_START", "[")
        elif sign == "(":
            self._open("CALL" if after else "LPAR", "call" if after else "(")
        elif sign in "[{":
            self._open({"[": "FILTER" if after else "LSQB", "{": "LBRACE"}[sign], sign)
        else:
            self._close({")": "RPAR", "]": "RSQB", "}": "RBRACE"}[sign])

    def _open(self, kind: str, what: str) -> None:
        self._push(what)
        self._add(kind, self.position + 1)

    def _close(self, kind: str) -> None:
        while self._inside("loop"):
            self.open.pop()
        if self.open:
            self.open.pop()
        self._add(kind, self.position + 1)

    def _operand_follows(self) -> bool:
        blank = _BLANK.match(self.source, self.position + 1)
        following = blank.end() if blank else self.position + 1
        return bool(_OPERAND_STARTS.match(self.source, following)) and not _NOT_OPERAND.match(self.source, following)

    def _sign(self) -> None:
        found = _SIGN.match(self.source, self.position)
        if found is None:
            sign = self.source[self.position]
            raise at(self.position, f"不认识的符号“{sign}”。", f"unknown sign “{sign}”.")
        kind = _SIGNS[found.group()]
        if kind == "DOTDOT" and self.open:
            self.open[-1].ranged = True
        self._add(kind, found.end())
