"""What the company keeps beside its cases: trainings and checks, knowledge notes, inspections, wordings, imports in waiting."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table

from engine.storage.tables.base import blob, key, metadata, moment, ref, words

# What this company says instead of the shipped words of a kind of message; an empty one is lent by the other language.
message_wording = Table(
    "message_wording",
    metadata,
    Column("kind", String(40), primary_key=True),
    words("text_zh", nullable=False),
    words("text_en", nullable=False),
)

# A file read and not yet confirmed: rows as JSON, compressed; removed when it is carried out or thrown away.
staged_import = Table(
    "staged_import",
    metadata,
    key(),
    Column("kind", String(20), nullable=False),
    words("file_name", nullable=False),
    Column("digest", String(64), nullable=False),
    Column("row_count", Integer, nullable=False),
    blob("content", nullable=False),
    moment("staged_at", nullable=False, index=True),
    ref("staged_by", nullable=False),
)

training_session = Table(
    "training_session",
    metadata,
    key(),
    ref("version_id", nullable=False),
    Column("held_on", String(10), nullable=False),
    Column("subject", String(40), nullable=False),
    ref("trainer_id", nullable=False),
    words("remark", nullable=False),
    moment("recorded_at", nullable=False),
    ref("recorded_by", nullable=False),
    Index(None, "version_id", "held_on"),
)

training_attendance = Table(
    "training_attendance", metadata, key("session_id"), key("person_id"), Index(None, "person_id"), info={"repeats": True}
)

training_check = Table(
    "training_check",
    metadata,
    key(),
    ref("version_id", nullable=False),
    Column("role", String(40), nullable=False),
    ref("person_id", nullable=False),
    moment("at", nullable=False),
    Column("passed", Boolean, nullable=False),
    Column("right_count", Integer, nullable=False),
    Column("asked_count", Integer, nullable=False),
    words("answers", nullable=False),  # JSON: what was asked, what was answered, what was right
    Index(None, "version_id", "role", "person_id"),
    Index(None, "person_id", "at"),
)

# A note as it stands; every revision is kept beside it.
knowledge_note = Table(
    "knowledge_note",
    metadata,
    key(),
    Column("revision", Integer, nullable=False),
    Column("kind", String(20), nullable=False),  # law, rule, practice
    words("title", nullable=False),
    words("text", nullable=False),
    words("source", nullable=False),
    Column("category", String(60)),  # null: useful for all of them
    Column("valid_from", String(10)),
    Column("valid_until", String(10)),
    Column("retired", Boolean, nullable=False),
    moment("changed_at", nullable=False),
    ref("changed_by", nullable=False),
    Index(None, "category"),
)

knowledge_revision = Table(
    "knowledge_revision",
    metadata,
    key("note_id"),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(20), nullable=False),
    words("title", nullable=False),
    words("text", nullable=False),
    words("source", nullable=False),
    Column("category", String(60)),
    Column("valid_from", String(10)),
    Column("valid_until", String(10)),
    Column("retired", Boolean, nullable=False),
    words("reason", nullable=False),
    moment("changed_at", nullable=False),
    ref("changed_by", nullable=False),
)

knowledge_gram = Table(
    "knowledge_gram",
    metadata,
    Column("gram", String(8), primary_key=True),
    key("note_id"),
    Index(None, "note_id"),
    info={"repeats": True},
)

inspection = Table(
    "inspection",
    metadata,
    key(),
    ref("estate_id", nullable=False),
    Column("department", String(40)),
    Column("first_day", String(10), nullable=False),
    Column("last_day", String(10), nullable=False),
    Column("outside", Boolean, nullable=False),  # somebody from outside the company inspected
    words("inspector", nullable=False),
    words("subject", nullable=False),
    Column("seed", String(20), nullable=False),
    Column("drawn_from", Integer, nullable=False),
    moment("opened_at", nullable=False),
    ref("opened_by", nullable=False),
    words("conclusion"),
    words("effect"),
    moment("closed_at"),
    ref("closed_by"),
    Index(None, "estate_id", "opened_at"),
)

inspected_case = Table(
    "inspected_case",
    metadata,
    key("inspection_id"),
    key("case_id"),
    Column("position", Integer, nullable=False),
    Column("conforming", Boolean),  # null: not looked at yet
    Column("clause", String(20)),
    words("remark", nullable=False),
    moment("looked_at"),
)

measure = Table(
    "measure",
    metadata,
    key(),
    ref("inspection_id", nullable=False, index=True),
    words("text", nullable=False),
    ref("responsible_id", nullable=False),
    Column("due_on", String(10), nullable=False),
    words("outcome"),
    moment("done_at"),
    ref("done_by"),
    Index(None, "responsible_id", "done_at"),
)
