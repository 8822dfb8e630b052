"""The case, and the projections that pages read; each can be rebuilt from the journal."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, UniqueConstraint, false, text

from engine.storage.tables.base import blob, key, metadata, moment, partial, ref, words

cases = Table(
    "cases",
    metadata,
    key(),
    Column("procedure_key", String(40), nullable=False),
    ref("version_id"),  # null: historic
    ref("estate_id", nullable=False),
    Column("rev", Integer, nullable=False),
    blob("state"),  # null: historic
    Column("closed", Boolean, nullable=False),
    Column("journal_seq", Integer, nullable=False),
    Column("journal_hash", String(64), nullable=False),
)

register_entry = Table(
    "register_entry",
    metadata,
    key("case_id"),
    ref("estate_id", nullable=False),
    Column("procedure_key", String(40), nullable=False),
    Column("series", String(20), nullable=False),
    Column("year", Integer, nullable=False),
    Column("serial", Integer, nullable=False),
    Column("number", String(60), nullable=False, unique=True),
    ref("source_key"),
    Column("status", String(20), nullable=False),  # open, closed, historic
    Column("severity", String(40)),
    Column("validity", String(40)),
    Column("category", String(60)),
    Column("channel", String(40)),
    Column("department", String(40)),
    Column("outcome", String(40)),
    Column("emergency", Boolean, nullable=False),
    ref("household_id"),
    moment("heard_at"),
    moment("registered_at", nullable=False),
    moment("closed_at"),
    moment("next_due_at"),
    Column("round", Integer, nullable=False),
    Column("contact_count", Integer, nullable=False),
    Column("passing_on_count", Integer, nullable=False),
    Column("breach_count", Integer, nullable=False),
    ref("registered_by", nullable=False),
    Column("event", String(60)),  # the number of the case that leads the event it is part of, its own when it leads
    UniqueConstraint("estate_id", "series", "year", "serial"),
    UniqueConstraint("estate_id", "source_key"),
    Index(None, "estate_id", "registered_at"),
    Index(None, "household_id"),
    # The book is read by the moment of registration: each filter has its own way in, already in that order.
    Index(None, "registered_at"),
    Index(None, "status", "registered_at"),
    Index(None, "severity", "registered_at"),
    Index(None, "validity", "registered_at"),
    Index(None, "category", "registered_at"),
    Index(None, "channel", "registered_at"),
    Index(None, "department", "registered_at"),
    Index("ix_register_entry_urgent", "registered_at", sqlite_where=text("emergency = 1"), postgresql_where=text("emergency")),
    Index(None, "serial", "year"),
    # With the moment, so that the numbers of a year are put in order without reading their cases.
    Index("ix_register_entry_number_begins", "number", "registered_at", postgresql_ops={"number": "text_pattern_ops"}),
    partial("ix_register_entry_event", "event IS NOT NULL", "event"),
    # As each database writes a truth: an index is chosen only for the very words of its condition.
    Index(
        "ix_register_entry_emergency",
        "estate_id",
        sqlite_where=text("emergency = 1 AND status = 'open'"),
        postgresql_where=text("emergency AND status = 'open'"),
    ),
)

_NARROWING = ("estate_id", "department", "element_id", "severity", "emergency")

work_item = Table(
    "work_item",
    metadata,
    key(),
    ref("case_id", nullable=False, index=True),
    ref("estate_id", nullable=False),
    Column("element_id", String(120), nullable=False),
    words("name_zh", nullable=False),
    words("name_en", nullable=False),
    Column("form", String(120)),
    Column("role", String(40)),
    Column("department", String(40)),
    ref("assignee_id"),
    ref("holder_id"),
    words("excluded", nullable=False),  # ",id,id," of the persons who may not do it
    Column("previous_department", String(40)),
    Column("round", Integer, nullable=False),
    Column("status", String(20), nullable=False),  # open, done, cancelled, waived
    moment("opened_at", nullable=False),
    moment("due_at"),
    Column("due_key", String(60)),
    moment("warn_at"),
    moment("ended_at"),
    ref("ended_by"),
    # Of the case, for as long as the item is open: lists of many thousand items are narrowed without reading their cases.
    Column("severity", String(40)),
    Column("emergency", Boolean, nullable=False, server_default=false()),
    moment("registered_at"),  # of the case: whoever reads it by department or role finds it in the order of the book
    partial("ix_work_item_of_department", "department IS NOT NULL", "department", "estate_id", "registered_at", "case_id"),
    partial("ix_work_item_of_role", "department IS NULL", "role", "estate_id", "registered_at", "case_id"),
    # What somebody had outside their own estates and departments, which is little, is told from the rest without reading it.
    partial("ix_work_item_of_holder", "holder_id IS NOT NULL", "holder_id", "estate_id", "department", "role"),
    partial("ix_work_item_of_doer", "ended_by IS NOT NULL", "ended_by", "estate_id", "department", "role"),
    partial("ix_work_item_named", "assignee_id IS NOT NULL AND assignee_id <> holder_id", "assignee_id"),
    # Small, because they hold what is open alone. They are read in their own order, so that a list of any length costs what its
    # first page costs; what a list is narrowed by lies beside, so that what does not fit is passed over without being read.
    partial("ix_work_item_free", "status = 'open' AND holder_id IS NULL", "role", "due_at", "id", *_NARROWING),
    partial("ix_work_item_held", "status = 'open' AND holder_id IS NOT NULL", "holder_id", "due_at", "id", "role", *_NARROWING),
    partial("ix_work_item_open", "status = 'open'", "estate_id", "due_at"),
    partial("ix_work_item_of_case", "status = 'open'", "case_id", "status", "due_at", "id", *_NARROWING),
    Index(None, "ended_by", "ended_at"),
    partial("ix_work_item_done", "status = 'done'", "element_id", "ended_at"),
    # All that the dashboard counts: twenty thousand open tasks are told apart without looking at one of them.
    partial(
        "ix_work_item_load",
        "status = 'open'",
        "estate_id",
        "role",
        "department",
        "holder_id",
        "assignee_id",
        "opened_at",
        "due_at",
        "status",
    ),
)

timer = Table(
    "timer",
    metadata,
    key("case_id"),
    Column("slot", Integer, primary_key=True, autoincrement=False),  # used again, so that a step writes its timers at once
    Column("id", String(120)),
    Column("kind", String(10)),
    Column("element_id", String(120)),
    Column("limit_key", String(60)),
    moment("due_at", index=True),  # null: the slot is free
    Column("interrupting", Boolean),
)

limit_run = Table(
    "limit_run",
    metadata,
    key("case_id"),
    Column("id", String(80), primary_key=True),
    ref("estate_id", nullable=False),
    Column("key", String(60), nullable=False),
    Column("round", Integer, nullable=False),
    words("name_zh", nullable=False),
    words("name_en", nullable=False),
    Column("element_id", String(120)),
    Column("clause", String(120)),
    moment("anchor_at", nullable=False),
    moment("due_at", nullable=False),
    moment("warn_at"),
    words("derivation", nullable=False),
    Column("provisional", Boolean, nullable=False, server_default=false()),  # the due moment hangs on a calendar to come
    moment("opened_at", nullable=False),
    moment("warned_at"),
    moment("breached_at"),
    moment("stopped_at"),
    Index(None, "estate_id", "due_at"),
    partial("ix_limit_run_running", "stopped_at IS NULL AND breached_at IS NULL", "due_at"),
    Index(
        "ix_limit_run_provisional",
        "case_id",
        "key",
        sqlite_where=text("provisional = 1 AND stopped_at IS NULL"),
        postgresql_where=text("provisional AND stopped_at IS NULL"),
    ),
)

contact = Table(
    "contact",
    metadata,
    key(),
    ref("case_id", nullable=False),
    ref("person_id", nullable=False),
    moment("at", nullable=False),
    Index(None, "case_id", "at"),
)

case_link = Table(
    "case_link",
    metadata,
    key("case_id"),
    key("other_id"),
    Column("kind", String(20), nullable=False),
    moment("at", nullable=False),
    info={"repeats": True},
)

watcher = Table(
    "watcher",
    metadata,
    key("case_id"),
    key("person_id"),
    ref("estate_id"),
    Index(None, "person_id", "estate_id", "case_id"),
    info={"repeats": True},
)

notification = Table(
    "notification",
    metadata,
    key(),
    ref("person_id", nullable=False),
    ref("case_id"),
    moment("at", nullable=False),
    words("text_zh", nullable=False),
    words("text_en", nullable=False),
    Column("urgent", Boolean, nullable=False),
    moment("read_at"),
    Column("kind", String(20), nullable=False, server_default="notice"),
    Column("emergency", Boolean, nullable=False, server_default=false()),  # never waits for the end of quiet hours
    Column("limit_key", String(60)),
    ref("item_id"),
    moment("due_at"),
    # Names the case, the run of the limit, the rung and the person: whatever is done again, nobody is told twice.
    Column("rung", String(64)),
    Index(None, "person_id", "at"),
    Index("ix_notification_rung", "rung", unique=True),
    partial("ix_notification_unread", "read_at IS NULL", "person_id", "urgent"),
    info={"repeats": True},
)

outbox = Table(
    "outbox",
    metadata,
    key(),
    ref("case_id"),
    Column("kind", String(30), nullable=False),
    ref("recipient_id"),
    words("body", nullable=False),
    moment("created_at", nullable=False),
    moment("next_at"),
    moment("sent_at"),
    Column("attempts", Integer, nullable=False),
    Index("ix_outbox_next_at", "next_at", sqlite_where=text("sent_at IS NULL"), postgresql_where=text("sent_at IS NULL")),
)

blind_index = Table(
    "blind_index",
    metadata,
    key("case_id"),
    Column("kind", String(20), primary_key=True),  # phone, phone_tail, name
    Column("digest", String(64), primary_key=True),
    Index(None, "kind", "digest"),
    info={"repeats": True},
)

bigram = Table(
    "bigram",
    metadata,
    Column("gram", String(8), primary_key=True),
    key("case_id"),
    Index(None, "case_id"),
    info={"repeats": True},
)
