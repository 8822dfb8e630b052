"""A form with one of its parts different: removed, emptied, or shown under another condition."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from engine.procedure import Component, Form, Procedure
from engine.rehearsal.absence import Absence

TEXT = "text"


def with_form(procedure: Procedure, form: Form) -> Procedure:
    """The procedure with a form in place of that of its name."""
    return replace(procedure, forms={**procedure.forms, form.name: form})


def without(form: Form, part: Component) -> Form:
    """The form without a part, or with nothing to read where the part is a text."""
    return _changed(form, part, lambda found: _emptied(found) if found.kind == TEXT else None)


def changed(form: Form, part: Component, change: Callable[[Component], Component]) -> Form:
    """The form with a part changed."""
    return _changed(form, part, change)


def lost_keys(before: Form, after: Form) -> Absence:
    """What stories can no longer answer on the form."""
    return Absence(keys={before.name: before.keys - after.keys})


def all_parts(components: tuple[Component, ...]) -> Iterator[Component]:
    """Every component, what holds others before what it holds."""
    for component in components:
        yield component
        yield from all_parts(component.children)


def _emptied(part: Component) -> Component:
    said = {key: value for key, value in part.properties.items() if not key.startswith(TEXT)}
    return replace(part, text=None, properties=said)


def _changed(form: Form, part: Component, change: Callable[[Component], Component | None]) -> Form:
    def through(components: tuple[Component, ...]) -> tuple[Component, ...]:
        made = [change(one) if one is part else replace(one, children=through(one.children)) for one in components]
        return tuple(one for one in made if one is not None)

    return Form(form.name, through(form.components), form.file)
