"""The company's people and places: live data that a case refers to by id."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, UniqueConstraint, false, true

from engine.storage.tables.base import key, metadata, moment, ref, words

setting = Table("setting", metadata, key("name"), words("value", nullable=False))

estate = Table(
    "estate",
    metadata,
    key(),
    Column("code", String(20), nullable=False, unique=True),
    words("name_zh", nullable=False),
    words("name_en", nullable=False),
    Column("active", Boolean, nullable=False),
)

building = Table(
    "building",
    metadata,
    key(),
    ref("estate_id", nullable=False),
    Column("name", String(80), nullable=False),
    Column("active", Boolean, nullable=False, server_default=true()),
    UniqueConstraint("estate_id", "name"),
)

unit = Table(
    "unit",
    metadata,
    key(),
    ref("estate_id", nullable=False),
    ref("building_id", nullable=False),
    Column("room", String(80), nullable=False),  # the whole room number as people say it, e.g. 3-1-502
    UniqueConstraint("estate_id", "room"),
)

household = Table(
    "household",
    metadata,
    key(),
    ref("estate_id", nullable=False),
    ref("unit_id", nullable=False, index=True),
    words("name"),
    words("phone"),  # personal; set to null when the household is erased
    Column("phone_index", String(64), index=True),
    Column("phone_tail_index", String(64), index=True),
    Column("name_index", String(64), index=True),
    Column("active", Boolean, nullable=False),
)

department = Table(
    "department",
    metadata,
    key(),
    Column("code", String(40), nullable=False),
    ref("estate_id"),  # null: serves the whole company
    words("name_zh", nullable=False),
    words("name_en", nullable=False),
    Column("active", Boolean, nullable=False),
    UniqueConstraint("code", "estate_id"),
)

person = Table(
    "person",
    metadata,
    key(),
    Column("login", String(80), nullable=False, unique=True),
    words("name", nullable=False),
    words("phone"),
    words("email"),
    Column("language", String(10), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("administrator", Boolean, nullable=False),
    Column("demo", Boolean, nullable=False),
    # Rises when every session of the person is to end: a cookie that names an older one signs nobody in.
    Column("session_epoch", Integer, nullable=False, server_default="0"),
)

credential = Table(
    "credential",
    metadata,
    key("person_id"),
    words("password_hash", nullable=False),
    moment("changed_at", nullable=False),
    Column("must_change", Boolean, nullable=False, server_default=false()),  # somebody else knows it
)

sign_in_attempt = Table(
    "sign_in_attempt",
    metadata,
    key(),
    Column("login", String(80), nullable=False),
    Column("address", String(64), nullable=False),
    moment("at", nullable=False),
    Column("succeeded", Boolean, nullable=False),
    Index(None, "login", "at"),
    Index(None, "address", "at"),
    Index(None, "at"),
)

# Sessions that were signed out before their time was over: a copy of the cookie is worth nothing any more.
ended_session = Table("ended_session", metadata, key(), moment("ended_at", nullable=False, index=True))

role_grant = Table(
    "role_grant",
    metadata,
    key(),
    ref("person_id", nullable=False, index=True),
    Column("role", String(40), nullable=False),
    ref("estate_id"),
    Column("department", String(40)),  # null: every estate, every department; department is a code
    Index(None, "role", "estate_id"),
)

deputy = Table(
    "deputy",
    metadata,
    key(),
    ref("person_id", nullable=False),
    ref("deputy_id", nullable=False, index=True),
    moment("starts_at", nullable=False),
    moment("ends_at", nullable=False),
)

duty = Table(
    "duty",
    metadata,
    key(),
    ref("estate_id", nullable=False),
    Column("role", String(40), nullable=False),
    ref("person_id", nullable=False),
    words("phone", nullable=False),
    Column("position", Integer, nullable=False),
    moment("starts_at", nullable=False),
    moment("ends_at", nullable=False),
    Index(None, "estate_id", "starts_at"),
)

calendar_day = Table(
    "calendar_day",
    metadata,
    key("day"),
    Column("working", Boolean, nullable=False),
    words("reason_zh", nullable=False),
    words("reason_en", nullable=False),
    words("shifts"),
    Column("revision", Integer, nullable=False),
)

# What this company calls a role or a form of its procedures; an empty name is lent by the other language.
alias = Table(
    "alias",
    metadata,
    Column("kind", String(10), primary_key=True),
    Column("key", String(80), primary_key=True),
    words("name_zh", nullable=False),
    words("name_en", nullable=False),
)
