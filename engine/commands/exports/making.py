"""How a worker makes a file: taken by one at a time, told how far it is, done; taken up again when its worker is gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from engine.commands.context import Procedures
from engine.commands.exports.request_export import DONE, FAILED, GONE, RUNNING, WAITING, file_name, journal
from engine.domain.actor import Actor
from engine.domain.codec import loads
from engine.domain.values import Value
from engine.storage import tables as t
from engine.storage.work import Work

#: A worker that has not told how far it is for so long is gone; an export that fails so often is given up.
LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 3
#: How long a file can be had.
KEPT = timedelta(days=7)
_row = t.export.c


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be made, for whom; ``file_name`` is this attempt's own."""

    export_id: str
    attempt: int
    person_id: str
    language: str
    format: str
    filters: dict[str, Value]
    typed: str
    columns: tuple[str, ...]
    file_name: str


@dataclass(frozen=True, slots=True)
class TakeExport:
    """The next that waits, or this one if it waits."""

    export_id: str | None = None


@dataclass(frozen=True, slots=True)
class NoteProgress:
    """So many rows are written of so many."""

    export_id: str
    attempt: int
    rows_done: int
    rows_total: int


@dataclass(frozen=True, slots=True)
class FinishExport:
    """The file is there."""

    export_id: str
    attempt: int
    rows: int
    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class GiveUpExport:
    """It cannot be made: its person may read nothing any longer."""

    export_id: str
    attempt: int


@dataclass(frozen=True, slots=True)
class RemoveExpired:
    """Files that were kept long enough."""


def handle_take(command: TakeExport, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Job | None:
    """A job that is this worker's for as long as it tells of its progress; None when nothing waits."""
    due = sa.select(t.export).where(_row.state.in_((WAITING, RUNNING)), _row.next_at <= now)
    if command.export_id is not None:
        due = due.where(_row.id == command.export_id)
    due = due.order_by(_row.next_at, _row.id).limit(10).with_for_update(skip_locked=True)
    for row in work.connection.execute(due).all():
        if row.attempts >= MOST_ATTEMPTS:
            work.batch.update(t.export, (row.id,), {"state": FAILED, "next_at": None, "typed": None, "finished_at": now})
            continue
        taken = {"state": RUNNING, "attempts": row.attempts + 1, "next_at": now + LEASE, "rows_done": 0}
        work.batch.update(t.export, (row.id,), taken)
        return _job(row, row.attempts + 1)
    return None


def handle_progress(command: NoteProgress, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> bool:
    """Whether to go on: not when it was cancelled, or when another worker has taken it up meanwhile."""
    told = {"rows_done": command.rows_done, "rows_total": command.rows_total, "next_at": now + LEASE}
    return _change(work, command, told)


def handle_finish(command: FinishExport, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> bool:
    """Whether the file is wanted still; the words searched for are forgotten."""
    told = {"rows_done": command.rows, "rows_total": command.rows, "digest": command.digest, "size": command.size}
    kept = _change(work, command, told | {"state": DONE, "typed": None, "finished_at": now, "next_at": now + KEPT})
    if kept:
        journal(work, command.export_id, "made", {"rows": command.rows, "digest": command.digest})
    return kept


def handle_give_up(command: GiveUpExport, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> bool:
    """Whether it was under way."""
    return _change(work, command, {"state": FAILED, "typed": None, "finished_at": now, "next_at": None})


def handle_expired(command: RemoveExpired, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> tuple[str, ...]:
    """The names of the files that are to go."""
    over = sa.select(t.export).where(_row.state == DONE, _row.next_at <= now).with_for_update(skip_locked=True)
    rows = work.connection.execute(over).all()
    for row in rows:
        work.batch.update(t.export, (row.id,), {"state": GONE, "next_at": None})
    return tuple(file_name(row) for row in rows)


def _change(work: Work, command: Any, changes: dict[str, Any]) -> bool:
    mine = (_row.id == command.export_id, _row.attempts == command.attempt, _row.state == RUNNING)
    return work.connection.execute(sa.update(t.export).where(*mine).values(changes)).rowcount == 1


def _job(row: Any, attempt: int) -> Job:
    return Job(
        export_id=row.id,
        attempt=attempt,
        person_id=row.person_id,
        language=row.language,
        format=row.format,
        filters=loads(row.filters),
        typed=row.typed or "",
        columns=tuple(loads(row.columns)),
        file_name=f"{row.id}-{attempt}.{row.format}",
    )
