"""Put a file to a case: checked, stripped of where a picture was taken, stored by its content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

import sqlalchemy as sa

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
    """A file that is looked at already, and stored under ``digest`` for those who may put one there; others are refused."""

    case_id: str
    file_name: str
    file: Examined | InvalidValues
    digest: str | None = None


def check(procedures: Procedures, command: Attach, reading: Reading, actor: Actor, now: datetime) -> AttachKept:
    """Look at the file, make pictures anew and store it before the transaction."""
    try:
        found = examine(command.content, procedures.most_upload_bytes)
    except InvalidValues as refusal:
        return AttachKept(command.case_id, command.file_name, refusal)
    digest = procedures.files.put(found.content) if _may_attach(procedures, command.case_id, reading, actor) else None
    return AttachKept(command.case_id, command.file_name, found, digest)


def _may_attach(procedures: Procedures, case_id: str, reading: Reading, actor: Actor) -> bool:
    # The handler asks all there is to ask; this keeps what strangers send off the disk.
    entry = t.register_entry.c
    query = sa.select(t.cases.c.version_id, entry.estate_id, entry.department).join(t.cases, t.cases.c.id == entry.case_id)
    with reading() as connection:
        row = connection.execute(query.where(entry.case_id == case_id)).first()
    if row is None or row.version_id is None:
        return False
    return permits.may_use(actor, procedures.catalogue.get(row.version_id).procedure, "attach", row.estate_id, row.department)


def handle(command: AttachKept, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The attachment's id; InvalidValues for an empty, too large, unreadable or unwelcome file."""
    session = open_running(work, procedures, command.case_id, "attach")
    if isinstance(command.file, InvalidValues):
        raise command.file
    name = permits.require_words("file", command.file_name.replace("\x00", ""))[-200:]
    attachment_id, size = new_id(now), len(command.file.content)
    digest = command.digest or procedures.files.put(command.file.content)
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
    # The same content may have been erased with another case since it was stored.
    work.afterwards.append(partial(_store_again, procedures, command.file.content))
    return attachment_id


def _store_again(procedures: Procedures, content: bytes) -> None:
    procedures.files.put(content)
