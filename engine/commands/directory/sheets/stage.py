"""A file is read and tried before the transaction; what is kept of it waits until somebody confirms it or throws it away."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from engine.catalogue import Catalogue
from engine.commands.context import Check, Handler, Procedures
from engine.commands.directory.changes import NOT_FOUND, require_administrator
from engine.commands.directory.sheets.columns import HOUSEHOLDS, KINDS
from engine.commands.directory.sheets.directory import Directory
from engine.commands.directory.sheets.planning import Planned, planned
from engine.commands.directory.sheets.reading import read_lines
from engine.commands.directory.sheets.rows import SheetRow, read_rows
from engine.domain.actor import Actor
from engine.domain.ids import new_id
from engine.domain.text import Text
from engine.errors import NotFound
from engine.storage import tables as t
from engine.storage.work import Work

#: What nobody confirmed within a day is thrown away with the next file.
KEPT_FOR = timedelta(days=1)
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class StageImport:
    """A file of a kind as it was uploaded; nothing of it is carried out."""

    kind: str
    file_name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class ReadFile:
    """The same once it has been read."""

    kind: str
    file_name: str
    digest: str
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True, slots=True)
class DropImport:
    """The file is thrown away."""

    import_id: str


def check(command: StageImport, reading: Any, actor: Actor, now: datetime) -> ReadFile:
    """Done before the transaction, because it is slow; InvalidValues at the file when it cannot be taken at all."""
    require_administrator(actor)
    kind = KINDS.get(command.kind)
    if kind is None:
        raise NotFound(NOT_FOUND)
    rows = tuple(read_rows(kind, read_lines(command.content)))
    return ReadFile(kind.key, command.file_name[:LONGEST_NAME], hashlib.sha256(command.content).hexdigest(), rows)


def stage(command: ReadFile, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The id under which the rows wait, with what each would do."""
    require_administrator(actor)
    plan = plan_rows(command.kind, command.rows, work.connection, procedures.catalogue, now)
    import_id = new_id(now)
    work.batch.delete(t.staged_import, t.staged_import.c.staged_at < now - KEPT_FOR)
    row = {"id": import_id, "kind": command.kind, "file_name": command.file_name, "digest": command.digest}
    waits = {
        "row_count": len(command.rows),
        "content": packed(command.rows, plan),
        "staged_at": now,
        "staged_by": actor.person_id,
    }
    work.batch.insert(t.staged_import, {**row, **waits})
    return import_id


def drop(command: DropImport, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> None:
    """Nothing happens when it is gone already."""
    require_administrator(actor)
    work.batch.delete(t.staged_import, t.staged_import.c.id == command.import_id)


def plan_rows(kind: str, rows: Iterable[SheetRow], connection: Connection, catalogue: Catalogue, now: datetime) -> list[Planned]:
    """What each row would do to the directory as it stands."""
    in_force = (catalogue.plain.in_force(key, now).procedure for key in catalogue.keys_in_force(now))
    labels: dict[str, Text] = {key: role.label for procedure in in_force for key, role in procedure.roles.items()}
    directory = Directory(connection, now, labels)
    return list(planned(kind, rows, directory.read_places() if kind == HOUSEHOLDS else directory.read_people()))


def packed(rows: Iterable[SheetRow], plan: Iterable[Planned]) -> bytes:
    """Rows with their outcome, as they wait in the database."""
    entries = [
        {
            "line": row.line,
            "fields": dict(row.fields),
            "fault": [row.fault.zh, row.fault.en] if row.fault else None,
            "outcome": one.outcome,
            "label": one.label,
            "said": [one.said.zh, one.said.en],
        }
        for row, one in zip(rows, plan, strict=True)
    ]
    return zlib.compress(json.dumps(entries, ensure_ascii=False).encode())


def unpacked(connection: Connection, import_id: str) -> tuple[Any, list[SheetRow]]:
    """The row of the file that waits and its rows as they were read; NotFound when nothing waits."""
    found = connection.execute(sa.select(t.staged_import).where(t.staged_import.c.id == import_id)).first()
    if found is None:
        raise NotFound(GONE)
    entries = json.loads(zlib.decompress(found.content))
    return found, [
        SheetRow(entry["line"], entry["fields"], Text(*entry["fault"]) if entry["fault"] else None) for entry in entries
    ]


GONE = Text("这份文件已经导入或已丢弃。请重新上传。", "This file was imported or thrown away already. Upload it again.")
HANDLERS: dict[type, Handler] = {ReadFile: stage, DropImport: drop}
CHECKS: dict[type, Check] = {StageImport: check}
