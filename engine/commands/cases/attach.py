"""Put a file to a case: checked, stripped of where a picture was taken, stored by its content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.commands.cases.open_case import open_running
from engine.commands.context import Procedures
from engine.commands.session import permits
from engine.commands.uploads import examine
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


def handle(command: Attach, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The attachment's id; InvalidValues for an empty, too large, unreadable or unwelcome file."""
    session = open_running(work, procedures, command.case_id, "attach")
    name = permits.require_words("file", command.file_name.replace("\x00", ""))[-200:]
    found = examine(command.content, procedures.most_upload_bytes)
    attachment_id = new_id(now)
    digest = procedures.files.put(found.content)
    session.personal["file_name"] = name
    session.events.append(ev.AttachmentAdded(attachment_id, digest, found.media_type, len(found.content)))
    row = {
        "id": attachment_id,
        "case_id": session.case_id,
        "estate_id": session.entry["estate_id"],
        "sha256": digest,
        "media_type": found.media_type,
        "size": len(found.content),
        "person_id": actor.person_id,
        "at": now,
    }
    session.after_sealing.append(lambda refs: work.batch.insert(t.attachment, {**row, "name_payload_id": refs["file_name"][0]}))
    session.finish("attach", SAID)
    return attachment_id
