"""A change of a draft's file is taken back, or made again, whichever editor it was made with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.commands.context import Procedures
from engine.commands.versions import steps
from engine.commands.versions.drafts import owned, require_free
from engine.commands.versions.editing import Saved, digest_of, require_seen
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import InvalidState
from engine.procedure.bundle import Bundle
from engine.storage import tables as t
from engine.storage.work import Work

_NOTHING_DONE = Text("没有可以撤销的修改。", "There is nothing to undo.")
_NOTHING_UNDONE = Text("没有可以重做的修改。", "There is nothing to redo.")


@dataclass(frozen=True, slots=True)
class UndoFile:
    """Take back the last change of a file; ``seen`` is the SHA-256 of the file that the person looks at, "" for none."""

    draft_id: str
    path: str
    seen: str
    take_over: bool = False


@dataclass(frozen=True, slots=True)
class RedoFile:
    """Make the change again that was taken back last; ``seen`` as for UndoFile."""

    draft_id: str
    path: str
    seen: str
    take_over: bool = False


def handle_undo(command: UndoFile, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Saved:
    """What stands afterwards, its digest "" when the file was new; InvalidState when nothing is left to take back."""
    row = _opened(command, work, procedures, actor, now)
    step = steps.last_done(work, command.draft_id, command.path)
    if step is None:
        raise InvalidState(_NOTHING_DONE)
    return _exchanged(row, step, work, actor, now)


def handle_redo(command: RedoFile, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Saved:
    """What stands afterwards; InvalidState when nothing was taken back, or the file was changed since."""
    row = _opened(command, work, procedures, actor, now)
    step = steps.first_undone(work, command.draft_id, command.path)
    if step is None:
        raise InvalidState(_NOTHING_UNDONE)
    return _exchanged(row, step, work, actor, now)


def _opened(command: UndoFile | RedoFile, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Mapping[str, Any]:
    row = owned(command.draft_id, work, procedures, actor)
    require_free(command.take_over, work, row, actor, now)
    require_seen(Bundle.from_bytes(row["bundle"]).files.get(command.path), command.seen)
    return row


def _exchanged(row: Mapping[str, Any], step: Mapping[str, Any], work: Work, actor: Actor, now: datetime) -> Saved:
    """The step, and those of other files that belong to it, change places with the draft: what stood is kept for the way back."""
    files = dict(Bundle.from_bytes(row["bundle"]).files)
    for one in (step, *steps.beside(work, step)):
        stood, wanted = files.pop(one["path"], None), steps.unpacked(one["content"])
        if wanted is not None:
            files[one["path"]] = wanted
        kept = {"content": steps.packed(stood), "undone": not one["undone"]}
        work.batch.update(t.draft_step, (one["draft_id"], one["seq"]), kept)
    changes = {"bundle": Bundle(files).to_bytes(), "person_id": actor.person_id, "saved_at": now}
    work.batch.update(t.procedure_draft, (row["id"],), changes)
    return Saved(digest_of(files[step["path"]]) if step["path"] in files else "", now)
