"""What people keep of their lists."""

from __future__ import annotations

from sqlalchemy import Column, String, Table, UniqueConstraint

from engine.storage.tables.base import key, metadata, moment, ref, words

saved_filter = Table(
    "saved_filter",
    metadata,
    key(),
    ref("person_id", nullable=False),
    Column("name", String(40), nullable=False),
    Column("tab", String(20), nullable=False),
    words("query", nullable=False),  # canonical JSON: what narrows the list, as its address says it
    moment("saved_at", nullable=False),
    UniqueConstraint("person_id", "name"),
)
