"""Every table, by subject; ``metadata`` is what the migrations are held against."""

from engine.storage.tables.base import metadata
from engine.storage.tables.cases import (
    bigram,
    blind_index,
    case_link,
    cases,
    contact,
    limit_run,
    notification,
    outbox,
    register_entry,
    timer,
    watcher,
    work_item,
)
from engine.storage.tables.directory import (
    building,
    calendar_day,
    credential,
    department,
    deputy,
    duty,
    estate,
    household,
    person,
    role_grant,
    setting,
    sign_in_attempt,
    unit,
)
from engine.storage.tables.ledger import (
    attachment,
    draft,
    executed,
    incident,
    journal,
    payload,
    procedure_version,
    register_number,
    submission,
)

__all__ = [
    "attachment", "bigram", "blind_index", "building", "calendar_day", "case_link", "cases", "contact", "credential", "department",
    "deputy", "draft", "duty", "estate", "executed", "household", "incident", "journal", "limit_run", "metadata", "notification",
    "outbox", "payload", "person", "procedure_version", "register_entry", "register_number", "role_grant", "setting",
    "sign_in_attempt", "submission", "timer", "unit", "watcher", "work_item",
]  # fmt: skip
