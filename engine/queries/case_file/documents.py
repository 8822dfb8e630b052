"""The files of a case: their list, and one of them with its content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import NotFound
from engine.queries import scope
from engine.queries.case_file.head import Head
from engine.storage.payloads import read
from engine.storage.tables import attachment, person, register_entry

if TYPE_CHECKING:
    from engine.queries.reader import Reader

NO_SUCH_FILE = Text("没有这个文件，或者它不归您看。", "There is no such file, or it is not yours to see.")
ERASED_FILE = Text("这个文件已随个人信息一起删除。", "This file was erased together with the personal data.")


@dataclass(frozen=True, slots=True)
class File:
    """A file put to a case; its name is None once that was erased."""

    id: str
    name: str | None
    media_type: str
    size: int
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Content:
    """A file as it is handed out."""

    name: str | None
    media_type: str
    content: bytes


def files(reader: Reader, actor: Actor, case: Head) -> tuple[File, ...]:
    """The files of a case that the actor was shown, newest first."""
    query = sa.select(attachment, person.c.name).outerjoin(person, person.c.id == attachment.c.person_id)
    query = query.where(attachment.c.case_id == case.case_id).order_by(attachment.c.at.desc(), attachment.c.id.desc())
    rows = reader.connection.execute(query).all()
    names = read(reader.connection, [row.name_payload_id for row in rows]) if rows else {}
    return tuple(_file(row, names.get(row.name_payload_id)) for row in rows)


def content(reader: Reader, actor: Actor, case_id: str, attachment_id: str) -> Content:
    """One file of a case that the actor may read; NotFound under any other case."""
    entry = register_entry.c
    query = sa.select(attachment).join(register_entry, entry.case_id == attachment.c.case_id)
    query = query.where(attachment.c.id == attachment_id, attachment.c.case_id == case_id)
    row = reader.connection.execute(
        query.where(scope.may_read_case(actor, entry.case_id, entry.estate_id, entry.department))
    ).first()
    if row is None:
        raise NotFound(NO_SUCH_FILE)
    name = read(reader.connection, [row.name_payload_id]).get(row.name_payload_id)
    if name is None:
        raise NotFound(ERASED_FILE)
    return Content(str(name), row.media_type, reader.files.get(row.sha256))


def _file(row: Any, name: Any) -> File:
    return File(row.id, str(name) if name else None, row.media_type, row.size, row.name or row.person_id, row.at)
