"""The settings and papers of a draft: what people read in them, in both languages, and new names among the settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.commands.context import Procedures
from engine.commands.studio.editors.given import PROSE, Given, Raw, entry_of, slug, spare
from engine.commands.studio.saving import Edit, Files, edit
from engine.commands.versions.editing import Saved
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import InvalidValues
from engine.procedure import Bundle
from engine.procedure.manifest import SCOPES
from engine.procedure.writing.merging import content_of, rewritten
from engine.procedure.writing.words import GROWING, said_at, with_words
from engine.storage.work import Work

_NEEDED = Text("中文不能空着；英文可以以后补。", "The Chinese cannot be empty; the English can follow later.")
_THERE = Text("已有内部名称“{key}”。", "There is “{key}” already.")
_SCOPE = Text("请选范围。", "Choose how far it reaches.")
#: What an entry of a section is called by itself.
_ONE = {"roles": "role", "moments": "moment", "limits": "limit"}
_NOT_HERE = Text("这里不能新增。", "Nothing can be added here.")
_FAULTY = Text("有几处还不对，都没有保存。", "Some of it cannot be taken; nothing was saved.")


@dataclass(frozen=True, slots=True)
class SayWords:
    """The words of a file at their places: columns ``path``, ``zh`` and ``en``, as posted."""

    at: Edit
    given: Raw


@dataclass(frozen=True, slots=True)
class AddName:
    """A new role, moment or limit of the settings; ``given`` as posted."""

    at: Edit
    section: str
    given: Raw


def handle_words(command: SayWords, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Saved:
    """InvalidValues by ``place.zh`` and ``place.en``."""

    def make(bundle: Bundle) -> Files:
        data = _data(bundle, command.at.path)
        wanted = _wanted(command.given, data)
        return {command.at.path: rewritten(bundle.files[command.at.path], with_words(data, wanted))}

    return edit(command.at, make, work, procedures, actor, now)


def handle_name(command: AddName, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The section, with the name in it."""

    def make(bundle: Bundle) -> Files:
        data, given = _data(bundle, command.at.path), Given(command.given)
        there = data.get(command.section)
        if command.section not in GROWING or not isinstance(there, dict | None):
            raise InvalidValues(_NOT_HERE)
        label = given.both("name", needed=True)
        known = slug(label.en) or spare(_ONE[command.section], there or {})
        key = given.name("key", known) if label.zh or given.one("key") else ""
        if key in (there or {}):
            given.fault("key", Text(_THERE.zh.format(key=key), _THERE.en.format(key=key)))
        entry: dict[str, Any] = entry_of(label)
        if GROWING[command.section]:
            entry["scope"] = given.one("scope")
            if entry["scope"] not in SCOPES:
                given.fault("scope", _SCOPE)
        given.refuse()
        changed = {**data, command.section: {**(there or {}), key: entry}}
        return {command.at.path: rewritten(bundle.files[command.at.path], changed)}

    edit(command.at, make, work, procedures, actor, now)
    return command.section


def _wanted(raw: Raw, data: Mapping[str, Any]) -> dict[str, Text]:
    """The posted words by place; places that the file has not are left out."""
    there = {said.path for said in said_at(data)}
    wanted: dict[str, Text] = {}
    faults: dict[str, Text] = {}
    for path, zh, en in zip(raw.get("path", ()), raw.get("zh", ()), raw.get("en", ()), strict=False):
        if path in there:
            given = Given({"zh": [zh], "en": [en]})
            wanted[path] = Text(given.words("zh", PROSE), given.words("en", PROSE))
            if not given.one("zh"):
                given.fault("zh", _NEEDED)
            faults |= {f"{path}.{part}": text for part, text in given.faults.items()}
    if faults:
        raise InvalidValues(_FAULTY, faults)
    return wanted


def _data(bundle: Bundle, path: str) -> dict[str, Any]:
    return content_of(bundle.files.get(path))
