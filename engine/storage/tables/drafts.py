"""What was in a draft's files before each change, so that it can be taken back."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, String, Table

from engine.storage.tables.base import blob, key, metadata, moment, ref, words

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

draft_rehearsal = Table(
    "draft_rehearsal",
    metadata,
    key("draft_id"),
    Column("rules", String(64), nullable=False),  # the digest of all files but the stories
    words("played", nullable=False),  # canonical JSON: story file to its digest and how it went
    moment("at", nullable=False),
)

draft_walk = Table(
    "draft_walk",
    metadata,
    key("draft_id"),
    ref("person_id", primary_key=True),
    words("walk", nullable=False),  # canonical JSON: how a case began, and the steps taken since
    moment("at", nullable=False),
)
