"""The journal of a case as it is kept: who, when, which command, which events, and the hash that chains them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import SYSTEM, Actor
from engine.domain.text import Text
from engine.errors import Forbidden
from engine.queries.case_file.head import Head
from engine.queries.people import names
from engine.storage.journal import GENESIS, chain_hash
from engine.storage.tables import journal

if TYPE_CHECKING:
    from engine.queries.reader import Reader

NOT_YOURS = Text("原始日志只给管理员和规程负责人看。", "The journal itself is for administrators and the process owner.")


@dataclass(frozen=True, slots=True)
class Row:
    """One entry; ``sound`` says that it is unchanged and follows the one before."""

    seq: int
    at: datetime
    person: str
    on_behalf_of: str | None
    action: str
    events: tuple[str, ...]
    personal: tuple[str, ...]
    hash: str
    sound: bool
    told: tuple[dict[str, Any], ...] = field(default=(), repr=False)


def rows(reader: Reader, actor: Actor, case: Head) -> tuple[Row, ...]:
    """The entries of a case, oldest first; Forbidden for those who only work on it."""
    if not case.sees_journal:
        raise Forbidden(NOT_YOURS)
    return read(reader, actor, case)


def read(reader: Reader, actor: Actor, case: Head) -> tuple[Row, ...]:
    """The same for what is told from them to whoever reads the case."""
    query = sa.select(journal).where(journal.c.stream_kind == "case", journal.c.stream_id == case.case_id)
    found = reader.connection.execute(query.order_by(journal.c.seq)).mappings().all()
    people = names(reader, actor, [row[column] for row in found for column in ("actor_id", "on_behalf_of")])
    people[SYSTEM.person_id] = actor.calls_system
    hashes = [GENESIS, *(row["hash"] for row in found)]
    return tuple(_row(row, before, people) for row, before in zip(found, hashes, strict=False))


def _row(row: Any, before: str, people: dict[str, str]) -> Row:
    told = tuple(json.loads(row["events"]))
    return Row(
        seq=row["seq"],
        at=row["at"],
        person=people.get(row["actor_id"], row["actor_id"]),
        on_behalf_of=people.get(row["on_behalf_of"], row["on_behalf_of"]) if row["on_behalf_of"] else None,
        action=row["action"],
        events=tuple(event["type"] for event in told),
        personal=tuple(json.loads(row["personal"])),
        hash=row["hash"],
        sound=row["prev_hash"] == before and chain_hash(row) == row["hash"],
        told=told,
    )
