"""What was in a draft's files before each change, so that it can be taken back."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, String, Table

from engine.storage.tables.base import blob, key, metadata, moment, ref

draft_step = Table(
    "draft_step",
    metadata,
    key("draft_id"),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("path", String(200), nullable=False),
    ref("person_id", nullable=False),
    moment("at", nullable=False),
    blob("content"),  # compressed; what the file was before, or while undone what it became; null: there was none
    Column("undone", Boolean, nullable=False),
)
