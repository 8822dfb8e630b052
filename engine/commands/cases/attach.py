"""Put a file to a case: checked, stripped of where a picture was taken, stored by its content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from engine.commands.cases.open_case import open_running
from engine.commands.context import Procedures, Reading
from engine.commands.session import permits
from engine.commands.uploads import Examined, examine
from engine.domain import events as ev
from engine.domain.actor import Actor
from engine.domain.ids import new_id
from engine.domain.text import Text
from engine.storage import tables as t
from engine.storage.work import Work

SAID = Text("文件已收下。", "The file is kept.")


@dataclass(frozen=True, slots=True)
class Attach:
    """``content`` is the whole file; ``item_id`` names the work item it was given for, if any."""

    case_id: str
    file_name: str
    content: bytes
    item_id: str | None = None


@dataclass(frozen=True, slots=True)
class AttachKept:
    """A file that is looked at and stored already, under ``digest``."""

    case_id: str
    file_name: str
    file: Examined
    digest: str


def check(procedures: Procedures, command: Attach, reading: Reading, actor: Actor, now: datetime) -> AttachKept:
    """Look at the file and store it before the transaction; InvalidValues for an empty, large, unreadable or unwelcome one."""
    found = examine(command.content, procedures.most_upload_bytes)
    return AttachKept(command.case_id, command.file_name, found, procedures.files.put(found.content))


def handle(command: AttachKept, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The attachment's id."""
    session = open_running(work, procedures, command.case_id, "attach")
    name = permits.require_words("file", command.file_name.replace("\x00", ""))[-200:]
    attachment_id, size = new_id(now), len(command.file.content)
    session.personal["file_name"] = name
    session.events.append(ev.AttachmentAdded(attachment_id, command.digest, command.file.media_type, size))
    row = {
        "id": attachment_id,
        "case_id": session.case_id,
        "estate_id": session.entry["estate_id"],
        "sha256": command.digest,
        "media_type": command.file.media_type,
        "size": size,
        "person_id": actor.person_id,
        "at": now,
    }
    session.after_sealing.append(lambda refs: work.batch.insert(t.attachment, {**row, "name_payload_id": refs["file_name"][0]}))
    session.finish("attach", SAID)
    # The same content may have been erased with another case since it was stored.
    work.afterwards.append(partial(_store_again, procedures, command.file.content))
    return attachment_id


def _store_again(procedures: Procedures, content: bytes) -> None:
    procedures.files.put(content)
