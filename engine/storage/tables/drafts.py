"""What an owner's work on a draft leaves: the files before each change, how its stories went, replays of past cases."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, text

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
    Column("together", Integer),  # the first seq of the steps that one action made; null: a step by itself
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

replay_run = Table(
    "replay_run",
    metadata,
    key(),
    ref("draft_id", nullable=False),
    Column("procedure_key", String(40), nullable=False),
    Column("base_number", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    blob("bundle", nullable=False),  # the draft's files as they were then
    ref("person_id", nullable=False),
    Column("since", String(10)),
    Column("until", String(10)),
    Column("which", String(10), nullable=False),
    Column("state", String(20), nullable=False),  # waiting, running, done, cancelled, failed
    Column("attempts", Integer, nullable=False),
    Column("cases_done", Integer, nullable=False),
    Column("cases_total", Integer),
    Column("cases_found", Integer),
    words("totals"),
    words("problem"),
    moment("requested_at", nullable=False),
    moment("finished_at"),
    moment("next_at"),  # when a worker looks at it: to run it, to take it up again
    Index(None, "draft_id", "requested_at"),
    Index(None, "digest"),
    Index(
        "ix_replay_run_next_at", "next_at", sqlite_where=text("next_at IS NOT NULL"), postgresql_where=text("next_at IS NOT NULL")
    ),
)

replay_case = Table(
    "replay_case",
    metadata,
    key("run_id"),
    key("case_id"),
    Column("number", String(60), nullable=False),
    Column("closed", Boolean, nullable=False),
    Column("same", Boolean),
    Column("stuck", String(20)),
    Column("stuck_at", String(120)),
    Column("newly_missed", Integer, nullable=False),
    Column("newly_kept", Integer, nullable=False),
    Column("added", Integer, nullable=False),
    Column("gone", Integer, nullable=False),
    Column("assumed", Boolean, nullable=False),
    blob("outcome", nullable=False),  # compressed: path, deadlines and tasks, before and after
)
