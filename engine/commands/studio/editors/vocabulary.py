"""The vocabulary of a draft: fields get names, help and choices; what is used anywhere is not taken away."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from engine.commands.context import Procedures
from engine.commands.studio.editors.fields import Entry, new_field
from engine.commands.studio.editors.given import HELP, Given, Raw, entry_of, slug, spare
from engine.commands.studio.editors.typing import as_field, forms_with, typed
from engine.commands.studio.saving import Edit, Files, edit
from engine.commands.versions.editing import Saved
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import InvalidValues, NotFound
from engine.procedure import Bundle
from engine.procedure.findings import Findings
from engine.procedure.reading import FIELDS_FILE
from engine.procedure.safe_yaml import read_yaml
from engine.procedure.vocabulary import CHOICE_TYPES, read_vocabulary
from engine.procedure.writing.merging import content_of, rewritten
from engine.procedure.writing.usage import choice_usages, usages
from engine.storage.work import Work

_NO_FIELD = Text("词汇里没有这个字段。", "The vocabulary has no such field.")
_USED = Text("这个字段还在用，不能删去：见下面列出的 {n} 处。", "The field is in use and cannot go: see the {n} places below.")
_CHOICE_USED = Text(
    "选项“{name}”还用在：{places}。确要删去，请勾选“仍然删去”再保存。",
    "The choice “{name}” is still used in {places}. To remove it all the same, tick “Remove all the same” and save.",
)
_ROW = Text("每个选项都要写中文；英文可以以后补。", "Every choice needs its Chinese; the English can follow later.")
_TWICE = Text("选项“{name}”写了两次。", "The choice “{name}” is there twice.")
_NO_CHOICE = Text("至少留一个选项。", "Leave at least one choice.")
_VALUE = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class AddField:
    """A new field of the vocabulary; ``given`` as posted."""

    at: Edit
    given: Raw


@dataclass(frozen=True, slots=True)
class ChangeField:
    """A field as it is to be called, explained and chosen; ``given`` as posted."""

    at: Edit
    key: str
    given: Raw


@dataclass(frozen=True, slots=True)
class TypeField:
    """A field's type and bounds as they are to be, from a form that asks for it; ``given`` as posted."""

    at: Edit
    key: str
    given: Raw


@dataclass(frozen=True, slots=True)
class RemoveField:
    """A field that nothing uses goes."""

    at: Edit
    key: str


def handle_add(command: AddField, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The key of the new field."""
    made: list[str] = []

    def make(bundle: Bundle) -> Files:
        given, data = Given(command.given), _data(bundle)
        known = read_vocabulary(read_yaml(bundle.files[FIELDS_FILE], FIELDS_FILE, Findings()), Findings())
        key, entry = new_field(given, known)
        given.refuse()
        made.append(key)
        return _with(bundle, {**data, key: entry})

    edit(command.at, make, work, procedures, actor, now)
    return made[0]


def handle_change(command: ChangeField, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Saved:
    """InvalidValues at the posted names; a choice that is used goes only when that was confirmed."""
    return edit(command.at, partial(_changed, command), work, procedures, actor, now)


def handle_type(command: TypeField, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Saved:
    """InvalidValues where a table, a condition, a diagram or a story would no longer fit; what only may not fit asks first."""
    return edit(command.at, partial(_typed, command), work, procedures, actor, now)


def handle_remove(command: RemoveField, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Saved:
    """InvalidValues while anything uses it."""

    def make(bundle: Bundle) -> Files:
        places = usages(bundle).get(command.key, ())
        if places:
            said = Text(_USED.zh.format(n=len(places)), _USED.en.format(n=len(places)))
            raise InvalidValues(said, {"remove": said})
        return _with(bundle, {key: entry for key, entry in _data(bundle).items() if key != command.key})

    return edit(command.at, make, work, procedures, actor, now)


def _changed(command: ChangeField, bundle: Bundle) -> Files:
    data, given = _data(bundle), Given(command.given)
    if not isinstance(data.get(command.key), dict):
        raise NotFound(_NO_FIELD)
    entry = dict(data[command.key])
    label, explained = given.both("name", needed=True), given.both("help", HELP)
    said: Entry = {"zh": label.zh, "en": label.en or None, "help_zh": explained.zh or None, "help_en": explained.en or None}
    said |= {mark: given.ticked(mark) or None for mark in ("personal", "keep")}
    told = typed(given, command.key, entry, bundle)
    if told.get("type", entry.get("type")) in CHOICE_TYPES and entry.get("choices"):
        said["choices"] = _choices(given, command.key, entry, bundle)
    return _written(given, bundle, data, command.key, said | told)


def _typed(command: TypeField, bundle: Bundle) -> Files:
    data, given = _data(bundle), Given(command.given)
    if not isinstance(data.get(command.key), dict):
        raise NotFound(_NO_FIELD)
    return _written(given, bundle, data, command.key, typed(given, command.key, data[command.key], bundle))


def _written(given: Given, bundle: Bundle, data: dict[str, Any], key: str, said: Entry) -> Files:
    """The vocabulary with what is said of the field, None for what is not, and the forms that its type changes."""
    given.refuse()
    entry = {name: value for name, value in {**data[key], **said}.items() if name not in said or value is not None}
    retyped = forms_with(as_field(key, entry), bundle) if "type" in said else {}
    return {**_with(bundle, {**data, key: entry}), **retyped}


def _choices(given: Given, key: str, entry: Entry, bundle: Bundle) -> list[Entry]:
    """The choices that stay, in the order of the page, and the new ones after them; what else was said of one is kept."""
    was = {str(one.get("value")): one for one in entry.get("choices") or () if isinstance(one, dict)}
    gone = set(given.many("gone"))
    found: list[Entry] = []
    for value, zh, en in _rows(given):
        value = value or slug(en) or spare("choice", {*was, *(str(one["value"]) for one in found)})
        if value in gone:
            continue
        if not (zh and _VALUE.fullmatch(value)):
            given.fault("choices", _ROW)
        if any(value == str(one["value"]) or zh == one["zh"] for one in found):
            given.fault("choices", Text(_TWICE.zh.format(name=zh), _TWICE.en.format(name=en or zh)))
        kept = {key: part for key, part in was.get(value, {"value": value}).items() if key not in ("zh", "en")}
        found.append({**kept, **entry_of(Text(zh, en))})
    if not found:
        given.fault("choices", _NO_CHOICE)
    if not given.ticked("sure"):
        for value in gone & set(was):
            _refuse_used(given, key, was[value], bundle)
    return found


def _rows(given: Given) -> list[tuple[str, str, str]]:
    values, zh, en = given.all("choice_value"), given.all_words("choice"), given.all_words("choice_en")
    rows = list(zip(values, zh, en, strict=False))
    return [row for row in rows if any(row)]


def _refuse_used(given: Given, key: str, choice: Entry, bundle: Bundle) -> None:
    places = choice_usages(bundle, key, str(choice["value"]))
    if places:
        names = list(dict.fromkeys(place.name for place in places))[:6]
        zh = _CHOICE_USED.zh.format(name=choice.get("zh"), places="、".join(one.zh for one in names))
        en = _CHOICE_USED.en.format(name=choice.get("en") or choice.get("zh"), places=", ".join(one.en for one in names))
        given.fault("choices", Text(zh, en))


def _data(bundle: Bundle) -> dict[str, Any]:
    return content_of(bundle.files.get(FIELDS_FILE))


def _with(bundle: Bundle, data: dict[str, Any]) -> Files:
    return {FIELDS_FILE: rewritten(bundle.files[FIELDS_FILE], data)}
