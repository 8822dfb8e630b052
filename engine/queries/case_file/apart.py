"""The personal values of a case, which lie apart from its journal and forms: read once, for whichever page needs them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.codec import loads
from engine.domain.values import Value
from engine.storage.tables import payload

if TYPE_CHECKING:
    from engine.queries.reader import Reader

CASE = "case"


@dataclass(frozen=True, slots=True, repr=False)
class Apart:
    """Texts by payload id in the order in which they were written; each is decoded only when it is asked for."""

    rows: dict[str, tuple[str, str, str | None]]

    def latest(self, fields: Collection[str] | None = None) -> dict[str, Value]:
        """The newest value of each field of the case; an erased one is None."""
        newest = {field: text for kind, field, text in self.rows.values() if kind == CASE and (fields is None or field in fields)}
        return {field: _value(text) for field, text in newest.items()}

    def read(self, ids: Iterable[str]) -> dict[str, Value]:
        """Values by payload id; an erased one is None."""
        return {key: _value(self.rows[key][2]) for key in ids if key in self.rows}


def apart(reader: Reader, actor: Actor, case_id: str) -> Apart:
    """The personal values of a case that the actor may read."""
    columns = (payload.c.id, payload.c.stream_kind, payload.c.field, payload.c.value)
    query = sa.select(*columns).where(payload.c.stream_id == case_id).order_by(payload.c.id)
    return Apart({row.id: (row.stream_kind, row.field, row.value) for row in reader.connection.execute(query)})


def _value(text: str | None) -> Value:
    return None if text is None else loads(text)
