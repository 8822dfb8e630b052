"""Whether register, journal and projections tell the same story, asked in plain SQL."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Connection

_TIMES = '(length(events) - length(replace(events, \'"type":"{0}"\', \'\'))) / length(\'"type":"{0}"\')'


def _happened(event: str) -> str:
    return f"select coalesce(sum({_TIMES.format(event)}), 0) from journal where stream_kind = 'case'"


#: Pairs of questions whose answers must be equal.
PAIRS: dict[str, tuple[str, str]] = {
    "registered": ("select count(*) from register_entry", _happened("CaseRegistered")),
    "cases": ("select count(*) from cases", "select count(*) from register_entry"),
    "closed in register": ("select count(*) from register_entry where status = 'closed'", _happened("CaseClosed")),
    "closed cases": (
        "select count(*) from cases where closed and version_id is not null",
        "select count(*) from register_entry where status = 'closed'",
    ),
    "numbers without gaps": (
        "select coalesce(sum(top), 0) from (select max(serial) as top from register_entry group by estate_id, series, year) as t",
        "select count(*) from register_entry",
    ),
    "journal heads": (
        "select count(*) from cases",
        "select count(*) from cases c join journal j on j.stream_kind = 'case' and j.stream_id = c.id"
        " and j.seq = c.journal_seq and j.hash = c.journal_hash",
    ),
    "journal without gaps": (
        "select coalesce(sum(journal_seq), 0) from cases",
        "select count(*) from journal where stream_kind = 'case'",
    ),
    "items opened": ("select count(*) from work_item", _happened("WorkItemOpened")),
    "items done": ("select count(*) from work_item where status = 'done'", _happened("WorkItemCompleted")),
    "submissions": (
        "select count(*) from submission where item_id <> ''",
        _happened("WorkItemCompleted"),
    ),
    "limit runs": ("select count(*) from limit_run", _happened("LimitOpened")),
    "breaches": ("select count(*) from limit_run where breached_at is not null", _happened("LimitBreached")),
    "breaches counted": (
        "select coalesce(sum(breach_count), 0) from register_entry",
        "select count(*) from limit_run where breached_at is not null",
    ),
    "nothing open on closed cases": (
        "select 0",
        "select (select count(*) from work_item w join cases c on c.id = w.case_id where c.closed and w.status = 'open')"
        " + (select count(*) from timer t join cases c on c.id = t.case_id where c.closed)",
    ),
    "messages in the outbox": ("select count(*) from outbox", "select count(*) from notification"),
}


def disagreements(connection: Connection) -> list[str]:
    """Each pair that differs, with both numbers."""
    found = []
    for name, (left, right) in PAIRS.items():
        one, other = (int(connection.execute(sa.text(question)).scalar_one()) for question in (left, right))
        if one != other:
            found.append(f"{name}: {one} ≠ {other}")
    return found
