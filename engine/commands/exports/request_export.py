"""Have a file made of the register as it is seen, or give one up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from engine.commands.context import Procedures
from engine.commands.directory.changes import STREAM
from engine.commands.exports.choose_columns import require_columns
from engine.commands.session import sentences
from engine.domain.actor import Actor
from engine.domain.codec import dumps
from engine.domain.events import DirectoryChanged
from engine.domain.ids import new_id
from engine.domain.text import Text
from engine.domain.values import Value
from engine.errors import InvalidState, InvalidValues, NotFound
from engine.storage import tables as t
from engine.storage.journal import head_of
from engine.storage.work import Work

FORMATS = ("xlsx", "csv")
WAITING, RUNNING, DONE, CANCELLED, FAILED, GONE = "waiting", "running", "done", "cancelled", "failed", "gone"
#: A person's files under way at the same time.
MOST = 3
_UNKNOWN_FORMAT = Text("请选 Excel 或 CSV。", "Choose Excel or CSV.")
_NO_SUCH = Text("没有这份导出。", "There is no such file.")
_OVER = Text("这份导出已经结束了。", "This export has ended already.")


@dataclass(frozen=True, slots=True)
class RequestExport:
    """``filters`` by name without the words typed, which may be somebody's name and are kept apart until the file is made."""

    filters: Mapping[str, Value]
    typed: str
    columns: tuple[str, ...]
    format: str


@dataclass(frozen=True, slots=True)
class CancelExport:
    """Stop one that is under way, or take away the file of one that is done."""

    export_id: str


def handle_request(command: RequestExport, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The id of the export, which a worker makes; what it is made of is written to the journal of the administration."""
    require_columns(command.columns)
    if command.format not in FORMATS:
        raise InvalidValues(sentences.FORM_REFUSED, {"format": _UNKNOWN_FORMAT})
    _require_room(work, actor)
    export_id = new_id(now)
    filters = {name: value for name, value in command.filters.items() if value}
    row: dict[str, Any] = {
        "id": export_id,
        "person_id": actor.person_id,
        "format": command.format,
        "language": actor.language,
        "filters": dumps(filters),
        "typed": command.typed or None,
        "columns": dumps(list(command.columns)),
        "state": WAITING,
        "attempts": 0,
        "rows_done": 0,
        "requested_at": now,
        "next_at": now,
    }
    work.batch.insert(t.export, row)
    content = {"filters": filters, "columns": list(command.columns), "format": command.format}
    journal(work, export_id, "requested", content, {"words": command.typed} if command.typed else {})
    return export_id


def handle_cancel(command: CancelExport, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str | None:
    """The name of the file that is to go, None when none was made; NotFound for somebody else's, InvalidState once it is over."""
    row = work.connection.execute(sa.select(t.export).where(t.export.c.id == command.export_id)).first()
    if row is None or row.person_id != actor.person_id:
        raise NotFound(_NO_SUCH)
    if row.state not in (WAITING, RUNNING, DONE):
        raise InvalidState(_OVER)
    state = GONE if row.state == DONE else CANCELLED
    work.batch.update(t.export, (row.id,), {"state": state, "next_at": None, "typed": None, "finished_at": now})
    journal(work, row.id, state, {})
    return file_name(row) if row.state == DONE else None


def journal(
    work: Work, export_id: str, change: str, content: dict[str, Any], personal: Mapping[str, Value] | None = None
) -> None:
    """An export of personal data is a matter of record: the words searched for among it, sealed as every personal value."""
    refs = work.seal(*STREAM, personal) if personal else {}
    events = [DirectoryChanged(t.export.name, export_id, change, content)]
    work.record(head_of(work.connection, *STREAM), STREAM, "export", events, personal=refs)


def file_name(row: Any) -> str:
    """Where an attempt puts its file: two of the same export never meet in one."""
    return f"{row.id}-{row.attempts}.{row.format}"


def _require_room(work: Work, actor: Actor) -> None:
    row = t.export.c
    mine = sa.select(sa.func.count()).where(row.person_id == actor.person_id, row.state.in_((WAITING, RUNNING)))
    if work.connection.execute(mine).scalar_one() >= MOST:
        raise InvalidState(
            Text(
                f"您还有 {MOST} 份导出没有做完，请等一等，或先取消一份。",
                f"{MOST} of your exports are under way: wait, or cancel one.",
            )
        )
