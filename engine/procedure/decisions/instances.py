"""``instance of`` for the types that a decision file defines: what a value is made of, not which values are allowed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.procedure.decisions.types import BUILT_IN, Type

Instances = Mapping[str, Callable[[Any], bool]]


def instances_of(definitions: Mapping[str, Type]) -> Instances:
    """Each defined type's question; null is an instance of none, but may stand for any part."""
    return {name: _asking(definitions, one) for name, one in definitions.items()}


def _asking(definitions: Mapping[str, Type], wanted: Type) -> Callable[[Any], bool]:
    return lambda value: value is not None and _is(definitions, value, wanted)


def _is(definitions: Mapping[str, Type], value: Any, wanted: Type) -> bool:
    if not wanted.collection:
        return _one(definitions, value, wanted)
    return isinstance(value, list) and all(item is None or _one(definitions, item, wanted) for item in value)


def _one(definitions: Mapping[str, Type], value: Any, wanted: Type) -> bool:
    if wanted.components:
        return isinstance(value, dict) and all(
            name in value and (value[name] is None or _is(definitions, value[name], part))
            for name, part in wanted.components.items()
        )
    inner = definitions.get(wanted.base)
    if inner is not None:
        return _is(definitions, value, inner)
    return wanted.base in BUILT_IN and BUILT_IN[wanted.base](value)
