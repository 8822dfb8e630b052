"""The vocabulary of a draft: every field with what the check finds in it and every place that uses it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.domain.actor import Actor
from engine.procedure import Finding
from engine.procedure.exchange.examining import first_findings_of
from engine.procedure.reading import FIELDS_FILE
from engine.procedure.vocabulary import CHOICE_TYPES, Field
from engine.procedure.writing.usage import Usage, by_purpose, usages
from engine.queries.studio.desk import Desk

if TYPE_CHECKING:
    from engine.queries.reader import Reader


@dataclass(frozen=True, slots=True)
class Line:
    """A field: ``entry`` is what the file says of it."""

    field: Field
    entry: dict[str, Any]
    places: tuple[Usage, ...]
    findings: tuple[Finding, ...]

    @property
    def chosen(self) -> bool:
        """Whether it has choices."""
        return self.field.type in CHOICE_TYPES

    @property
    def by_purpose(self) -> dict[str, tuple[Usage, ...]]:
        """The places by what they use it for."""
        return by_purpose(self.places)


@dataclass(frozen=True, slots=True)
class VocabularyPage:
    """The fields that were looked for, the one that is open, what the check finds in the file at no field, how many there are."""

    lines: tuple[Line, ...]
    opened: str
    findings: tuple[Finding, ...]
    total: int


def vocabulary_page(reader: Reader, actor: Actor, desk: Desk, sought: str = "", element: str = "") -> VocabularyPage:
    """The fields whose key or names hold every word that is sought, in the order of the file."""
    known, used = desk.reading.vocabulary, usages(desk.bundle)
    found = [one for one in first_findings_of(desk.bundle) if one.file == FIELDS_FILE]
    source = desk.reading.fields
    lines = tuple(
        Line(field, source.mapping(key), used.get(key, ()), tuple(one for one in found if one.element == key))
        for key, field in known.items()
        if key == element or _fits(field, sought)
    )
    return VocabularyPage(lines, element, tuple(one for one in found if one.element not in known), len(known))


def _fits(field: Field, sought: str) -> bool:
    told = f"{field.key} {field.label.zh} {field.label.en}".lower()
    return all(word in told for word in sought.lower().split())
