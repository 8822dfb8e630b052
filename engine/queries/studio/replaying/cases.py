"""The cases of a period as a replay takes them: their journals, submissions and versions, and how long tasks have taken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.calendar import DayOverride
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.procedure import Bundle
from engine.queries.scope import may_read_case
from engine.storage import tables as t

if TYPE_CHECKING:
    from engine.queries.reader import Reader

#: Done tasks from which it is learnt how long people take.
_MOST_DONE = 20_000


class Which(StrEnum):
    """Which cases of the period are replayed."""

    ALL = "all"
    CLOSED = "closed"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The cases of a period, the newest first, and how many there were before only so many were taken."""

    ids: tuple[str, ...]
    found: int


def choose(reader: Reader, actor: Actor, key: str, since: date | None, until: date | None, which: Which, most: int) -> Chosen:
    """The cases of a procedure that were registered from the first day to the last, both included; historic records are none."""
    entry = t.register_entry.c
    where = [entry.procedure_key == key, entry.status.in_(_STATUSES[which])]
    where.append(may_read_case(actor, entry.case_id, entry.estate_id, entry.department))
    if since is not None:
        where.append(entry.registered_at >= datetime.combine(since, time(), reader.zone))
    if until is not None:
        where.append(entry.registered_at < datetime.combine(until + timedelta(1), time(), reader.zone))
    found = reader.connection.execute(sa.select(sa.func.count()).select_from(t.register_entry).where(*where)).scalar_one()
    query = sa.select(entry.case_id).where(*where).order_by(entry.registered_at.desc(), entry.case_id).limit(most)
    return Chosen(tuple(reader.connection.execute(query).scalars()), int(found))


def material(reader: Reader, actor: Actor, ids: Sequence[str]) -> list[dict[str, Any]]:
    """Everything of each case that a replay is made of: entries of the journal in order, and submissions by id."""
    entries: Mapping[str, list[dict[str, Any]]] = defaultdict(list)
    row, own = t.journal.c, t.submission.c
    query = sa.select(row.stream_id, row.seq, row.at, row.events).where(row.stream_kind == "case", row.stream_id.in_(ids))
    for case_id, seq, at, events in reader.connection.execute(query.order_by(row.stream_id, row.seq)):
        entries[case_id].append({"seq": seq, "at": at, "events": events})
    submissions: Mapping[str, dict[str, dict[str, str]]] = defaultdict(dict)
    told = sa.select(own.case_id, own.id, own.plain, own.personal).where(own.case_id.in_(ids))
    for case_id, submission_id, plain, personal in reader.connection.execute(told):
        submissions[case_id][submission_id] = {"plain": plain, "personal": personal}
    until = _known_until(reader, ids)
    return [{"entries": entries[one], "submissions": submissions[one], "until": until.get(one, reader.now)} for one in ids]


def done_tasks(reader: Reader, actor: Actor, ids: Sequence[str]) -> list[tuple[str, str | None, datetime, datetime]]:
    """Element, role, beginning and end of the tasks that were done, of as many cases as are needed to learn from."""
    item = t.work_item.c
    found: list[tuple[str, str | None, datetime, datetime]] = []
    for start in range(0, len(ids), 500):
        query = sa.select(item.element_id, item.role, item.opened_at, item.ended_at)
        query = query.where(item.case_id.in_(ids[start : start + 500]), item.status == "done")
        found += [tuple(row) for row in reader.connection.execute(query)]
        if len(found) >= _MOST_DONE:
            break
    return found


def versions_of(reader: Reader, actor: Actor, key: str) -> dict[str, Bundle]:
    """The files of every published version of a procedure, by the id of the version."""
    version = t.procedure_version.c
    query = sa.select(version.id, version.bundle).where(version.procedure_key == key, version.published_at.is_not(None))
    return {row.id: Bundle.from_bytes(row.bundle) for row in reader.connection.execute(query)}


def days_of(reader: Reader, actor: Actor) -> tuple[DayOverride, ...]:
    """The company's own days."""
    rows = reader.connection.execute(sa.select(t.calendar_day))
    return tuple(DayOverride(date.fromisoformat(row.day), row.working, Text(row.reason_zh, row.reason_en), None) for row in rows)


def _known_until(reader: Reader, ids: Sequence[str]) -> dict[str, datetime]:
    """Until when the record of a case tells the truth: where something is due that nobody has fired yet, until just before."""
    entry = t.register_entry.c
    query = sa.select(entry.case_id, entry.next_due_at).where(entry.case_id.in_(ids), entry.next_due_at < reader.now)
    return {row.case_id: row.next_due_at - timedelta(microseconds=1) for row in reader.connection.execute(query)}


_STATUSES = {Which.ALL: ("open", "closed"), Which.CLOSED: ("closed",), Which.OPEN: ("open",)}
