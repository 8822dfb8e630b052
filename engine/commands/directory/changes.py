"""What all directory commands share: who may, what a name may be, and the journal of the administration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Table

from engine.commands.session import sentences
from engine.domain.actor import Actor
from engine.domain.events import DirectoryChanged
from engine.domain.ids import new_id
from engine.domain.text import Text
from engine.errors import Forbidden, InvalidValues, NotFound
from engine.storage.journal import head_of
from engine.storage.work import Work

STREAM = ("administration", "company")
ADMINISTRATORS_ONLY = Text("只有管理员可以更改通讯录。", "Only administrators may change the directory.")
NOT_FOUND = Text("没有这一条。请刷新后再试。", "There is no such entry. Reload and try again.")
NEEDED = Text("请填写。", "Please fill this in.")
TAKEN = Text("已经有了，请换一个。", "This exists already: choose another.")
LONGEST = 80
#: Changes in one entry of the journal.
AN_ENTRY = 500


def require_administrator(actor: Actor) -> None:
    """Forbidden for everybody else."""
    if not (actor.administrator or actor.system):
        raise Forbidden(ADMINISTRATORS_ONLY)


def required(**fields: str | None) -> dict[str, str]:
    """The fields without surrounding space; InvalidValues names each one that is missing or too long."""
    cleaned = {name: (value or "").strip() for name, value in fields.items()}
    too_long = sentences.too_long(sentences.WORDS, LONGEST)
    wrong = {name: too_long if value else NEEDED for name, value in cleaned.items() if not 0 < len(value) <= LONGEST}
    if wrong:
        raise InvalidValues(sentences.FORM_REFUSED, wrong)
    return cleaned


def require_row(work: Work, table: Table, row_id: str) -> Any:
    """The row of that id; NotFound when there is none."""
    row = work.connection.execute(sa.select(table).where(table.c.id == row_id)).mappings().first()
    if row is None:
        raise NotFound(NOT_FOUND)
    return row


def require_within(work: Work, table: Table, row_id: str, estate_id: str) -> Any:
    """The row of that id in that estate; NotFound when there is none."""
    row = require_row(work, table, row_id)
    if row["estate_id"] != estate_id:
        raise NotFound(NOT_FOUND)
    return row


def require_unused(work: Work, table: Table, field: str, where: sa.ColumnElement[bool], besides: str | None = None) -> None:
    """InvalidValues when another row has it already."""
    query = sa.select(table.c.id).where(where)
    if besides:
        query = query.where(table.c.id != besides)
    if work.connection.execute(query).first():
        raise InvalidValues(sentences.FORM_REFUSED, {field: TAKEN})


def save(work: Work, table: Table, row: Mapping[str, Any], row_id: str | None = None, *, public: tuple[str, ...] = ()) -> str:
    """Insert, or update when ``row_id`` is given, and journal it with the columns that are not personal; the answer is the id."""
    saved_id = row_id or new_id(work.now)
    if row_id:
        require_row(work, table, row_id)
        work.batch.update(table, (row_id,), dict(row))
    else:
        work.batch.insert(table, {**row, "id": saved_id})
    content = {name: row[name] for name in public if row.get(name) is not None}
    note(work, table, saved_id, "changed" if row_id else "added", content)
    return saved_id


def note(work: Work, table: Table, row_id: str, change: str, content: dict[str, Any] | None = None) -> None:
    """Write a change of the directory to the journal of the administration; once a command, ``note_all`` writes several."""
    note_all(work, f"directory_{table.name}", [DirectoryChanged(table.name, row_id, change, content or {})])


def note_all(work: Work, action: str, changes: Sequence[DirectoryChanged], words: Mapping[str, str] | None = None) -> None:
    """Write the changes of one command to the journal of the administration, so many to an entry that it can still be read.

    ``words`` that somebody typed freely are sealed beside it: the journal's chain covers them, and they can be erased.
    """
    refs = work.seal(*STREAM, {name: said for name, said in (words or {}).items() if said})
    head = head_of(work.connection, *STREAM)
    for start in range(0, len(changes), AN_ENTRY):
        head = work.record(head, STREAM, action, changes[start : start + AN_ENTRY], personal=refs if start == 0 else None)
