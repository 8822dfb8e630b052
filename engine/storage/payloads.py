"""Personal values lie apart, each under its own salt, so that erasing one leaves every hash chain true."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from engine.domain.codec import dumps, loads
from engine.domain.ids import new_id
from engine.domain.values import Value
from engine.storage.tables import payload


def seal(stream_kind: str, stream_id: str, values: Mapping[str, Value], now: datetime) -> list[dict[str, Any]]:
    """Rows of the payload table for these values, each with a fresh salt and its digest."""
    return [_row(stream_kind, stream_id, field, dumps(value), now) for field, value in values.items()]


def _row(stream_kind: str, stream_id: str, field: str, text: str, now: datetime) -> dict[str, Any]:
    salt = secrets.token_bytes(16)
    return {
        "id": new_id(now),
        "stream_kind": stream_kind,
        "stream_id": stream_id,
        "field": field,
        "value": text,
        "salt": salt,
        "digest": digest(salt, text),
        "erased_at": None,
    }


def digest(salt: bytes, text: str) -> str:
    """What the journal's chain covers in place of the value."""
    return hashlib.sha256(salt + text.encode()).hexdigest()


def latest(
    connection: Connection, stream_ids: Collection[str], fields: Collection[str] | None = None
) -> dict[str, dict[str, Value]]:
    """The newest value of each field, by stream; an erased one is None."""
    query = sa.select(payload.c.stream_id, payload.c.field, payload.c.value).where(payload.c.stream_id.in_(stream_ids))
    if fields is not None:
        query = query.where(payload.c.field.in_(fields))
    found: dict[str, dict[str, Value]] = {}
    for stream_id, field, value in connection.execute(query.order_by(payload.c.id)):
        found.setdefault(stream_id, {})[field] = None if value is None else loads(value)
    return found


def read(connection: Connection, ids: Collection[str]) -> dict[str, Value]:
    """Values by payload id; an erased one is None."""
    rows = connection.execute(sa.select(payload.c.id, payload.c.value).where(payload.c.id.in_(ids)))
    return {row.id: None if row.value is None else loads(row.value) for row in rows}
