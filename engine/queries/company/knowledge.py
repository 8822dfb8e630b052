"""Knowledge notes: searched in Chinese by pairs of signs, and suggested beside a task by the category of its case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import NotFound
from engine.queries.company import rights
from engine.queries.people import Option
from engine.storage.blind import grams
from engine.storage.tables import knowledge_gram, knowledge_note, knowledge_revision, person

if TYPE_CHECKING:
    from engine.queries.reader import Reader

ACTION = "keep_knowledge"
MOST, SUGGESTED, LONGEST_WORDS, MOST_GRAMS = 200, 5, 80, 24
HOLDS, LATER, PAST, RETIRED = "holds", "later", "past", "retired"
NO_SUCH_NOTE = Text("没有这条知识。", "There is no such note.")


@dataclass(frozen=True, slots=True)
class Note:
    """A note in one revision; ``state`` says whether it holds today."""

    id: str
    revision: int
    kind: str
    title: str
    text: str
    source: str
    category: str
    category_label: Text | None
    valid_from: date | None
    valid_until: date | None
    state: str
    changed_at: datetime
    changed_by: str


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision in the history of a note."""

    revision: int
    title: str
    reason: str
    changed_at: datetime
    changed_by: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which notes: that have the words, of a kind, for a category; ``everything`` with those that do not hold today."""

    words: str = ""
    kind: str = ""
    category: str = ""
    everything: bool = False


def notes(reader: Reader, actor: Actor, wanted: Wanted) -> tuple[Note, ...]:
    """The notes that are looked for, the newest first; everybody who is signed in may read them."""
    note = knowledge_note.c
    query = _select().order_by(note.changed_at.desc(), note.id).limit(MOST)
    if not wanted.everything:
        query = query.where(_holds(reader))
    if wanted.kind:
        query = query.where(note.kind == wanted.kind)
    if wanted.category:
        query = query.where(note.category == wanted.category)
    text = wanted.words.strip()[:LONGEST_WORDS]
    if text:
        query = query.where(_has(text))
    return tuple(_note(row, reader, categories(reader, actor)) for row in reader.connection.execute(query))


def notes_for(reader: Reader, actor: Actor, category: str | None) -> tuple[Note, ...]:
    """The few notes that hold today and help with a case of the category: its own first, then those for all."""
    note = knowledge_note.c
    fits = sa.or_(note.category.is_(None), note.category == category) if category else note.category.is_(None)
    query = _select().where(fits, _holds(reader)).order_by(note.category.is_(None), note.changed_at.desc(), note.id)
    return tuple(_note(row, reader, categories(reader, actor)) for row in reader.connection.execute(query.limit(SUGGESTED)))


def one(reader: Reader, actor: Actor, note_id: str, revision: int | None = None) -> Note:
    """A note as it stands, or as it stood in a revision; NotFound for what there is not."""
    named = categories(reader, actor)
    if revision is None:
        row = reader.connection.execute(_select().where(knowledge_note.c.id == note_id)).first()
    else:
        held = knowledge_revision.c
        query = sa.select(knowledge_revision, held.note_id.label("id"), person.c.name).outerjoin(
            person, person.c.id == held.changed_by
        )
        row = reader.connection.execute(query.where(held.note_id == note_id, held.revision == revision)).first()
    if row is None:
        raise NotFound(NO_SUCH_NOTE)
    return _note(row, reader, named)


def require_keeper(reader: Reader, actor: Actor) -> None:
    """Forbidden for those who may not keep notes."""
    rights.require(reader, actor, ACTION)


def history(reader: Reader, actor: Actor, note_id: str) -> tuple[Revision, ...]:
    """Every revision of a note, the latest first."""
    held = knowledge_revision.c
    query = sa.select(knowledge_revision, person.c.name).outerjoin(person, person.c.id == held.changed_by)
    rows = reader.connection.execute(query.where(held.note_id == note_id).order_by(held.revision.desc()))
    return tuple(Revision(row.revision, row.title, row.reason, row.changed_at, row.name or row.changed_by) for row in rows)


def categories(reader: Reader, actor: Actor) -> tuple[Option, ...]:
    """The categories of complaints, to choose from."""
    procedure = reader.catalogue.intake(reader.now).procedure
    field = procedure.vocabulary.get(procedure.register.get("category", ""))
    return tuple(Option(choice.value, choice.label) for choice in field.choices) if field else ()


def _select() -> sa.Select[Any]:
    return sa.select(knowledge_note, person.c.name).outerjoin(person, person.c.id == knowledge_note.c.changed_by)


def _today(reader: Reader) -> str:
    return reader.now.astimezone(reader.zone).date().isoformat()


def _holds(reader: Reader) -> sa.ColumnElement[bool]:
    note, today = knowledge_note.c, _today(reader)
    begun = sa.or_(note.valid_from.is_(None), note.valid_from <= today)
    return sa.and_(sa.not_(note.retired), begun, sa.or_(note.valid_until.is_(None), note.valid_until >= today))


def _has(text: str) -> sa.ColumnElement[bool]:
    """Every pair of signs typed stands somewhere in the note; a single sign is looked for in the title."""
    pairs = sorted(gram for gram in grams(text) if len(gram) > 1)[:MOST_GRAMS]
    if not pairs:
        return knowledge_note.c.title.icontains(text, autoescape=True)
    return sa.and_(*(_with(gram) for gram in pairs))


def _with(gram: str) -> sa.ColumnElement[bool]:
    found = knowledge_gram.alias()
    return sa.exists().where(found.c.note_id == knowledge_note.c.id, found.c.gram == gram)


def _note(row: Any, reader: Reader, named: tuple[Option, ...]) -> Note:
    label = next((option.label for option in named if option.value == row.category), None)
    return Note(
        id=row.id,
        revision=row.revision,
        kind=row.kind,
        title=row.title,
        text=row.text,
        source=row.source,
        category=row.category or "",
        category_label=label or (Text(row.category, row.category) if row.category else None),
        valid_from=_day(row.valid_from),
        valid_until=_day(row.valid_until),
        state=_state(row, _today(reader)),
        changed_at=row.changed_at,
        changed_by=row.name or row.changed_by,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _state(row: Any, today: str) -> str:
    if row.retired:
        return RETIRED
    if row.valid_from and row.valid_from > today:
        return LATER
    return PAST if row.valid_until and row.valid_until < today else HOLDS
