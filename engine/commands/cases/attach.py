"""Put a file to a case: checked, stripped of where a picture was taken, stored by its content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.commands.cases.open_case import open_running
from engine.commands.context import Procedures, Reading
from engine.commands.session import permits
from engine.commands.uploads import Examined, examine
from engine.domain import events as ev
from engine.domain.actor import Actor
from engine.domain.ids import new_id
from engine.domain.text import Text
from engine.errors import InvalidValues
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
    """A file that is looked at already; why it cannot be taken is said only to those who may put one there."""

    case_id: str
    file_name: str
    file: Examined | InvalidValues


def check(procedures: Procedures, command: Attach, reading: Reading, actor: Actor, now: datetime) -> AttachKept:
    """Look at the file before the transaction, and make pictures anew."""
    try:
        return AttachKept(command.case_id, command.file_name, examine(command.content, procedures.most_upload_bytes))
    except InvalidValues as refusal:
        return AttachKept(command.case_id, command.file_name, refusal)


def handle(command: AttachKept, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The attachment's id; InvalidValues for an empty, too large, unreadable or unwelcome file."""
    session = open_running(work, procedures, command.case_id, "attach")
    if isinstance(command.file, InvalidValues):
        raise command.file
    name = permits.require_words("file", command.file_name.replace("\x00", ""))[-200:]
    attachment_id, size = new_id(now), len(command.file.content)
    digest = procedures.files.put(command.file.content)
    session.personal["file_name"] = name
    session.events.append(ev.AttachmentAdded(attachment_id, digest, command.file.media_type, size))
    row = {
        "id": attachment_id,
        "case_id": session.case_id,
        "estate_id": session.entry["estate_id"],
        "sha256": digest,
        "media_type": command.file.media_type,
        "size": size,
        "person_id": actor.person_id,
        "at": now,
    }
    session.after_sealing.append(lambda refs: work.batch.insert(t.attachment, {**row, "name_payload_id": refs["file_name"][0]}))
    session.finish("attach", SAID)
    return attachment_id
