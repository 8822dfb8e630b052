"""One component of a form, and the table of what each kind of component may write."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from engine.domain.text import Text
from engine.feel import Expression
from engine.procedure.vocabulary import Choice, Field

#: Which vocabulary types a kind of component can write; kinds that are not named here show something and write nothing.
WRITES: Mapping[str, frozenset[str]] = {
    "textfield": frozenset({"text", "phone", "money", "time", "signature", "household", "person", "department", "unit"}),
    "textarea": frozenset({"longtext", "text"}),
    "number": frozenset({"number", "money"}),
    "datetime": frozenset({"date", "datetime", "time"}),
    "checkbox": frozenset({"boolean"}),
    "radio": frozenset({"choice", "boolean"}),
    "select": frozenset({"choice", "boolean", "household", "person", "department", "unit"}),
    "checklist": frozenset({"choices"}),
    "taglist": frozenset({"choices"}),
    "dynamiclist": frozenset({"list"}),
    "filepicker": frozenset({"evidence"}),
}
CONTAINERS = frozenset({"group", "dynamiclist"})
SHOWS = frozenset({"group", "text", "separator", "spacer", "image", "table"})
KINDS = frozenset(WRITES) | SHOWS
REFUSED = frozenset({"html", "iframe", "script", "button", "expression", "documentPreview"})


@dataclass(frozen=True, slots=True)
class Component:
    """A component as drawn, with the vocabulary's field; bounds are the stricter of form and vocabulary."""

    kind: str
    id: str
    key: str | None
    label: Text
    help: Text | None = None
    text: Text | None = None
    required: bool = False
    readonly: bool = False
    hide: Expression | None = None
    choices: tuple[Choice, ...] = ()
    properties: Mapping[str, str] = dataclasses.field(default_factory=dict)
    children: tuple[Component, ...] = ()
    field: Field | None = None
    min_length: int | None = None
    max_length: int | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    decimals: int | None = None
    pattern: str | None = None
    pattern_text: Text | None = None

    @property
    def writes(self) -> bool:
        """Whether it sets a value."""
        return self.field is not None and not self.readonly

    @property
    def says_something(self) -> bool:
        """Whether a person reads words in both languages: its text if it is one, else its label."""
        if self.kind == "text":
            return self.text is not None and _said(self.text)
        return _said(self.label)


def _said(text: Text) -> bool:
    return bool(text.zh.strip() and text.en.strip())


@dataclass(frozen=True, slots=True)
class FormField:
    """A component that writes, with everything that can hide it: its own condition and those of the groups around it."""

    component: Component
    field: Field
    conditions: tuple[Expression, ...]

    @property
    def key(self) -> str:
        """The vocabulary key it writes."""
        return self.field.key


def writing_fields(components: tuple[Component, ...], outer: tuple[Expression, ...] = ()) -> tuple[FormField, ...]:
    """The fields that components write, in order; those of a list's rows belong to the list's component."""
    found: list[FormField] = []
    for component in components:
        conditions = (*outer, component.hide) if component.hide else outer
        if component.writes and component.field is not None:
            found.append(FormField(component, component.field, conditions))
        elif component.kind == "group":
            found.extend(writing_fields(component.children, conditions))
    return tuple(found)
