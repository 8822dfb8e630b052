"""A form: what it shows, which keys it writes, and reading what was typed into typed values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from functools import cached_property
from typing import Any

from engine.domain.text import Text
from engine.domain.values import Value
from engine.feel import EvaluationContext, Expression
from engine.procedure.forms.component import Component, FormField, writing_fields
from engine.procedure.forms.entries import read_field
from engine.procedure.forms.rows import row_key


@dataclass(frozen=True)
class FormAnswer:
    """What was typed: a value for every key of the form, a sentence per refused entry, and posted keys it does not show."""

    values: dict[str, Value]
    errors: dict[str, Text]
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class Form:
    """The form of a user task; ``fields`` are those that write, ``keys`` what they write."""

    name: str
    components: tuple[Component, ...]
    file: str = ""

    @cached_property
    def fields(self) -> tuple[FormField, ...]:
        """The components that write, in order, groups opened."""
        return writing_fields(self.components)

    @cached_property
    def shown(self) -> tuple[Component, ...]:
        """The components that show a value and take none, groups opened."""
        return tuple(_read_only(self.components))

    @cached_property
    def keys(self) -> frozenset[str]:
        """The vocabulary keys that completing the form sets."""
        return frozenset(entry.key for entry in self.fields)

    def part(self, name: str) -> tuple[Component, ...] | None:
        """The component of this id or key, after the groups and lists around it, the outermost first; None for none."""
        return _find(self.components, name)

    def visible(self, component: Component, scope: Mapping[str, Value]) -> bool:
        """Whether the component's own condition lets it show; a condition that gives anything but true shows it."""
        return component.hide is None or not _holds(component.hide, scope, None)

    def read(self, raw: Mapping[str, Any], scope: Mapping[str, Value], *, zone: tzinfo) -> FormAnswer:
        """Typed values for every key (hidden or empty: None), errors by posted key, and keys the form does not show.

        ``raw`` is what a browser posts (text, lists of text, rows as ``key[0].sub``) or values that are typed already; ``scope``
        is the case's current values, which the form's conditions may read.
        """
        answers = {entry.key: read_field(entry.component, entry.field, raw, scope, zone) for entry in self.fields}
        typed = {key: answer.value for key, answer in answers.items()}
        hidden = self._hidden(typed, scope, zone)
        values = {key: None if key in hidden else value for key, value in typed.items()}
        shown = [answer for key, answer in answers.items() if key not in hidden]
        errors = {key: text for answer in shown for key, text in answer.errors.items()}
        return FormAnswer(values, errors, self._unknown(raw))

    def _hidden(self, typed: Mapping[str, Value], scope: Mapping[str, Value], zone: tzinfo) -> frozenset[str]:
        """The hidden keys, once hiding one field no longer changes another; a hidden field is null for the others."""
        hidden: frozenset[str] = frozenset()
        for _ in range(len(self.fields) + 1):
            values = {**scope, **{key: None if key in hidden else value for key, value in typed.items()}}
            found = frozenset(
                entry.key for entry in self.fields if any(_holds(condition, values, zone) for condition in entry.conditions)
            )
            if found == hidden:
                break
            hidden = found
        return hidden

    def _unknown(self, raw: Mapping[str, Any]) -> tuple[str, ...]:
        return tuple(sorted(key for key in raw if not self._shows(key)))

    def _shows(self, key: str) -> bool:
        row = row_key(key)
        if row is None:
            return key in self._shown
        return any(part.key == row.sub for part in self._shown[row.key].children) if row.key in self._shown else False

    @cached_property
    def _shown(self) -> dict[str, Component]:
        shown: dict[str, Component] = {}
        pending = list(self.components)
        while pending:
            component = pending.pop()
            if component.key is not None:
                shown.setdefault(component.key, component)
            if component.kind == "group":
                pending.extend(component.children)
        return shown


def _holds(condition: Expression, scope: Mapping[str, Value], zone: tzinfo | None) -> bool:
    return condition.evaluate(scope, EvaluationContext(zone=zone) if zone else EvaluationContext()) is True


def _read_only(components: Iterable[Component]) -> Iterator[Component]:
    for component in components:
        if component.readonly and component.field is not None:
            yield component
        yield from _read_only(component.children)


def _find(components: tuple[Component, ...], name: str) -> tuple[Component, ...] | None:
    for component in components:
        if name in (component.id, component.key):
            return (component,)
        inner = _find(component.children, name)
        if inner is not None:
            return (component, *inner)
    return None
