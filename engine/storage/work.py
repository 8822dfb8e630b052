"""The unit of work of one command: everything it writes is gathered here and written together at its end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Update
from sqlalchemy.dialects import postgresql, sqlite

from engine.domain.actor import Actor
from engine.domain.events import Event
from engine.domain.text import Text
from engine.domain.values import Value
from engine.errors import Conflict
from engine.storage import journal as chain
from engine.storage import tables as t
from engine.storage.batch import Batch, update_by_key
from engine.storage.payloads import seal
from engine.storage.projections import Subject, project

_CHANGED_MEANWHILE = Text(
    "刚才有人先处理了这件投诉。您填写的内容没有丢失，请刷新后再提交。",
    "Somebody else has just changed this case. Nothing you typed is lost: reload and submit again.",
)


class Work:
    """Reads see the database as it stood when the command began; writes happen in ``flush``, which only dispatch calls."""

    def __init__(self, connection: Connection, now: datetime, actor: Actor, secret: bytes) -> None:
        self.connection = connection
        self.now = now
        self.actor = actor
        self.secret = secret
        self.batch = Batch()
        self.afterwards: list[Callable[[], None]] = []  # what is done when, and only when, everything is kept
        self.messages_wait = False  # set by a handler that leaves messages elsewhere than in the outbox
        self._giver: Actor | None = None

    def act_for(self, person: Actor) -> None:
        """From here on everything is done as that person; the journal names who does it, on that person's behalf."""
        self._giver, self.actor = self._giver or self.actor, person

    def seal(self, stream_kind: str, stream_id: str, personal: Mapping[str, Value]) -> dict[str, list[str]]:
        """Put personal values into the payload table; the answer names them for the journal: field -> [payload id, digest]."""
        rows = seal(stream_kind, stream_id, personal, self.now)
        for row in rows:
            self.batch.insert(t.payload, row)
        return {row["field"]: [row["id"], row["digest"]] for row in rows}

    def record(
        self,
        head: chain.Head,
        stream: tuple[str, str],
        action: str,
        events: Sequence[Event],
        *,
        personal: Mapping[str, list[str]] | None = None,
        on_behalf_of: str | None = None,
    ) -> chain.Head:
        """Append one entry after ``head`` and return the new head of the stream."""
        who, whom = self.actor, on_behalf_of
        if self._giver is not None and self._giver.person_id != self.actor.person_id:
            who, whom = self._giver, self.actor.person_id
        entry = chain.Entry(
            stream[0],
            stream[1],
            head.seq + 1,
            self.now,
            who.person_id,
            action,
            tuple(events),
            whom,
            dict(personal or {}),
        )
        row = chain.link(entry, head.hash)
        self.batch.insert(t.journal, row)
        return chain.Head(entry.seq, row["hash"])

    def project(
        self,
        events: Sequence[Event],
        case_id: str,
        estate_id: str,
        registered_at: datetime,
        personal: Mapping[str, Value] | None = None,
    ) -> None:
        """Write what the events mean for the tables that pages read."""
        subject = Subject(case_id, estate_id, registered_at, self.secret, personal or {})
        for event in events:
            project(event, subject, self.batch)

    def save_case(self, case_id: str, loaded_rev: int, changes: Mapping[str, Any]) -> None:
        """Write a case that was loaded at ``loaded_rev``; Conflict when somebody else was faster."""
        saved = self.connection.execute(
            _save_case(tuple(sorted(changes))), {**changes, "rev": loaded_rev + 1, "key_id": case_id, "loaded_rev": loaded_rev}
        )
        if saved.rowcount != 1:
            raise Conflict(_CHANGED_MEANWHILE)

    def next_number(self, estate_id: str, series: str, year: int) -> int:
        """The next register number of the estate and year; given back if the command is undone, so the book has no gaps."""
        values = {"estate_id": estate_id, "series": series, "year": year, "last": 1}
        insert = sqlite.insert if self.connection.dialect.name == "sqlite" else postgresql.insert
        statement = insert(t.register_number).values(**values)
        statement = statement.on_conflict_do_update(
            index_elements=["estate_id", "series", "year"], set_={"last": t.register_number.c.last + 1}
        )
        return int(self.connection.execute(statement.returning(t.register_number.c.last)).scalar_one())

    def flush(self) -> None:
        """Write everything gathered."""
        self.batch.flush(self.connection)


@cache
def _save_case(names: tuple[str, ...]) -> Update:
    return update_by_key(t.cases, (*names, "rev")).where(t.cases.c.rev == sa.bindparam("loaded_rev"))
