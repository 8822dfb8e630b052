"""Several files of a draft changed together: all of them, or none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.commands.context import Procedures
from engine.commands.versions import steps
from engine.commands.versions.drafts import owned, require_free
from engine.commands.versions.editing import NO_FILE, Saved, digest_of, require_seen
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import InvalidState, InvalidValues, Misconfigured
from engine.procedure import Bundle
from engine.procedure.bundle import MAX_FILE_BYTES
from engine.procedure.exchange.canonical import canonical_file
from engine.storage import tables as t
from engine.storage.work import Work

_TOO_LARGE = Text("文件太大，没有保存。", "The file is too large and was not saved.")
#: Stands for the path of a file that is yet to be made.
NEW = "(new)"
#: What is to become of files by their path; None takes a file away.
Files = Mapping[str, bytes | None]


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file as it is to be; no content takes it away. ``seen`` is the SHA-256 of what it was made from, "" for a new file."""

    path: str
    content: bytes | None
    seen: str


@dataclass(frozen=True, slots=True)
class SaveFiles:
    """Files of a draft that belong together, saved at once."""

    draft_id: str
    files: tuple[FileChange, ...]
    take_over: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of one file of a draft by what is wanted; ``seen`` is the SHA-256 of the file that the person looks at."""

    draft_id: str
    path: str
    seen: str
    take_over: bool


def handle(command: SaveFiles, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> dict[str, str]:
    """The digests of what stands now, by path; refusals as those of SaveFile, of any of the files."""
    row = owned(command.draft_id, work, procedures, actor)
    require_free(command.take_over, work, row, actor, now)
    files = Bundle.from_bytes(row["bundle"]).files
    for change in command.files:
        require_seen(files.get(change.path), change.seen)
    return _put(row, {change.path: change.content for change in command.files}, work, actor, now)


def edit(
    wanted: Edit, make: Callable[[Bundle], Files], work: Work, procedures: Procedures, actor: Actor, now: datetime,
    *, together: bool = False,
) -> Saved:  # fmt: skip
    """Change the file, and what goes with it, by a writer; what the writer refuses is InvalidValues.

    With ``together`` all of it is taken back at once, as long as none of the files went on since. InvalidState for a file
    that is not there, unless it is the writer that makes one: then the path is ``NEW``.
    """
    row = owned(wanted.draft_id, work, procedures, actor)
    require_free(wanted.take_over, work, row, actor, now)
    bundle = Bundle.from_bytes(row["bundle"])
    if wanted.path not in bundle.files and wanted.path != NEW:
        raise InvalidState(NO_FILE)
    require_seen(bundle.files.get(wanted.path), wanted.seen)
    try:
        files = make(bundle)
    except Misconfigured as problem:
        raise InvalidValues(problem.text, {"": problem.text}) from problem
    return Saved(_put(row, files, work, actor, now, together).get(wanted.path, ""), now)


def _put(row: Mapping[str, Any], files: Files, work: Work, actor: Actor, now: datetime, together: bool = False) -> dict[str, str]:
    if any(content is not None and len(content) > MAX_FILE_BYTES for content in files.values()):
        raise InvalidValues(_TOO_LARGE)
    before = Bundle.from_bytes(row["bundle"])
    given = {path: canonical_file(path, content) for path, content in files.items() if content is not None}
    stay = {path: content for path, content in before.files.items() if path not in files}
    after = Bundle({**stay, **given})
    steps.remember(work, row, after, actor.person_id, now, together=together)
    changes = {"bundle": after.to_bytes(), "person_id": actor.person_id, "saved_at": now}
    work.batch.update(t.procedure_draft, (row["id"],), changes)
    return {path: digest_of(content) for path, content in given.items()}
