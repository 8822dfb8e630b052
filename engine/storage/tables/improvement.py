"""What is to become better, with its figure before and after; and rewards and sanctions in lines that never change."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table

from engine.storage.tables.base import key, metadata, moment, ref, words

service_plan = Table(
    "service_plan",
    metadata,
    key(),
    ref("estate_id", nullable=False),  # or the company
    words("title", nullable=False),
    words("reason", nullable=False),
    words("measure", nullable=False),
    Column("category", String(60)),
    words("cases", nullable=False),  # the numbers of the cases that it comes from, a space between
    ref("responsible_id", nullable=False),
    Column("due_on", String(10), nullable=False),
    Column("figure", String(40), nullable=False),  # as the reporting procedure calls it
    moment("before_from", nullable=False),
    moment("before_until", nullable=False),
    Column("before_value", String(40)),  # null: nothing of the kind in the period
    moment("after_from"),
    moment("after_until"),
    Column("after_value", String(40)),
    words("effect"),
    Column("state", String(20), nullable=False),  # open, measured, dropped
    moment("created_at", nullable=False),
    ref("created_by", nullable=False),
    moment("settled_at"),
    ref("settled_by"),
    Index(None, "estate_id", "state"),
)

conduct_entry = Table(
    "conduct_entry",
    metadata,
    key(),
    Column("serial", Integer, nullable=False, unique=True),
    ref("estate_id", nullable=False),  # or the company
    Column("kind", String(40), nullable=False),
    ref("person_id", index=True),
    Column("department", String(40)),  # a person, a department, or a person of a department
    Column("level", String(40)),
    Column("amount", String(40)),  # in the company's currency
    words("measure"),
    words("reason", nullable=False),
    ref("case_id"),
    words("decided_by", nullable=False),
    Column("decided_on", String(10), nullable=False),
    ref("counters_id", unique=True),  # the line that this one takes back; each is taken back once
    moment("entered_at", nullable=False),
    ref("entered_by", nullable=False),
    Index(None, "estate_id", "entered_at"),
)
