"""What moving a case to another version would mean, in words: where it stands and will stand, what moves, what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from engine.catalogue import Published
from engine.commands.session import CaseSession
from engine.domain.text import Text
from engine.procedure import Procedure
from engine.workflow import Instance, Migration

#: A case without an open task waits at one of these.
_WAITS = frozenset({"intermediateCatchEvent", "receiveTask", "eventBasedGateway"})
_WARNING = "warn"


@dataclass(frozen=True, slots=True)
class Shifted:
    """A deadline or timer that would be due at another moment; None where it does not run."""

    name: Text
    before: datetime | None
    after: datetime | None


@dataclass(frozen=True, slots=True)
class Missing:
    """What the version asks for at a step that is past, and nobody was asked there."""

    field: Text
    step: Text


@dataclass(frozen=True, slots=True)
class Preview:
    """``after`` is empty when it is impossible."""

    before: tuple[Text, ...]
    after: tuple[Text, ...]
    shifted: tuple[Shifted, ...]
    missing: tuple[Missing, ...]


def previewed(session: CaseSession, to: Published, found: Migration) -> Preview:
    """The same in words; the case is left alone."""
    old, new = session.published.procedure, to.procedure
    before = _stands(session.instance, old)
    if found.instance is None:
        return Preview(before, (), (), ())
    return Preview(
        before,
        _stands(found.instance, new),
        tuple(dict.fromkeys(_shifted(found, old, new))),
        tuple(_missing(found.instance, old, new)),
    )


def _stands(instance: Instance, procedure: Procedure) -> tuple[Text, ...]:
    at = [item.element_id for item in instance.open_items]
    known = (procedure.elements[element_id] for element_id in sorted(instance.active) if element_id in procedure.elements)
    waits = (element.id for element in known if element.kind in _WAITS)
    return tuple(procedure.label(element_id) for element_id in dict.fromkeys(at or waits))


def _shifted(found: Migration, old: Procedure, new: Procedure) -> Iterator[Shifted]:
    for due in found.moved_dues:
        if due.kind == _WARNING:
            continue
        key = due.limit_key or due.element_id or ""
        unknown = Text(key, key)
        named = new if due.after is not None else old
        name = named.limits.get(key, unknown) if due.limit_key else named.label(key)
        yield Shifted(name, due.before, due.after)


def _missing(instance: Instance, old: Procedure, new: Procedure) -> Iterator[Missing]:
    """Fields that the version always requires at a step that is done, and that the old one did not ask for there."""
    values = instance.values
    for element_id in instance.done_by:
        form, before = new.form_of(element_id), old.form_of(element_id)
        asked = before.keys if before else frozenset()
        for entry in form.fields if form else ():
            needed = entry.component.required and not entry.conditions and entry.key not in asked
            if needed and values.get(entry.key) is None:
                yield Missing(entry.field.label, new.label(element_id))
