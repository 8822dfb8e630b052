"""A file that was tried is carried out: every row that can be, in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table

from engine.commands.context import Handler, Procedures
from engine.commands.directory.changes import note_all, require_administrator
from engine.commands.directory.places import household_columns
from engine.commands.directory.sheets.planning import REFUSED
from engine.commands.directory.sheets.stage import plan_rows, unpacked
from engine.domain.actor import Actor
from engine.domain.events import DirectoryChanged
from engine.domain.ids import new_id
from engine.storage import tables as t
from engine.storage.work import Work

ACTION = "import_directory"


@dataclass(frozen=True, slots=True)
class ConfirmImport:
    """Rows that cannot be taken are left out, as the report said."""

    import_id: str


@dataclass(frozen=True, slots=True)
class Imported:
    """How many rows had which outcome."""

    counts: dict[str, int]


def confirm(command: ConfirmImport, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Imported:
    """NotFound when it was imported or thrown away before; each row is held against the directory once more."""
    require_administrator(actor)
    waits, rows = unpacked(work.connection, command.import_id)
    plan = plan_rows(waits.kind, rows, work.connection, procedures.catalogue, now)
    counts = dict(Counter(one.outcome for one in plan))
    file = {"file": waits.file_name, "digest": waits.digest, **counts}
    changes = [DirectoryChanged(t.staged_import.name, waits.id, "imported", file)]
    for one in plan:
        for table, row_id, columns in one.puts if one.outcome != REFUSED else ():
            changes.append(_put(work, t.metadata.tables[table], row_id, columns))
    work.batch.delete(t.staged_import, t.staged_import.c.id == command.import_id)
    note_all(work, ACTION, changes)
    return Imported(counts)


def _put(work: Work, table: Table, row_id: str | None, columns: dict[str, Any]) -> DirectoryChanged:
    row = {**columns, **_DERIVED.get(table.name, _nothing)(work, columns)}
    if row_id is not None:
        work.batch.update(table, (row_id,), row)
        return DirectoryChanged(table.name, row_id, "changed")
    row = {"id": new_id(work.now), **row, **_NEW.get(table.name, {})}
    work.batch.insert(table, row)
    return DirectoryChanged(
        table.name, row["id"], "added", {name: row[name] for name in _PUBLIC.get(table.name, ()) if row.get(name)}
    )


def _nothing(work: Work, columns: dict[str, Any]) -> dict[str, Any]:
    return {}


def _found_by(work: Work, columns: dict[str, Any]) -> dict[str, Any]:
    return household_columns(work.secret, columns["name"], columns["phone"] or "")


_DERIVED: dict[str, Callable[[Work, dict[str, Any]], dict[str, Any]]] = {"household": _found_by}
#: What a new row has beside what the file says.
_NEW: dict[str, dict[str, Any]] = {
    "building": {"active": True},
    "household": {"active": True},
    "person": {"active": True, "language": "zh_Hans", "administrator": False, "demo": False, "session_epoch": 0},
}
#: What of a new row is not personal, and so stands in the journal.
_PUBLIC = {
    "building": ("name",),
    "unit": ("room",),
    "household": ("unit_id",),
    "person": ("login",),
    "role_grant": ("person_id", "role", "estate_id", "department"),
}
HANDLERS: dict[type, Handler] = {ConfirmImport: confirm}
