"""Whether a value is of a type, and the coercions the standard allows between a value and a declared type."""

from __future__ import annotations

from typing import Any

from engine.feel.runtime import Run
from engine.feel.syntax.types import Type
from engine.feel.values import CONTEXT, FUNCTION, LIST, RANGE, Function, Range, kind


def is_instance(run: Run, value: Any, declared: Type) -> bool:
    """Whether the value is an instance of the type; a type nobody knows has none."""
    if value is None:
        return declared.name == "null"
    if declared.name == "Any":
        return True
    if kind(value) != declared.name:
        own = run.context.types.get(declared.name)
        return own is not None and own(value)
    return (not declared.parts and not declared.keys) or bool(_PARTS[declared.name](run, value, declared))


def _list(run: Run, value: list[Any], declared: Type) -> bool:
    run.charge(len(value))
    return all(conforms(run, item, declared.parts[0]) for item in value)


def _context(run: Run, value: dict[str, Any], declared: Type) -> bool:
    return all(key in value and conforms(run, value[key], part) for key, part in zip(declared.keys, declared.parts, strict=True))


def _range(run: Run, value: Range, declared: Type) -> bool:
    return all(end is None or conforms(run, end, declared.parts[0]) for end in (value.low, value.high))


def _function(run: Run, value: Function, declared: Type) -> bool:
    *wanted, _ = declared.parts
    if len(wanted) != len(value.parameters):
        return False
    given = value.signature or (None,) * len(wanted)
    return all(own is None or own == asked or asked.name == "Any" for own, asked in zip(given, wanted, strict=True))


_PARTS: dict[str, Any] = {LIST: _list, CONTEXT: _context, RANGE: _range, FUNCTION: _function}


def conforms(run: Run, value: Any, declared: Type) -> bool:
    """Whether the value may stand where the type is declared: null may stand anywhere."""
    return value is None or is_instance(run, value, declared)


def coerce(run: Run, value: Any, declared: Type | None) -> tuple[bool, Any]:
    """The value as the declared type, if it fits: a list of one may stand for its element, and an element for its list."""
    if declared is None or conforms(run, value, declared):
        return True, value
    if type(value) is list and len(value) == 1 and conforms(run, value[0], declared):
        return True, value[0]
    if declared.name == LIST and conforms(run, [value], declared):
        return True, [value]
    return False, None
