"""What a step of a story fills in and expects, in words: by the names of fields, roles, papers and the parts of forms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from engine.domain.text import Text
from engine.procedure.decisions.spoken import TRUTH
from engine.procedure.diff.change import listed
from engine.procedure.diff.kinds import SERVICES
from engine.procedure.diff.names import Names
from engine.queries.studio.editors.spoken import NAMED, spoken

_PARTS, _WITH = "parts", "with"
_TYPED = Text("填写：", "with ")


def in_words(value: Any, names: Names, called: Mapping[str, Text], task: str = "") -> Text:
    """A value of a story; within what the form of a ``task`` shows, its parts by theirs."""
    if isinstance(value, bool):
        return TRUTH[str(value).lower()]
    if value is None:
        return NAMED["null"]
    if isinstance(value, list):
        return _list(value, names, called, task)
    if isinstance(value, Mapping):
        return _mapping(value, names, called, task)
    words = value.isoformat() if isinstance(value, date) else format(value, "f") if hasattr(value, "as_tuple") else str(value)
    if task:
        return names.piece(task, words)
    # Of a sentence, such as an answer, nothing is a name.
    named = all(" " not in part.strip() for part in words.split(","))
    return spoken(words, {**SERVICES, **called}) if named else Text(words, words)


def _list(value: list[Any], names: Names, called: Mapping[str, Text], task: str) -> Text:
    parts = [in_words(one, names, called, task) for one in value]
    if any(isinstance(one, Mapping) for one in value):
        return Text("".join(f"（{part.zh}）" for part in parts), " ".join(f"({part.en})" for part in parts))
    return listed(parts) if parts else NAMED["null"]


def _mapping(value: Mapping[Any, Any], names: Names, called: Mapping[str, Text], task: str) -> Text:
    if _PARTS in value:
        parts, given = (value.get(key) for key in (_PARTS, _WITH))
        said = in_words(parts, names, called, task)
        if not given:
            return said
        typed = in_words(given, names, called)
        return Text(f"{said.zh}（{_TYPED.zh}{typed.zh}）", f"{said.en} ({_TYPED.en}{typed.en})")
    pairs = [_pair(str(key), part, names, called) for key, part in value.items()]
    return Text("；".join(one.zh for one in pairs), "; ".join(one.en for one in pairs))


def _pair(key: str, value: Any, names: Names, called: Mapping[str, Text]) -> Text:
    """Under a task that has a form, what stands on it."""
    name, on_form = called.get(key, Text(key, key)), isinstance(value, list | Mapping) and names.has_form(key)
    said = in_words(value, names, called, key if on_form else "")
    return Text(f"{name.zh}：{said.zh}", f"{name.en}: {said.en}")
