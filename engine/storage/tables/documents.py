"""The log of documents issued of cases: which number, of what, in which bytes, to whom it was given out."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, UniqueConstraint

from engine.storage.tables.base import key, metadata, moment, ref

issued_document = Table(
    "issued_document",
    metadata,
    key(),
    ref("case_id", nullable=False),
    ref("estate_id", nullable=False),
    Column("kind", String(60), nullable=False),  # its key in the procedure's documents.yaml
    Column("title_zh", String(200), nullable=False),
    Column("title_en", String(200), nullable=False),
    Column("ordinal", Integer, nullable=False),  # the how-manieth of its kind and case
    Column("number", String(120), nullable=False, unique=True),
    Column("language", String(10), nullable=False),
    Column("sha256", String(64), nullable=False, index=True),
    Column("size", Integer, nullable=False),
    ref("version_id", nullable=False),
    ref("person_id", nullable=False),
    moment("at", nullable=False),
    moment("removed_at"),  # the file is gone, because what it told of a person was erased
    UniqueConstraint("case_id", "kind", "ordinal"),
    Index(None, "estate_id", "at"),
)
