"""Every role and form of the procedures in force with its own name and the company's, for administrators."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.queries.directory.guard import require_administrator
from engine.storage.aliases import FORM, ROLE, read_aliases

if TYPE_CHECKING:
    from engine.queries.reader import Reader

#: The form that records an emergency belongs to no task.
EMERGENCY = Text("紧急事件登记", "Emergency record")


@dataclass(frozen=True, slots=True)
class Name:
    """A role or form: what the procedure calls it, and what was filled in for the company, perhaps in one language only."""

    kind: str
    key: str
    own: Text
    company: Text | None

    @property
    def called(self) -> Text:
        """What pages say."""
        return Text(self.company.zh or self.company.en, self.company.en or self.company.zh) if self.company else self.own

    @property
    def id(self) -> str:
        """The kind and the key, as an address names it."""
        return f"{self.kind}:{self.key}"


def names(reader: Reader, actor: Actor) -> dict[str, tuple[Name, ...]]:
    """By kind, in the order of the procedures; last come names whose role or form no procedure in force has any more."""
    require_administrator(actor)
    given = {(kind, key): Text(zh, en) for kind, key, zh, en in read_aliases(reader.connection).rows}
    catalogue = reader.catalogue.plain
    in_force = [catalogue.in_force(key, reader.now).procedure for key in catalogue.keys_in_force(reader.now)]
    own = {ROLE: dict(_roles(in_force)), FORM: dict(_forms(in_force))}
    for kind, key in given:
        own[kind].setdefault(key, Text(key, key))
    return {kind: tuple(Name(kind, key, text, given.get((kind, key))) for key, text in own[kind].items()) for kind in own}


def _roles(in_force: list[Any]) -> Iterator[tuple[str, Text]]:
    for procedure in in_force:
        yield from ((key, role.label) for key, role in procedure.roles.items())


def _forms(in_force: list[Any]) -> Iterator[tuple[str, Text]]:
    """A form is called as the task that shows it; of several, as the one whose id is the form's name."""
    for procedure in in_force:
        shown = [element for element in procedure.elements.values() if element.form in procedure.forms]
        if procedure.intake.emergency_form:
            yield procedure.intake.emergency_form, EMERGENCY
        yield from ((element.form, element.label) for element in sorted(shown, key=lambda one: one.form == one.id))
