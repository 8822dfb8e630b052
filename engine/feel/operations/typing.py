"""Whether a value is of a type, and the coercions the standard allows between a value and a declared type."""

from __future__ import annotations

from typing import Any

from engine.feel.syntax.types import Type
from engine.feel.values import CONTEXT, FUNCTION, LIST, RANGE, Function, Range, kind


def is_instance(value: Any, declared: Type) -> bool | None:
    """Whether the value is an instance of the type; null for a type nobody knows."""
    if value is None:
        return declared.name == "null"
    if declared.name == "Any":
        return True
    if kind(value) != declared.name:
        return False
    return not declared.parts and not declared.keys or _PARTS[declared.name](value, declared)


def _list(value: list[Any], declared: Type) -> bool:
    return all(conforms(item, declared.parts[0]) for item in value)


def _context(value: dict[str, Any], declared: Type) -> bool:
    return all(key in value and conforms(value[key], part) for key, part in zip(declared.keys, declared.parts, strict=True))


def _range(value: Range, declared: Type) -> bool:
    return all(end is None or conforms(end, declared.parts[0]) for end in (value.low, value.high))


def _function(value: Function, declared: Type) -> bool:
    *wanted, _ = declared.parts
    if len(wanted) != len(value.parameters):
        return False
    given = value.signature or (None,) * len(wanted)
    return all(own is None or own == asked or asked.name == "Any" for own, asked in zip(given, wanted, strict=True))


_PARTS: dict[str, Any] = {LIST: _list, CONTEXT: _context, RANGE: _range, FUNCTION: _function}


def conforms(value: Any, declared: Type) -> bool:
    """Whether the value may stand where the type is declared: null may stand anywhere."""
    return value is None or is_instance(value, declared) is True


def coerce(value: Any, declared: Type | None) -> tuple[bool, Any]:
    """The value as the declared type, if it fits: a list of one may stand for its element, and an element for its list."""
    if declared is None or conforms(value, declared):
        return True, value
    if type(value) is list and len(value) == 1 and conforms(value[0], declared):
        return True, value[0]
    if declared.name == LIST and conforms([value], declared):
        return True, [value]
    return False, None
