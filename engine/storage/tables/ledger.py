"""What cannot be made again from anything else: the journal, its payloads, submissions, versions and files."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, UniqueConstraint

from engine.storage.tables.base import blob, key, metadata, moment, ref, words

procedure_version = Table(
    "procedure_version",
    metadata,
    key(),
    Column("procedure_key", String(40), nullable=False),
    Column("number", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    blob("bundle", nullable=False),
    words("model", nullable=False),
    Column("provenance", String(20), nullable=False),
    words("reason_zh", nullable=False),
    words("reason_en", nullable=False),
    moment("effective_at", nullable=False),
    ref("author_id"),
    ref("reviewer_id"),
    ref("approver_id"),
    ref("review_case_id"),
    words("signatures"),  # canonical JSON: a list of part, person, moment and the hash of what was signed
    moment("published_at"),  # the last signature, or the first start; null: a proposal
    Column("base_number", Integer),  # the version that the proposal changes
    ref("proposed_by"),
    moment("proposed_at"),
    moment("withdrawn_at"),
    words("evidence"),  # canonical JSON: what was known of it when it was proposed
    words("waivers"),  # canonical JSON: person, name, moment and reason by what stands against it
    UniqueConstraint("procedure_key", "number"),
)

procedure_draft = Table(
    "procedure_draft",
    metadata,
    key(),
    Column("procedure_key", String(40), nullable=False, index=True),
    Column("base_number", Integer, nullable=False),
    blob("bundle", nullable=False),
    ref("person_id", nullable=False),
    moment("saved_at", nullable=False),
)

journal = Table(
    "journal",
    metadata,
    Column("stream_kind", String(20), primary_key=True),
    Column("stream_id", String(64), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    moment("at", nullable=False),
    ref("actor_id", nullable=False),
    ref("on_behalf_of"),
    Column("action", String(60), nullable=False),  # the command that did it
    words("events", nullable=False),  # canonical JSON: a list of events, personal values left out
    words("personal", nullable=False),  # canonical JSON: field -> [payload id, digest]
    Column("prev_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index(None, "at"),
)

payload = Table(
    "payload",
    metadata,
    key(),
    Column("stream_kind", String(20), nullable=False),
    ref("stream_id", nullable=False),
    Column("field", String(60), nullable=False),
    words("value"),
    blob("salt"),  # erased together
    Column("digest", String(64), nullable=False),
    moment("erased_at"),
    Index(None, "stream_id", "field"),
)

submission = Table(
    "submission",
    metadata,
    key(),
    ref("case_id", nullable=False, index=True),
    ref("item_id", nullable=False),
    Column("element_id", String(120), nullable=False),
    Column("form", String(120), nullable=False),
    ref("version_id", nullable=False),
    Column("round", Integer, nullable=False),
    moment("at", nullable=False),
    ref("person_id", nullable=False),
    ref("on_behalf_of"),
    words("plain", nullable=False),  # canonical JSON of the values that are not personal
    words("personal", nullable=False),  # canonical JSON: field -> payload id
    words("signature"),
    Column("request_id", String(64), unique=True),  # what was posted once is carried out once
)

attachment = Table(
    "attachment",
    metadata,
    key(),
    ref("case_id", index=True),
    ref("estate_id", nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("media_type", String(80), nullable=False),
    Column("size", Integer, nullable=False),
    ref("name_payload_id", nullable=False),
    ref("person_id", nullable=False),
    moment("at", nullable=False),
)

draft = Table(
    "draft",
    metadata,
    key(),
    ref("case_id", nullable=False, index=True),
    ref("item_id", nullable=False),
    Column("element_id", String(120), nullable=False),
    Column("form", String(120), nullable=False),
    ref("person_id", nullable=False),
    ref("payload_id", nullable=False),
    moment("saved_at", nullable=False),
    Column("unfinished", Boolean, nullable=False),
    UniqueConstraint("item_id", "person_id"),
)

incident = Table(
    "incident",
    metadata,
    key(),
    ref("case_id", index=True),  # null: the whole installation
    Column("element_id", String(120)),
    words("text_zh", nullable=False),
    words("text_en", nullable=False),
    Column("action", String(60), nullable=False),
    ref("payload_id"),
    ref("person_id", nullable=False),
    moment("at", nullable=False),
    moment("resolved_at"),
    ref("estate_id"),
    ref("version_id"),
    ref("subject_id"),  # the work item, or the request of what has no case yet
    Column("count", Integer, nullable=False),
    moment("last_at", nullable=False),  # of as many failures as ``count`` says
    ref("resolved_by"),
    Column("resolution", String(20)),
)

register_number = Table(
    "register_number",
    metadata,
    key("estate_id"),
    Column("series", String(20), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
)

carried_out = Table(
    "carried_out",
    metadata,
    Column("digest", String(64), primary_key=True),  # of a form as it was sent, with the mark of its page
    ref("person_id", nullable=False),
    moment("at", nullable=False, index=True),
)

migration_run = Table(
    "migration_run",
    metadata,
    key(),
    Column("procedure_key", String(40), nullable=False),
    ref("version_id", nullable=False),
    Column("number", Integer, nullable=False),
    Column("timers", String(20), nullable=False),  # keep, recompute
    words("reason", nullable=False),
    ref("person_id", nullable=False),
    moment("at", nullable=False),
    moment("finished_at"),
    Index(None, "version_id", "at"),
)

migrated_case = Table(
    "migrated_case",
    metadata,
    key("run_id"),
    key("case_id"),
    Column("number", String(60), nullable=False),
    ref("from_version", nullable=False),
    Column("from_number", Integer, nullable=False),
    Column("state", String(20), nullable=False),  # waiting, moved, refused, back
    words("problem_zh"),
    words("problem_en"),
    ref("back_by"),
    moment("back_at"),
)
