"""How messages leave: one row a message and channel, and what each person wants to be told, where, and when."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table

from engine.storage.tables.base import key, metadata, moment, partial, ref, words

# A test message has no row in the outbox, so everything that is sent stands here.
message_delivery = Table(
    "message_delivery",
    metadata,
    key("message_id"),
    Column("channel", String(40), primary_key=True),
    ref("person_id", nullable=False),
    ref("case_id"),
    Column("kind", String(20), nullable=False),
    words("body", nullable=False),  # canonical JSON: zh, en, item_id, due_at
    Column("urgent", Boolean, nullable=False),
    ref("parcel_id"),  # what leaves together; never added to once it was tried, so that a repetition is the same
    moment("created_at", nullable=False),
    moment("next_at"),  # null: nothing is left to do
    moment("sent_at"),
    moment("given_up_at"),
    Column("attempts", Integer, nullable=False),
    words("fault_zh"),
    words("fault_en"),
    partial("ix_message_delivery_next_at", "next_at IS NOT NULL", "next_at"),
    partial("ix_message_delivery_given_up_at", "given_up_at IS NOT NULL", "given_up_at"),
    Index(None, "parcel_id"),
    info={"repeats": True},
)

# What goes out by a channel to a person; without a row the channel's own usual way holds.
channel_choice = Table(
    "channel_choice",
    metadata,
    key("person_id"),
    Column("channel", String(40), primary_key=True),
    Column("level", String(10), nullable=False),
    words("address", nullable=False),  # empty: the one of the directory
)

message_choice = Table(
    "message_choice",
    metadata,
    key("person_id"),
    Column("subject", String(10), primary_key=True),  # kind, limit
    Column("key", String(60), primary_key=True),
    Column("wanted", Boolean, nullable=False),
)

# The row of the whole company holds for everybody without one; hours that begin when they end are none.
quiet_hours = Table(
    "quiet_hours",
    metadata,
    key("person_id"),
    Column("starts", String(5), nullable=False),
    Column("ends", String(5), nullable=False),
    Column("days_off", Boolean, nullable=False),
)
