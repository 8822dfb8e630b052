"""How a worker runs a replay: taken by one at a time, told how far it is, done; taken up again when its worker is gone."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from engine.commands.context import Procedures
from engine.commands.studio.replaying.asking import DONE, FAILED, RUNNING, WAITING, journal
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.procedure import Bundle
from engine.rehearsal.replay.outcome import NEWLY_KEPT, NEWLY_MISSED
from engine.storage import tables as t
from engine.storage.work import Work

#: A worker that has told nothing for so long is gone; a replay that fails so often is given up.
LEASE = timedelta(seconds=90)
MOST_ATTEMPTS = 3
_GIVEN_UP = Text("回放几次都没有做完，已放弃。", "The replay could not be finished, however often it was tried.")
_run = t.replay_run.c


@dataclass(frozen=True, slots=True)
class ReplayJob:
    """What is to be played through what."""

    run_id: str
    attempt: int
    procedure_key: str
    bundle: Bundle
    since: date | None
    until: date | None
    which: str


@dataclass(frozen=True, slots=True)
class TakeReplay:
    """The next that waits, or this one if it waits."""

    run_id: str | None = None


@dataclass(frozen=True, slots=True)
class NoteReplay:
    """Outcomes of some more cases; so many are done of so many, of those that were found, and all done so far come to this."""

    run_id: str
    attempt: int
    done: int
    total: int
    found: int
    outcomes: tuple[Mapping[str, Any], ...]
    totals: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class FinishReplay:
    """All of it is done, and comes to this."""

    run_id: str
    attempt: int
    totals: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FailReplay:
    """The draft cannot be played through."""

    run_id: str
    attempt: int
    why: Text


def handle_take(command: TakeReplay, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> ReplayJob | None:
    """A job that is this worker's for as long as it tells of its progress; None when nothing waits."""
    due = sa.select(t.replay_run).where(_run.state.in_((WAITING, RUNNING)), _run.next_at <= now)
    if command.run_id is not None:
        due = due.where(_run.id == command.run_id)
    rows = work.connection.execute(due.order_by(_run.next_at, _run.id).limit(10).with_for_update(skip_locked=True))
    for row in rows.mappings().all():
        if row["attempts"] >= MOST_ATTEMPTS:
            _end(work, dict(row), FAILED, now, problem=_said(_GIVEN_UP))
            continue
        attempt = row["attempts"] + 1
        taken = {"state": RUNNING, "attempts": attempt, "next_at": now + LEASE, "cases_done": 0, "totals": None}
        work.batch.update(t.replay_run, (row["id"],), taken)
        # What a worker that is gone has found is found anew.
        work.batch.delete(t.replay_case, t.replay_case.c.run_id == row["id"])
        days = [None if day is None else date.fromisoformat(day) for day in (row["since"], row["until"])]
        bundle = Bundle.from_bytes(row["bundle"])
        return ReplayJob(row["id"], attempt, row["procedure_key"], bundle, days[0], days[1], row["which"])
    return None


def handle_note(command: NoteReplay, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> bool:
    """Whether to go on: not when it was cancelled, or when another worker has taken it up meanwhile."""
    told = {"cases_done": command.done, "cases_total": command.total, "cases_found": command.found, "next_at": now + LEASE}
    if command.totals is not None:
        # Whoever gives it up keeps what it has come to.
        told["totals"] = _written(command.totals)
    wanted = _change(work, command, told)
    for outcome in command.outcomes if wanted else ():
        work.batch.insert(t.replay_case, _row(command.run_id, outcome))
    return wanted


def handle_finish(command: FinishReplay, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> bool:
    """Whether it was still wanted; what it came to is noted in the procedure's journal."""
    told = {"state": DONE, "totals": _written(command.totals), "finished_at": now, "next_at": None}
    wanted = _change(work, command, told)
    if wanted:
        row = work.connection.execute(sa.select(t.replay_run).where(_run.id == command.run_id)).mappings().one()
        journal(work, dict(row), "replay_done", {name: str(command.totals[name]) for name in _JOURNALED})
    return wanted


def handle_fail(command: FailReplay, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> bool:
    """Whether it was under way."""
    return _change(work, command, {"state": FAILED, "problem": _said(command.why), "finished_at": now, "next_at": None})


def _row(run_id: str, outcome: Mapping[str, Any]) -> dict[str, Any]:
    changes = [limit["change"] for limit in outcome["limits"]]
    more = [task["more"] for task in outcome["tasks"]]
    stuck = outcome["stuck"] or {}
    return {
        "run_id": run_id,
        "case_id": outcome["case_id"],
        "number": outcome["number"],
        "closed": outcome["closed"],
        "same": outcome["same"],
        "stuck": stuck.get("kind"),
        "stuck_at": stuck.get("element"),
        "newly_missed": changes.count(NEWLY_MISSED),
        "newly_kept": changes.count(NEWLY_KEPT),
        "added": sum(one for one in more if one > 0),
        "gone": -sum(one for one in more if one < 0),
        "assumed": outcome["assumed"],
        "outcome": zlib.compress(json.dumps(dict(outcome), ensure_ascii=False, separators=(",", ":")).encode()),
    }


def _end(work: Work, row: Mapping[str, Any], state: str, now: datetime, **more: Any) -> None:
    work.batch.update(t.replay_run, (row["id"],), {"state": state, "next_at": None, "finished_at": now, **more})


def _change(work: Work, command: Any, changes: dict[str, Any]) -> bool:
    mine = (_run.id == command.run_id, _run.attempts == command.attempt, _run.state == RUNNING)
    return work.connection.execute(sa.update(t.replay_run).where(*mine).values(changes)).rowcount == 1


def _written(totals: Mapping[str, Any]) -> str:
    return json.dumps(dict(totals), ensure_ascii=False)


def _said(text: Text) -> str:
    return json.dumps({"zh": text.zh, "en": text.en}, ensure_ascii=False)


#: What the journal keeps of the totals.
_JOURNALED = ("cases", "same", "newly_missed", "newly_kept", "added", "gone", "stuck")
