"""Which documents a case has, which of them its procedure has asked for, and which the actor may issue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.events import DocumentDrafted
from engine.domain.text import Text
from engine.procedure.manifest import ANY_ROLE
from engine.queries.case_file import Head
from engine.storage.journal import to_entry
from engine.storage.tables import journal

if TYPE_CHECKING:
    from engine.queries.reader import Reader


@dataclass(frozen=True, slots=True)
class Offered:
    """A document of the case's version; ``asked_at`` is when a diagram last asked for it."""

    key: str
    title: Text
    clauses: tuple[str, ...]
    public: bool
    may_issue: bool
    asked_at: datetime | None


def offered(reader: Reader, actor: Actor, case: Head) -> tuple[Offered, ...]:
    """The documents of a case that the actor was shown, those asked for first; none of a historic record."""
    if not case.version_id or not case.procedure.documents:
        return ()
    asked = _asked(reader, case)
    found = [_offered(actor, case, document, asked.get(document.key)) for document in case.procedure.documents.values()]
    return tuple(sorted(found, key=lambda one: one.asked_at is None))


def _asked(reader: Reader, case: Head) -> dict[str, datetime]:
    """When the diagrams last asked for which document; a long story is not read for that."""
    entry, named = journal.c, f'%"type":"{DocumentDrafted.__name__}"%'
    query = sa.select(journal).where(entry.stream_kind == "case", entry.stream_id == case.case_id, entry.events.like(named))
    entries = map(to_entry, reader.connection.execute(query.order_by(entry.seq)).mappings())
    return {event.kind: entry.at for entry in entries for event in entry.events if isinstance(event, DocumentDrafted)}


def may_issue(actor: Actor, document: Any, case: Head) -> bool:
    """Whether one of the actor's roles issues the document in the case's estate and department."""
    if ANY_ROLE in document.roles:
        return actor.holds(None, case.estate_id)
    return any(actor.holds(role, case.estate_id, case.department) for role in document.roles)


def _offered(actor: Actor, case: Head, document: Any, asked_at: datetime | None) -> Offered:
    allowed = may_issue(actor, document, case)
    return Offered(document.key, document.title, document.clauses, document.public is not None, allowed, asked_at)
