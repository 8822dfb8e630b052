"""Work on one file of a draft in the browser: one person at a time, saved as one goes, never on top of another's work."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from engine.commands.context import Procedures
from engine.commands.versions import record, steps
from engine.commands.versions.drafts import owned, require_free
from engine.domain.actor import Actor
from engine.domain.ids import new_id
from engine.domain.text import Text
from engine.errors import Conflict, InvalidValues, NotFound
from engine.procedure.bundle import MAX_FILE_BYTES, Bundle
from engine.procedure.exchange.canonical import canonical_file
from engine.procedure.exchange.examining import kept
from engine.procedure.writing.order import in_order_of
from engine.storage import tables as t
from engine.storage.work import Work

NO_FILE = Text("这份草稿里没有这个文件。", "The draft has no such file.")
_NO_PROCEDURE = Text("没有这一份规程。", "There is no such procedure.")
_TOO_LARGE = Text("文件太大，没有保存。请把图拆小。", "The file is too large and was not saved. Split the drawing.")
_CHANGED = Text(
    "这个文件在别处改过了。您的修改保留在本机，请刷新后再继续。",
    "The file was changed elsewhere meanwhile. Your changes are kept in this browser: reload to go on.",
)


@dataclass(frozen=True, slots=True)
class BeginDraft:
    """A new draft of a procedure, beginning as the version published last, or as an earlier one that is to come back."""

    procedure_key: str
    like: int | None = None


@dataclass(frozen=True, slots=True)
class SaveFile:
    """One file of a draft as it is now; ``seen`` is the SHA-256 of what it was made from.

    ``drawn`` says that it saves itself while somebody draws: what is saved within a minute is one step to take back.
    """

    draft_id: str
    path: str
    content: bytes
    seen: str
    take_over: bool = False
    drawn: bool = False


@dataclass(frozen=True, slots=True)
class Saved:
    """What stands in the draft now."""

    digest: str
    at: datetime


class ChangedMeanwhile(Conflict):
    """The file is no longer what the change was made from."""


def handle_begin(command: BeginDraft, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The draft's id."""
    latest = procedures.catalogue.latest(command.procedure_key)
    if latest is None:
        raise NotFound(_NO_PROCEDURE)
    record.require_owner(actor, latest.procedure)
    draft_id = new_id(now)
    row = {
        "id": draft_id,
        "procedure_key": command.procedure_key,
        "base_number": latest.number,
        "bundle": kept(_beginning(command, work, latest.procedure.bundle)).to_bytes(),
        "person_id": actor.person_id,
        "saved_at": now,
    }
    work.batch.insert(t.procedure_draft, row)
    return draft_id


def _beginning(command: BeginDraft, work: Work, latest: Bundle) -> Bundle:
    if command.like is None:
        return latest
    return Bundle.from_bytes(record.version_row(work, command.procedure_key, command.like)["bundle"])


def handle_save(command: SaveFile, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Saved:
    """Keep it, readable or not: the check says what is wrong, and a half-finished drawing is still somebody's work.

    HeldByOther while another person edits the draft; ChangedMeanwhile when the file is no longer what it was made from.
    """
    row = owned(command.draft_id, work, procedures, actor)
    require_free(command.take_over, work, row, actor, now)
    bundle = Bundle.from_bytes(row["bundle"])
    if command.path not in bundle.files:
        raise NotFound(NO_FILE)
    if len(command.content) > MAX_FILE_BYTES:
        raise InvalidValues(_TOO_LARGE)
    present = bundle.files[command.path]
    content = canonical_file(command.path, _in_order(command.path, present, command.content))
    # What stands there already is sent again by an editor whose answer was lost.
    if content != present:
        require_seen(present, command.seen)
    changed = Bundle({**bundle.files, command.path: content})
    steps.remember(work, row, changed, actor.person_id, now, drawn=command.drawn)
    work.batch.update(
        t.procedure_draft,
        (row["id"],),
        {"bundle": changed.to_bytes(), "person_id": actor.person_id, "saved_at": now},
    )
    return Saved(digest_of(content), now)


def _in_order(path: str, present: bytes, wanted: bytes) -> bytes:
    # An editor writes what was moved, or copied from elsewhere, last: the next reader of the difference would look for a change.
    return in_order_of(present, wanted) if path.endswith(".bpmn") else wanted


def digest_of(content: bytes) -> str:
    """The SHA-256 (hex) by which an editor names the file that it was given."""
    return hashlib.sha256(content).hexdigest()


def require_seen(content: bytes | None, seen: str) -> None:
    """Conflict when the file, or that there is none, is not what the person was looking at."""
    if ("" if content is None else digest_of(content)) != seen:
        raise ChangedMeanwhile(_CHANGED)
