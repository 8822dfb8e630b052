"""The types of a decision file: the built-in ones and its item definitions, and whether a value is of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from engine.domain.durations import YearsMonths
from engine.feel import EvaluationContext, UnaryTests

_NOTHING: Mapping[str, Any] = {}
MISMATCH = object()


def _number(value: Any) -> bool:
    return isinstance(value, Decimal | int) and not isinstance(value, bool)


def _date(value: Any) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _of(*kinds: type) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, kinds)


_DATE_TIME, _MONTHS, _DAYS = _of(datetime), _of(YearsMonths), _of(timedelta)
# Each under the names that DMN 1.1 to 1.5 and the editors write.
BUILT_IN: dict[str, Callable[[Any], bool]] = {
    "number": _number, "integer": _number, "long": _number, "double": _number, "decimal": _number,
    "string": _of(str), "boolean": _of(bool), "date": _date, "time": _of(time),
    "date and time": _DATE_TIME, "dateTime": _DATE_TIME, "datetime": _DATE_TIME,
    "days and time duration": _DAYS, "dayTimeDuration": _DAYS, "years and months duration": _MONTHS, "yearMonthDuration": _MONTHS,
    "duration": _of(YearsMonths, timedelta), "context": _of(dict), "list": _of(list), "function": lambda _: True,
    "Any": lambda _: True, "any": lambda _: True,
}  # fmt: skip
_DATE_TIMES = ("date and time", "dateTime", "datetime")
_ANYTHING = ("Any", "any", "function", "")


@dataclass(slots=True)
class Type:
    """One item definition, or a built-in type when it has no parts; ``base`` names what it narrows.

    ``result`` is the type that a function of this type answers with.
    """

    name: str
    base: str = ""
    collection: bool = False
    components: dict[str, Type] = field(default_factory=dict)
    allowed: UnaryTests | None = None
    allowed_source: str = ""
    result: str = ""


class Types:
    """The types known in one file; asked by name, as ``typeRef`` writes it."""

    def __init__(self, definitions: Mapping[str, Type] | None = None) -> None:
        self._definitions = dict(definitions or {})

    def add(self, definition: Type) -> None:
        """Make an item definition known."""
        self._definitions[definition.name] = definition

    def known(self, name: str) -> bool:
        """Whether the name is a type here."""
        return name in BUILT_IN or name in self._definitions or not name

    def definition(self, name: str) -> Type | None:
        """The item definition of that name, if it is one."""
        return self._definitions.get(name)

    def restricts(self, name: str) -> bool:
        """Whether anything at all is refused by this type."""
        return name not in _ANYTHING and self.known(name)

    def definitions(self) -> Mapping[str, Type]:
        """The item definitions, by name."""
        return dict(self._definitions)

    def names(self) -> set[str]:
        """The names of all components, which may hold spaces."""
        return {name for one in self._definitions.values() for name in _component_names(one)}

    def circular(self, name: str) -> bool:
        """Whether following what a definition stands for comes back to it."""
        seen: set[str] = set()
        while name in self._definitions and name not in BUILT_IN:
            if name in seen:
                return True
            seen.add(name)
            name = self._definitions[name].base
        return False

    def conform(self, value: Any, name: str, context: EvaluationContext) -> Any:
        """The value as that type, one item and a list of it being the same; ``MISMATCH`` when it is not of it."""
        if value is None or not self.restricts(name):
            return value
        definition = self._definitions.get(name)
        return _scalar(value, name) if definition is None else self._defined(value, definition, context)

    def _defined(self, value: Any, wanted: Type, context: EvaluationContext) -> Any:
        if value is None:
            return None
        if not wanted.collection:
            if isinstance(value, list) and len(value) == 1 and not self._is_list(wanted):
                value = value[0]
            return self._one(value, wanted, context)
        items = [self._one(item, wanted, context) for item in (value if isinstance(value, list) else [value])]
        return MISMATCH if any(item is MISMATCH for item in items) else items

    def _is_list(self, wanted: Type) -> bool:
        inner = self._definitions.get(wanted.base)
        return wanted.base == "list" or (inner is not None and (inner.collection or self._is_list(inner)))

    def _one(self, value: Any, wanted: Type, context: EvaluationContext) -> Any:
        if value is None:
            return None
        value = self._parts(value, wanted, context) if wanted.components else self.conform(value, wanted.base, context)
        if value is MISMATCH or wanted.allowed is None:
            return value
        return value if wanted.allowed.matches(value, _NOTHING, context) else MISMATCH

    def _parts(self, value: Any, wanted: Type, context: EvaluationContext) -> Any:
        if not isinstance(value, dict):
            return MISMATCH
        if not wanted.components.keys() <= value.keys():
            return MISMATCH
        parts = {name: self._defined(value[name], part, context) for name, part in wanted.components.items()}
        return MISMATCH if any(part is MISMATCH for part in parts.values()) else {**value, **parts}


def _scalar(value: Any, name: str) -> Any:
    if isinstance(value, list) and len(value) == 1 and name != "list":
        value = value[0]
    if name in _DATE_TIMES and _date(value):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    return value if BUILT_IN[name](value) else MISMATCH


def _component_names(one: Type) -> set[str]:
    return {*one.components, *(name for part in one.components.values() for name in _component_names(part))}
