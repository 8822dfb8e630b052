"""Ids of a procedure in people's words: what steps, limits, roles, fields and choices are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from engine.domain.text import Text
from engine.procedure import Procedure
from engine.procedure.decisions.spoken import TRUTH
from engine.rehearsal.hands import ANOTHER

_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::00|(:\d{2}))?(?:\.\d+)?(?:[+-]\d{2}:\d{2}|Z)?")
#: What an expectation of a story is about.
ABOUT: Mapping[str, Text] = {
    "open": Text("正在办的任务", "Open tasks"),
    "includes": Text("正在办的任务里要有", "Among the open tasks"),
    "not_open": Text("正在办的任务", "Open tasks"),
    "value": Text("填写的内容", "Values"),
    "due": Text("到期时间", "Due"),
    "breached": Text("超时的时限", "Overdue limits"),
    "not_breached": Text("超时的时限", "Overdue limits"),
    "told": Text("告知的人", "Who was told"),
    "not_told": Text("告知的人", "Who was told"),
    "drafted": Text("起草的文书", "Papers drafted"),
    "not_drafted": Text("起草的文书", "Papers drafted"),
    "called": Text("自动做的事", "Done by itself"),
    "decided": Text("决策结果", "Decided"),
    "shows": Text("表单上要有", "Shown on the form"),
    "hides": Text("表单上不应有", "Not on the form"),
    "path": Text("走过的路", "The way taken"),
    "not_path": Text("走过的路", "The way taken"),
    "closed": Text("已办结", "Closed"),
    "outcome": Text("结果", "Outcome"),
    "refused": Text("拒绝", "Refused"),
}
_QUOTED = re.compile(r'([“"])([A-Za-z_][A-Za-z0-9_]*)([”"])')
_NONE = Text("没有", "none")
_PLAIN = {**TRUTH, "null": _NONE, "None": _NONE}
_NOTHING = Text("没有", "nothing")
_ANOTHER_PERSON = Text("另一个人", "another person")
_COMMA = re.compile(r",\s*")


def name_of(procedure: Procedure, key: str) -> Text | None:
    """What people call whatever has this id or key; None for what the procedure does not know."""
    if key in procedure.elements:
        return procedure.label(key)
    role, field = procedure.roles.get(key), procedure.vocabulary.get(key)
    if role is not None:
        return role.label
    if key in procedure.limits:
        return procedure.limits[key]
    if field is not None:
        return field.label
    if key in procedure.actions:
        return procedure.actions[key].name
    if key in procedure.decisions:
        return procedure.decisions[key].label
    return _of_choice(procedure, key) or _of_paper(procedure, key) or _of_another(procedure, key)


def people(procedure: Procedure) -> list[tuple[str, Text]]:
    """Everybody on a walk: of each role whoever usually has it, and a second person."""
    keys = [key for role in procedure.roles for key in (role, f"{ANOTHER}{role}")]
    return [(key, called(procedure, key)) for key in keys]


def has_name(procedure: Procedure, key: str) -> bool:
    """Whether anybody gave it a name of its own."""
    found = name_of(procedure, key)
    return found is not None and found.zh != key


def called(procedure: Procedure, key: str) -> Text:
    """The same, and the id itself for what has no name."""
    return name_of(procedure, key) or Text(key, key)


def listed(procedure: Procedure, keys: Iterable[str]) -> Text:
    """Several names in one line."""
    names = [called(procedure, key) for key in dict.fromkeys(keys) if key]
    return Text("、".join(name.zh for name in names), ", ".join(name.en for name in names)) if names else _NOTHING


def reworded(procedure: Procedure, line: str) -> Text:
    """A line of ids and values, as a report has it, with every id by its name."""
    return Text(_reworded(procedure, line, "zh"), _reworded(procedure, line, "en"))


def quoted_by_name(procedure: Procedure, text: Text) -> Text:
    """A sentence of the engine in which every quoted id is replaced by its name."""
    return Text(_quoted(procedure, text.zh, "zh"), _quoted(procedure, text.en, "en"))


def clock(procedure: Procedure, moment: datetime) -> str:
    """A moment in the procedure's own zone."""
    return f"{moment.astimezone(procedure.day_rules.tz):%Y-%m-%d %H:%M}"


def _of_another(procedure: Procedure, key: str) -> Text | None:
    role = procedure.roles.get(key.removeprefix(ANOTHER))
    if key == ANOTHER.rstrip("_"):
        return _ANOTHER_PERSON
    return None if role is None else Text(f"另一位{role.label.zh}", f"another {role.label.en}")


def _reworded(procedure: Procedure, line: str, language: str) -> str:
    inner = line.strip()
    while inner[:1] + inner[-1:] in ("[]", "{}"):
        inner = inner[1:-1].strip()
    if not inner:
        return _NOTHING.in_language(language)
    said = _ID.sub(lambda found: _word(procedure, found[0], language), _MOMENT.sub(r"\1 \2\3", inner))
    return said if language == "en" else _COMMA.sub("、", said).replace(": ", "：")


def _quoted(procedure: Procedure, said: str, language: str) -> str:
    return _QUOTED.sub(lambda found: f"{found[1]}{_word(procedure, found[2], language)}{found[3]}", said)


def _word(procedure: Procedure, word: str, language: str) -> str:
    found = _PLAIN.get(word) or name_of(procedure, word)
    return found.in_language(language) if found else word


def _of_choice(procedure: Procedure, value: str) -> Text | None:
    choices = (field.choice(value) for field in procedure.vocabulary.values() if field.choices)
    return next((choice.label for choice in choices if choice is not None), None)


def _of_paper(procedure: Procedure, key: str) -> Text | None:
    if key in procedure.documents:
        return procedure.documents[key].title
    return procedure.diagrams[key].name if key in procedure.diagrams else None
