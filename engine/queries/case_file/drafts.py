"""What a person typed into a case and has not finished."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.codec import loads
from engine.domain.text import Text
from engine.queries.case_file.head import Head
from engine.storage.tables import draft, payload, work_item

if TYPE_CHECKING:
    from engine.queries.reader import Reader


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A draft; ``item_id`` is None when its task has gone, and then what was typed is all that is left of it."""

    name: Text
    saved_at: datetime
    item_id: str | None
    typed: tuple[tuple[Text, Any], ...]


def unfinished(reader: Reader, actor: Actor, case: Head) -> tuple[Unfinished, ...]:
    """The actor's own drafts in a case, newest first."""
    joined = draft.join(payload, payload.c.id == draft.c.payload_id).outerjoin(work_item, work_item.c.id == draft.c.item_id)
    query = sa.select(draft, payload.c.value, work_item.c.status).select_from(joined)
    query = query.where(draft.c.case_id == case.case_id, draft.c.person_id == actor.person_id, payload.c.value.is_not(None))
    rows = reader.connection.execute(query.order_by(draft.c.saved_at.desc()))
    return tuple(_unfinished(case.procedure, row) for row in rows if row.unfinished or row.status == "open")


def _unfinished(procedure: Any, row: Any) -> Unfinished:
    answers = loads(row.value)
    typed = answers.items() if isinstance(answers, dict) else ()
    named = tuple((_label(procedure, key), value) for key, value in typed if value)
    return Unfinished(procedure.label(row.element_id), row.saved_at, row.item_id if row.status == "open" else None, named)


def _label(procedure: Any, key: str) -> Text:
    parts = [procedure.vocabulary.get(part) for part in key.replace("]", "").replace("[", ".").split(".") if not part.isdigit()]
    known = [field.label for field in parts if field]
    return Text(" · ".join(label.zh for label in known) or key, " · ".join(label.en for label in known) or key)
