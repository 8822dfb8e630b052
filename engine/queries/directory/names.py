"""Every role and form of the procedures in force with its own name and the company's, for administrators."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.queries.directory.guard import require_administrator
from engine.storage.aliases import FORM, ROLE, read_aliases

if TYPE_CHECKING:
    from engine.queries.reader import Reader

_Called = tuple[Text, Text | None]
#: The form that records an emergency belongs to no task.
EMERGENCY = Text("紧急事件登记", "Emergency record")


@dataclass(frozen=True, slots=True)
class Name:
    """A role or form: what the procedure calls it, and what was filled in for the company, perhaps in one language only.

    ``place`` is the diagram whose task shows the form: tasks of several diagrams may have the same name.
    """

    kind: str
    key: str
    own: Text
    place: Text | None
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
    own = {ROLE: dict(_roles(in_force)), FORM: _told_apart(dict(_forms(in_force)))}
    for kind, key in given:
        own[kind].setdefault(key, (Text(key, key), None))
    return {kind: tuple(Name(kind, key, *called, given.get((kind, key))) for key, called in own[kind].items()) for kind in own}


def _roles(in_force: list[Any]) -> Iterator[tuple[str, _Called]]:
    for procedure in in_force:
        yield from ((key, (role.label, None)) for key, role in procedure.roles.items())


def _forms(in_force: list[Any]) -> Iterator[tuple[str, _Called]]:
    """A form is called as the task that shows it; of several, as the one whose id is the form's name."""
    for procedure in in_force:
        shown = [element for element in procedure.elements.values() if element.form in procedure.forms]
        if procedure.intake.emergency_form:
            yield procedure.intake.emergency_form, (EMERGENCY, None)
        for element in sorted(shown, key=lambda one: one.form == one.id):
            yield element.form, (element.label, procedure.diagrams[element.process_id].name)


def _told_apart(forms: dict[str, _Called]) -> dict[str, _Called]:
    """Where one diagram has two tasks of one name, the form's own key is said too."""
    often = Counter(forms.values())
    return {key: (label, _with(place, key) if often[label, place] > 1 else place) for key, (label, place) in forms.items()}


def _with(place: Text | None, key: str) -> Text:
    return Text(f"{place.zh} {key}", f"{place.en} {key}") if place else Text(key, key)
