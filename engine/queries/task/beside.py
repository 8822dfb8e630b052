"""What stands beside a form: the clock with its explanation, what was typed before, and the answers of earlier rounds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.calendar import Derivation
from engine.domain.actor import Actor
from engine.domain.codec import loads
from engine.domain.text import Text
from engine.domain.values import Value
from engine.queries.references import Names
from engine.storage.payloads import read
from engine.storage.tables import attachment, limit_run, payload, person, submission
from engine.storage.tables import draft as drafts

if TYPE_CHECKING:
    from engine.queries.reader import Reader
    from engine.queries.task.page import Item


# Putting such statements together costs more than running them.
_RUN = (
    sa.select(limit_run)
    .where(limit_run.c.case_id == sa.bindparam("case_id"), limit_run.c.key == sa.bindparam("key"))
    .order_by(limit_run.c.stopped_at.is_not(None), limit_run.c.round.desc())
    .limit(1)
)
_OF_THE_SAME = sa.or_(drafts.c.element_id == sa.bindparam("element_id"), drafts.c.form == sa.bindparam("form"))
_DRAFTS = (
    sa.select(drafts, payload.c.value)
    .join(payload, payload.c.id == drafts.c.payload_id)
    .where(drafts.c.case_id == sa.bindparam("case_id"), drafts.c.person_id == sa.bindparam("person_id"))
    .where(payload.c.value.is_not(None))
    .where(sa.or_(drafts.c.item_id == sa.bindparam("item_id"), sa.and_(drafts.c.unfinished, _OF_THE_SAME)))
    .order_by(drafts.c.item_id == sa.bindparam("item_id"), drafts.c.element_id == sa.bindparam("element_id"), drafts.c.saved_at)
)
_FILES = (
    sa.select(attachment.c.id, payload.c.value)
    .join(payload, payload.c.id == attachment.c.name_payload_id)
    .where(attachment.c.case_id == sa.bindparam("case_id"), payload.c.value.is_not(None))
)
_ROUNDS = (
    sa.select(submission, person.c.name)
    .outerjoin(person, person.c.id == submission.c.person_id)
    .where(submission.c.case_id == sa.bindparam("case_id"), submission.c.element_id == sa.bindparam("element_id"))
    .where(submission.c.item_id != sa.bindparam("item_id"))
    .order_by(submission.c.at.desc(), submission.c.id.desc())
)


@dataclass(frozen=True, slots=True)
class Clock:
    """The limit that the work item is measured by, and how its due moment came about."""

    name: Text
    due_at: datetime
    warn_at: datetime | None
    explanation: Text | None
    clause: str | None
    breached: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """What the actor typed earlier; ``moved`` says that it was typed on a task that went away."""

    answers: dict[str, Any]
    saved_at: datetime
    moved: bool


@dataclass(frozen=True, slots=True)
class Round:
    """An earlier answer to the same task: who, when, and each field with its value."""

    at: datetime
    person: str
    round: int
    answers: tuple[tuple[Any, Value], ...]


def clock(reader: Reader, actor: Actor, item: Item) -> Clock | None:
    """The newest run of the item's limit; None without a limit."""
    if item.due_key is None:
        return None
    row = reader.connection.execute(_RUN, {"case_id": item.case_id, "key": item.due_key}).first()
    if row is None:
        return None
    return Clock(
        Text(row.name_zh, row.name_en),
        row.due_at,
        row.warn_at,
        _explained(row.derivation),
        row.clause,
        row.breached_at is not None,
    )


def _explained(derivation: str) -> Text | None:
    data = json.loads(derivation)
    return Derivation.from_data(data).sentence() if "anchor" in data else None


def draft(reader: Reader, actor: Actor, item: Item) -> Draft | None:
    """The actor's draft of this item, or the newest one left over from an item of the same element or form."""
    asked = {"item_id": item.id, "case_id": item.case_id, "element_id": item.element_id, "form": item.form}
    rows = reader.connection.execute(_DRAFTS, {**asked, "person_id": actor.person_id}).all()
    if not rows:
        return None
    answers = loads(rows[-1].value)
    return Draft(answers, rows[-1].saved_at, rows[-1].item_id != item.id) if isinstance(answers, dict) else None


def file_names(reader: Reader, actor: Actor, item: Item) -> Names:
    """The names of the files put to the item's case, by id."""
    names = ((row.id, str(loads(row.value))) for row in reader.connection.execute(_FILES, {"case_id": item.case_id}))
    return {found: Text(name, name) for found, name in names}


def rounds(reader: Reader, actor: Actor, item: Item, procedure: Any, hidden: frozenset[str]) -> tuple[Round, ...]:
    """Every earlier submission of the same element in the case, newest first, without the keys hidden from the actor."""
    asked = {"case_id": item.case_id, "element_id": item.element_id, "item_id": item.id}
    rows = reader.connection.execute(_ROUNDS, asked).all()
    return tuple(Round(row.at, row.name or row.person_id, row.round, _answers(reader, row, procedure, hidden)) for row in rows)


def _answers(reader: Reader, row: Any, procedure: Any, hidden: frozenset[str]) -> tuple[tuple[Any, Value], ...]:
    references: dict[str, str] = json.loads(row.personal)
    found = read(reader.connection, list(references.values())) if references else {}
    values = {**dict(loads(row.plain)), **{key: found.get(payload_id) for key, payload_id in references.items()}}
    told = (key for key in values if key in procedure.vocabulary and key not in hidden)
    return tuple((procedure.vocabulary[key], values[key]) for key in told if values[key] not in (None, "", []))
