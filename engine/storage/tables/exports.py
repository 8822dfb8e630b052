"""The register as people use it: which columns each person sees, and the files made from it."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, text

from engine.storage.tables.base import key, metadata, moment, ref, words

column_choice = Table("column_choice", metadata, key("person_id"), words("columns", nullable=False))

export = Table(
    "export",
    metadata,
    key(),
    ref("person_id", nullable=False),
    Column("format", String(10), nullable=False),
    Column("language", String(10), nullable=False),
    words("filters", nullable=False),
    words("typed"),  # what was typed into the search box may be a name: it goes when the file is made
    words("columns", nullable=False),
    Column("state", String(20), nullable=False),  # waiting, running, done, cancelled, failed, gone
    Column("attempts", Integer, nullable=False),
    Column("rows_done", Integer, nullable=False),
    Column("rows_total", Integer),
    Column("digest", String(64)),
    Column("size", Integer),
    moment("requested_at", nullable=False),
    moment("finished_at"),
    moment("next_at"),  # when a worker looks at it again: to make it, to take it up again, to remove its file
    Index(None, "person_id", "requested_at"),
    Index("ix_export_next_at", "next_at", sqlite_where=text("next_at IS NOT NULL"), postgresql_where=text("next_at IS NOT NULL")),
)
