"""A form of a draft as its editor shows it: every piece in its place, with what the vocabulary knows and the check finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import Misconfigured, NotFound
from engine.procedure import Finding
from engine.procedure.exchange.examining import first_findings_of
from engine.procedure.forms import Form
from engine.procedure.forms.component import WRITES
from engine.procedure.reading import Reading
from engine.procedure.vocabulary import FIELD_TYPES, Field
from engine.procedure.writing import forms
from engine.procedure.writing.called import titles_of_forms
from engine.procedure.writing.conditions import ALL, BARE, COMPARISONS, SEVERAL, Condition, Shown, shown_of
from engine.procedure.writing.usage import Usage, by_purpose, form_usages, usages
from engine.queries.studio.desk import NO_SUCH_FILE, Desk, desk

if TYPE_CHECKING:
    from engine.queries.reader import Reader

__all__ = ["BARE", "BOUNDS", "COMPARISONS", "SEVERAL", "TYPES", "FormPage", "Row", "form_page", "preview"]

#: Types of fields in the order in which they are offered.
_OFTEN = ("text", "longtext", "choice", "choices", "boolean", "number", "money", "date", "datetime", "time")
TYPES = (*_OFTEN, *sorted(FIELD_TYPES - set(_OFTEN) - {"list"}))
#: Bounds that a form may set, by the type of what it asks for.
BOUNDS: Mapping[str, tuple[str, ...]] = {
    "text": (*forms.LENGTHS, forms.PATTERN), "longtext": forms.LENGTHS, "phone": (*forms.LENGTHS, forms.PATTERN),
    "number": forms.AMOUNTS, "money": forms.AMOUNTS,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A piece of the form: ``called`` is what people read, ``shown`` what its condition says if comparisons can say it."""

    piece: forms.Piece
    field: Field | None
    called: Text
    shown: Shown | None
    kinds: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The comparisons under which it shows."""
        return self.shown.parts if self.shown else ()

    @property
    def join(self) -> str:
        """Whether all of them have to hold or any."""
        return self.shown.join if self.shown else ALL


@dataclass(frozen=True, slots=True)
class Asked:
    """The field that the opened piece asks for: what the vocabulary says of it, and every place that uses it."""

    field: Field
    entry: Mapping[str, Any]
    places: tuple[Usage, ...]

    @property
    def by_purpose(self) -> Mapping[str, tuple[Usage, ...]]:
        """The places by what they use it for."""
        return by_purpose(self.places)


@dataclass(frozen=True, slots=True)
class FormPage:
    """The form with one piece opened; ``problem`` says why there are no pieces, ``findings`` are those of no piece."""

    title: Text
    rows: tuple[Row, ...]
    opened: Row | None
    groups: tuple[Row, ...]
    fields: tuple[Field, ...]
    problem: Text | None
    findings: tuple[Finding, ...]
    asks: frozenset[str]
    asked: Asked | None
    tables: tuple[tuple[str, Text], ...]
    uses: Mapping[str, tuple[Usage, ...]]

    def known(self, key: str) -> Field | None:
        """The field of that key."""
        return next((field for field in self.fields if field.key == key), None)


def form_page(reader: Reader, actor: Actor, desk: Desk, element: str = "") -> FormPage:
    """The opened form; ``element`` is a piece's ref, or the key that a finding names."""
    try:
        pieces, problem = forms.pieces_of(desk.content), None
    except Misconfigured as refusal:
        pieces, problem = (), refusal.text
    found = [one for one in first_findings_of(desk.bundle) if one.file == desk.path]
    rows = tuple(_row(piece, desk.reading, found) for piece in pieces)
    placed = {finding for row in rows for finding in row.findings}
    opened = next((row for row in rows if element and element in (row.piece.ref, row.piece.key)), None)
    return FormPage(
        title=titles_of_forms(desk.reading).get(_name(desk.path), Text(_name(desk.path), _name(desk.path))),
        rows=rows,
        opened=opened,
        groups=tuple(row for row in rows if row.piece.kind == forms.GROUP),
        fields=tuple(desk.reading.vocabulary.values()),
        problem=problem,
        findings=tuple(one for one in found if one not in placed),
        asks=frozenset(piece.key for piece in pieces if piece.key),
        asked=_asked(opened.field, desk) if opened and opened.field else None,
        tables=tuple((f"{one.file}#{key}", one.label) for key, one in desk.reading.decisions.items() if one.rules and one.inputs),
        uses=by_purpose(form_usages(desk.bundle, desk.path)),
    )


def preview(reader: Reader, actor: Actor, draft_id: str, path: str) -> Form:
    """The form as it would be filled in, without a path the first; NotFound when there is none."""
    opened = desk(reader, actor, draft_id, path)
    found = opened.reading.forms.get(_name(path)) if path else next(iter(opened.reading.forms.values()), None)
    if found is None or path not in ("", found.file):
        raise NotFound(NO_SUCH_FILE)
    return found


def _asked(field: Field, desk: Desk) -> Asked:
    return Asked(field, desk.reading.fields.mapping(field.key), usages(desk.bundle).get(field.key, ()))


def _row(piece: forms.Piece, reading: Reading, found: list[Finding]) -> Row:
    field = reading.vocabulary.get(piece.key)
    shown = shown_of(piece.hide) if piece.hide else None
    known = shown is not None and all(one.field in reading.vocabulary for one in shown.parts)
    return Row(
        piece=piece,
        field=field,
        called=_called(piece, field),
        shown=shown if known else None,
        kinds=tuple(kind for kind, types in WRITES.items() if field and field.type in types),
        findings=tuple(one for one in found if one.element in (piece.ref, piece.key) and one.element),
    )


def _called(piece: forms.Piece, field: Field | None) -> Text:
    """Its own words, else the vocabulary's; of a longer text the first line."""
    own = piece.text if piece.kind == forms.WORDS else piece.label
    spare = field.label if field else Text(piece.key or piece.ref, piece.key or piece.ref)
    return Text(own.zh.split("\n")[0] or spare.zh, own.en.split("\n")[0] or spare.en)


def _name(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".form")
