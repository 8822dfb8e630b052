"""A new field of the vocabulary, as it is given in whichever editor it is thought of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from engine.commands.studio.editors.given import LABEL, Given, entry_of, slug, spare
from engine.domain.text import Text
from engine.errors import InvalidValues
from engine.procedure.vocabulary import CHOICE_TYPES, FIELD_TYPES, Field

_TYPE = Text("请选一个类型。", "Choose a type.")
_CHOICES = Text(
    "请写选项，一行一个，英文可以以后补：中文 | English。",
    "Write the choices, one a line: Chinese | English (it may follow later).",
)
_CHOICE = Text("第 {n} 行要写成“中文 | English”。", "Write line {n} as “Chinese | English”.")
_TWICE = Text("选项“{name}”写了两次。", "The choice “{name}” is there twice.")
_TAKEN = Text(
    "词汇里已有“{label}”（{key}），请直接选它，或换个名字。",
    "The vocabulary has “{label}” ({key}) already: choose that, or use another name.",
)
_BAR = re.compile(r"\s*[|｜]\s*")
Entry = dict[str, Any]


def new_field(given: Given, known: Mapping[str, Field], prefix: str = "new_") -> tuple[str, Entry]:
    """Its key and what fields.yaml says of it; faults are noted at the posted names, which begin with the prefix."""
    name = f"{prefix}name"
    label = given.both(name, needed=True)
    key = given.name(f"{prefix}key", slug(label.en) or spare("question", known)) if label.zh or given.one(f"{prefix}key") else ""
    taken = known.get(key) or next((field for field in known.values() if field.label.zh == label.zh), None)
    if taken is not None and label.zh:
        said = {"label": taken.label.zh, "key": taken.key}, {"label": taken.label.en, "key": taken.key}
        given.fault(name, Text(_TAKEN.zh.format(**said[0]), _TAKEN.en.format(**said[1])))
    kind = given.one(f"{prefix}type")
    if kind not in FIELD_TYPES:
        given.fault(f"{prefix}type", _TYPE)
    entry: Entry = {"type": kind, **entry_of(label)}
    for mark in ("personal", "keep"):
        if given.ticked(prefix + mark):
            entry[mark] = True
    if kind in CHOICE_TYPES:
        entry["choices"] = choices_in(given, f"{prefix}choices")
    return key, entry


def choices_in(given: Given, name: str) -> list[Entry]:
    """The choices of a text, one a line: the two names, before them the value if it is to be a certain one."""
    lines = [line.strip() for line in given.words(name, 4000).splitlines() if line.strip()]
    if not lines:
        given.fault(name, _CHOICES)
    found: list[Entry] = []
    for number, line in enumerate(lines, 1):
        parts = _BAR.split(line)
        value, zh, en = ("", *parts, *[""] * (2 - len(parts))) if len(parts) < 3 else parts if len(parts) == 3 else ("", "", "")
        value = value or slug(en) or f"choice_{number}"
        if not zh or max(len(zh), len(en)) > LABEL:
            given.fault(name, Text(_CHOICE.zh.format(n=number), _CHOICE.en.format(n=number)))
        elif any(value == one["value"] or zh == one["zh"] for one in found):
            given.fault(name, Text(_TWICE.zh.format(name=zh), _TWICE.en.format(name=en)))
        found.append({"value": value, **entry_of(Text(zh, en))})
    return found


def require(given: Given, key: str, known: Mapping[str, Field], name: str) -> Field:
    """The field of that key; InvalidValues with everything noted so far when there is none."""
    field = known.get(key)
    if field is None:
        given.fault(name, Text("请选一个字段。", "Choose a field."))
        raise InvalidValues(given.faults[name], given.faults)
    return field
