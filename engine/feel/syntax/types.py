"""Type expressions, as after ``instance of`` and in formal parameters: ``list<number>``, ``context<a: string>``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.feel.errors import at
from engine.feel.syntax.names import normal

_NAME = re.compile(r"\s*([^\s<>,:(){}\[\]=!]+(?:[ \t]+(?:and|time|months|days|duration)\b)*)")
_SIMPLE = (
    "years and months duration", "days and time duration", "year month duration", "day time duration", "date and time",
    "Any", "Null", "null", "number", "string", "boolean", "date", "time", "list", "context", "range", "function",
)  # fmt: skip
_BUILT_IN = re.compile(r"\s*(" + "|".join(name.replace(" ", r"\s+") for name in _SIMPLE) + r")(?!\w)")
_SYNONYMS = {"year month duration": "years and months duration", "day time duration": "days and time duration", "Null": "null"}
_MAX_DEPTH = 20


@dataclass(frozen=True, slots=True)
class Type:
    """A FEEL type; ``parts`` are its element types, ``keys`` the names of a context's parts."""

    name: str
    parts: tuple[Type, ...] = ()
    keys: tuple[str, ...] = ()


def parse_type(source: str, start: int, depth: int = 0) -> tuple[Type, int]:
    """The type that begins here and where it ends."""
    found = _BUILT_IN.match(source, start) or _NAME.match(source, start)
    if found is None or depth > _MAX_DEPTH:
        raise at(
            start, "这里应写类型，例如 number、string、list<number>。", "expected a type such as number, string, list<number>."
        )
    name = normal(found.group(1))
    name, end = _SYNONYMS.get(name, name), found.end()
    opening = _skip(source, end)
    if not source.startswith("<", opening) or name not in ("list", "range", "context", "function"):
        return Type(name), end
    parts, keys, end = _parts(source, opening + 1, name == "context", depth)
    if name == "function":
        end = _expect(source, end, "->")
        result, end = parse_type(source, end, depth + 1)
        parts = (*parts, result)
    return Type(name, parts, keys), end


def _parts(source: str, start: int, keyed: bool, depth: int) -> tuple[tuple[Type, ...], tuple[str, ...], int]:
    parts: list[Type] = []
    keys: list[str] = []
    position = _skip(source, start)
    while not source.startswith(">", position):
        if parts:
            position = _expect(source, position, ",")
        if keyed:
            colon = source.find(":", position)
            if colon < 0:
                raise at(position, "这里应写“键: 类型”。", "expected “key: type”.")
            keys.append(normal(source[position:colon]))
            position = colon + 1
        part, position = parse_type(source, position, depth + 1)
        parts.append(part)
        position = _skip(source, position)
    return tuple(parts), tuple(keys), position + 1


def _expect(source: str, position: int, sign: str) -> int:
    position = _skip(source, position)
    if not source.startswith(sign, position):
        raise at(position, f"类型中这里应为“{sign}”。", f"expected “{sign}” in the type.")
    return position + len(sign)


def _skip(source: str, position: int) -> int:
    while position < len(source) and source[position].isspace():
        position += 1
    return position


def parse_formals(source: str, start: int) -> tuple[tuple[tuple[str, Type | None], ...], int]:
    """The formal parameters in brackets that begin here, each with its type or None, and where they end."""
    position = _expect(source, start, "(")
    formals: list[tuple[str, Type | None]] = []
    position = _skip(source, position)
    while not source.startswith(")", position):
        if formals:
            position = _expect(source, position, ",")
        found = _FORMAL.match(source, position)
        if found is None:
            raise at(position, "这里应写参数名。", "expected a parameter name.")
        position, declared = _skip(source, found.end()), None
        if source.startswith(":", position):
            declared, position = parse_type(source, position + 1)
        formals.append((normal(found.group()), declared))
        position = _skip(source, position)
    return tuple(formals), position + 1


_FORMAL = re.compile(r"[^,:(){}\[\]\"]+")
