"""Keep a filter of the inbox under a name, call it otherwise, and drop it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from engine.commands.context import Procedures
from engine.commands.session import sentences
from engine.domain.actor import Actor
from engine.domain.codec import dumps
from engine.domain.ids import new_id
from engine.domain.text import Text
from engine.errors import InvalidValues, NotFound
from engine.storage import tables as t
from engine.storage.work import Work

#: So many filters a person keeps, and so long may a name be.
MOST, LONGEST_NAME = 20, 40
_MOST_ENTRIES, _LONGEST_ENTRY = 12, 120
_WORD = re.compile(r"[a-z_]{1,20}")
NAME_NEEDED = Text("请起一个名字。", "Give it a name.")
NOTHING_NARROWED = Text("请先选筛选条件，再保存。", "Choose a filter first, then save it.")
TOO_MANY = Text(
    f"最多保存 {MOST} 个筛选，请先删掉一个不用的。", f"At most {MOST} filters can be kept: delete one that you do not need."
)
TAKEN = Text("已有同名的筛选，请换一个名字。", "Another filter has this name: choose a different one.")
GONE = Text("没有这个筛选，可能已经删掉了。", "There is no such filter: it may have been deleted.")


@dataclass(frozen=True, slots=True)
class SaveFilter:
    """``query`` is what narrows the tab, as its address says it; a name that one has already stands for this from now on."""

    name: str
    tab: str
    query: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RenameFilter:
    """Only one's own."""

    filter_id: str
    name: str


@dataclass(frozen=True, slots=True)
class DeleteFilter:
    """Only one's own; deleting what is gone changes nothing."""

    filter_id: str


def handle_save(command: SaveFilter, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The filter's id; InvalidValues for a name that cannot be, an empty filter, or one too many."""
    name, query = _name(command.name), _query(command)
    kept: dict[str, str] = {row.name: row.id for row in _own(work, actor)}
    row = {"tab": command.tab, "query": query, "saved_at": now}
    if name in kept:
        work.batch.update(t.saved_filter, (kept[name],), row)
        return kept[name]
    if len(kept) >= MOST:
        raise InvalidValues(sentences.FORM_REFUSED, {"name": TOO_MANY})
    filter_id = new_id(now)
    work.batch.insert(t.saved_filter, {"id": filter_id, "person_id": actor.person_id, "name": name, **row})
    return filter_id


def handle_rename(command: RenameFilter, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> None:
    """InvalidValues for a name that cannot be or is taken; NotFound for a filter that is not one's own."""
    name = _name(command.name)
    kept = {row.id: row.name for row in _own(work, actor)}
    if command.filter_id not in kept:
        raise NotFound(GONE)
    if name in (other for filter_id, other in kept.items() if filter_id != command.filter_id):
        raise InvalidValues(sentences.FORM_REFUSED, {"name": TAKEN})
    work.batch.update(t.saved_filter, (command.filter_id,), {"name": name})


def handle_delete(command: DeleteFilter, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> None:
    """Nobody deletes another's."""
    saved = t.saved_filter.c
    work.batch.delete(t.saved_filter, sa.and_(saved.id == command.filter_id, saved.person_id == actor.person_id))


def _own(work: Work, actor: Actor) -> list[Any]:
    saved = t.saved_filter.c
    return list(work.connection.execute(sa.select(saved.id, saved.name).where(saved.person_id == actor.person_id)))


def _name(typed: str) -> str:
    name = " ".join(typed.split())
    if not name:
        raise InvalidValues(sentences.FORM_REFUSED, {"name": NAME_NEEDED})
    if len(name) > LONGEST_NAME:
        raise InvalidValues(sentences.FORM_REFUSED, {"name": sentences.too_long(sentences.WORDS, LONGEST_NAME)})
    return name


def _query(command: SaveFilter) -> str:
    sound = all(_WORD.fullmatch(name) and value and len(value) <= _LONGEST_ENTRY for name, value in command.query.items())
    if not command.query:
        raise InvalidValues(NOTHING_NARROWED)
    if not (sound and _WORD.fullmatch(command.tab) and len(command.query) <= _MOST_ENTRIES):
        raise InvalidValues(sentences.FORGED)
    return dumps(dict(command.query))
