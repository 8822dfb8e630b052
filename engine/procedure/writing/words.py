"""Everything in a YAML file that people read in two languages, place by place, and the file with other words at these places."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.domain.text import Text

#: Sections of procedure.yaml to which an owner adds names, and whether each reaches only so far.
GROWING: Mapping[str, bool] = {"roles": True, "moments": False, "limits": False}
_ZH, _EN = "zh", "en"


@dataclass(frozen=True, slots=True)
class Said:
    """Words at a place: ``path`` is the keys and positions that lead there, with strokes between."""

    path: str
    text: Text

    @property
    def section(self) -> str:
        """The first key of the path."""
        return self.path.partition("/")[0]


def said_at(data: Any, path: tuple[str, ...] = ()) -> Iterator[Said]:
    """The words in the order of the file; English that nobody has written is empty."""
    if isinstance(data, Mapping):
        zh, en = data.get(_ZH), data.get(_EN) or ""
        if isinstance(zh, str) and isinstance(en, str):
            yield Said("/".join(path), Text(zh, en))
        for key, part in data.items():
            yield from said_at(part, (*path, str(key)))
    elif isinstance(data, list):
        for place, part in enumerate(data):
            yield from said_at(part, (*path, str(place)))


def with_words(data: Mapping[str, Any], wanted: Mapping[str, Text]) -> dict[str, Any]:
    """The data with these words at their places; English that is empty is left out."""
    changed = copy.deepcopy(dict(data))
    for path, text in wanted.items():
        holder: Any = changed
        for key in path.split("/"):
            holder = holder[int(key)] if isinstance(holder, list) else _of(holder, key)
        holder[_ZH], holder[_EN] = text.zh, text.en
        if not text.en:
            del holder[_EN]
    return changed


def _of(holder: Mapping[Any, Any], key: str) -> Any:
    """Keys may be numbers in the file; in a path they are text."""
    return next(part for name, part in holder.items() if str(name) == key)
