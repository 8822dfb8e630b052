"""The clauses of a draft: their words in both languages, why one is open, new ones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.commands.context import Procedures
from engine.commands.studio.editors.given import HELP, Given, Raw, entry_of
from engine.commands.studio.saving import Edit, Files, edit
from engine.commands.versions.editing import Saved
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import InvalidValues, NotFound
from engine.procedure import Bundle
from engine.procedure.clauses import FILE
from engine.procedure.exchange.cover import clause_cover
from engine.procedure.writing.merging import content_of, rewritten
from engine.storage.work import Work

_ID = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.]{0,18}[A-Za-z0-9])?")
_NOT_AN_ID = Text("编号只用英文字母、数字和点，如 S1.2。", "A number has only letters, digits and dots, such as S1.2.")
_THERE = Text("已有编号为“{id}”的条款。", "There is a clause “{id}” already.")
_NO_CLAUSE = Text("没有这一条。", "There is no such clause.")
_CARRIED = Text(
    "还有 {n} 处写着依据这一条，不能删去：请先在那里改掉。",
    "{n} places name this clause: change them first, then it can go.",
)


@dataclass(frozen=True, slots=True)
class SayClause:
    """A clause as it is to read, or with no ``key`` a new one; ``given`` as posted."""

    at: Edit
    key: str
    given: Raw


@dataclass(frozen=True, slots=True)
class RemoveClause:
    """A clause that nothing names goes."""

    at: Edit
    key: str


def handle_say(command: SayClause, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The clause's number."""
    given = Given(command.given)
    key = command.key or given.one("number")

    def make(bundle: Bundle) -> Files:
        data = _data(bundle)
        _require(given, command.key, key, data)
        words, reason = given.both("words", HELP, needed=True), given.both("open", HELP)
        given.refuse()
        entry = {**_beside(data.get(key)), **entry_of(words)}
        entry.pop("open", None)
        if reason.zh:
            entry["open"] = {**_beside((data.get(key) or {}).get("open")), **entry_of(reason)}
        return _with(bundle, {**data, key: entry})

    edit(command.at, make, work, procedures, actor, now)
    return key


def handle_remove(command: RemoveClause, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Saved:
    """InvalidValues while anything carries it or a story shows it."""

    def make(bundle: Bundle) -> Files:
        cover = next((one for one in clause_cover(bundle) if one.id == command.key), None)
        if cover is None:
            raise NotFound(_NO_CLAUSE)
        count = len(cover.carriers) + len(cover.scenarios)
        if count:
            said = Text(_CARRIED.zh.format(n=count), _CARRIED.en.format(n=count))
            raise InvalidValues(said, {"remove": said})
        return _with(bundle, {key: entry for key, entry in _data(bundle).items() if key != command.key})

    return edit(command.at, make, work, procedures, actor, now)


def _beside(entry: Any) -> dict[str, Any]:
    """What was said there beside the words."""
    return {name: part for name, part in entry.items() if name not in ("zh", "en")} if isinstance(entry, dict) else {}


def _require(given: Given, wanted: str, key: str, data: dict[str, Any]) -> None:
    if wanted and wanted not in data:
        raise NotFound(_NO_CLAUSE)
    if not wanted and not _ID.fullmatch(key):
        given.fault("number", _NOT_AN_ID)
    elif not wanted and key in data:
        given.fault("number", Text(_THERE.zh.format(id=key), _THERE.en.format(id=key)))


def _data(bundle: Bundle) -> dict[str, Any]:
    return content_of(bundle.files.get(FILE))


def _with(bundle: Bundle, data: dict[str, Any]) -> Files:
    return {FILE: rewritten(bundle.files[FILE], data)}
