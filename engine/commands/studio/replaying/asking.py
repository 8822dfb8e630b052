"""An owner asks for a replay of a period's complaints through a draft as it stands, or gives one up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from engine.commands.context import Procedures
from engine.commands.session import sentences
from engine.commands.versions import record
from engine.commands.versions.drafts import owned
from engine.domain.actor import Actor
from engine.domain.events import DirectoryChanged
from engine.domain.ids import new_id
from engine.domain.text import Text
from engine.errors import InvalidState, InvalidValues, NotFound
from engine.procedure import Bundle
from engine.storage import tables as t
from engine.storage.journal import head_of
from engine.storage.work import Work

WAITING, RUNNING, DONE, CANCELLED, FAILED = "waiting", "running", "done", "cancelled", "failed"
WHICH = ("all", "closed", "open")
_UNDER_WAY = Text(
    "这份草稿已有一次回放在进行。请等一等，或先取消它。", "A replay of this draft is under way: wait for it, or cancel it first."
)
_ORDER = Text("结束日期早于开始日期。", "The last day lies before the first.")
_CHOOSE = Text("请从列表中选择。", "Choose one from the list.")
_NO_SUCH = Text("没有这次回放。", "There is no such replay.")
_OVER = Text("这次回放已经结束了。", "This replay has ended already.")


@dataclass(frozen=True, slots=True)
class BeginReplay:
    """Complaints registered from the first day to the last, either may be left open; ``which`` is all, closed or open."""

    draft_id: str
    since: date | None
    until: date | None
    which: str


@dataclass(frozen=True, slots=True)
class CancelReplay:
    """Stop one that waits or runs; what it has found so far is kept."""

    run_id: str


def handle_begin(command: BeginReplay, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The id of the run, which a worker carries out; InvalidState while another of the same draft is under way."""
    row = owned(command.draft_id, work, procedures, actor)
    if command.which not in WHICH:
        raise InvalidValues(sentences.FORM_REFUSED, {"which": _CHOOSE})
    if command.since and command.until and command.until < command.since:
        raise InvalidValues(sentences.FORM_REFUSED, {"until": _ORDER})
    run = t.replay_run.c
    busy = sa.select(run.id).where(run.draft_id == command.draft_id, run.state.in_((WAITING, RUNNING)))
    if work.connection.execute(busy.limit(1)).first() is not None:
        raise InvalidState(_UNDER_WAY)
    period = {"since": _day(command.since), "until": _day(command.until), "which": command.which}
    new = {
        "id": new_id(now),
        "draft_id": command.draft_id,
        "procedure_key": row["procedure_key"],
        "base_number": row["base_number"],
        "digest": Bundle.from_bytes(row["bundle"]).digest,
        "bundle": row["bundle"],
        "person_id": actor.person_id,
        **period,
        "state": WAITING,
        "attempts": 0,
        "cases_done": 0,
        "requested_at": now,
        "next_at": now,
    }
    work.batch.insert(t.replay_run, new)
    journal(work, new, "replay_requested", {key: value for key, value in period.items() if value})
    return str(new["id"])


def handle_cancel(command: CancelReplay, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> None:
    """NotFound for an unknown one, Forbidden for those who may not change the procedure, InvalidState once it is over."""
    query = sa.select(t.replay_run).where(t.replay_run.c.id == command.run_id).with_for_update()
    row = work.connection.execute(query).mappings().first()
    latest = procedures.catalogue.latest(row["procedure_key"]) if row is not None else None
    if row is None or latest is None:
        raise NotFound(_NO_SUCH)
    record.require_owner(actor, latest.procedure)
    if row["state"] not in (WAITING, RUNNING):
        raise InvalidState(_OVER)
    work.batch.update(t.replay_run, (row["id"],), {"state": CANCELLED, "next_at": None, "finished_at": now})
    journal(work, dict(row), "replay_cancelled", {})


def journal(work: Work, row: Mapping[str, Any], change: str, content: Mapping[str, Any]) -> None:
    """What was played through which state of the files is a matter of record: it stands with the procedure."""
    stream = ("procedure", str(row["procedure_key"]))
    told = {"digest": row["digest"], "base": str(row["base_number"]), **content}
    event = DirectoryChanged(t.replay_run.name, str(row["id"]), change, told)
    work.record(head_of(work.connection, *stream), stream, change, [event])


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
