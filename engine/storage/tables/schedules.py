"""What the calendar starts, what was reported of a period, and to whom it went."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table

from engine.storage.tables.base import key, metadata, moment, ref, words

schedule = Table(
    "schedule",
    metadata,
    Column("procedure_key", String(40), primary_key=True),
    Column("element_id", String(120), primary_key=True),
    key("estate_id"),  # or the company
    moment("after_at", nullable=False),  # the last moment that was run, or the one from which the version holds
    moment("due_at", nullable=False, index=True),  # the next one
)

report = Table(
    "report",
    metadata,
    key("case_id"),
    Column("kind", String(40), primary_key=True),
    ref("estate_id", nullable=False),
    moment("period_start", nullable=False),
    moment("period_end", nullable=False),
    moment("made_at", nullable=False),
    words("figures", nullable=False),  # canonical JSON, as the figures stood when they were made
    Index(None, "kind", "period_end"),
)

receipt = Table(
    "receipt",
    metadata,
    key(),
    ref("case_id", nullable=False, index=True),
    Column("recipient", String(60), nullable=False),  # as the table of recipients calls them
    words("name_zh", nullable=False),
    words("name_en", nullable=False),
    ref("person_id"),  # null: nobody holds the role; the report is handed over by other means
    moment("sent_at", nullable=False),
    moment("confirmed_at"),
    ref("confirmed_by"),
    Index(None, "person_id", "confirmed_at"),
)
