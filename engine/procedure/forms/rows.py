"""The posted names of list rows, and collecting the rows they make."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ROW = re.compile(r"(?P<key>\w+)\[(?P<index>\d{1,4})\]\.(?P<sub>\w+)")

#: The rows of a list, each with its posted index.
Rows = list[tuple[int, Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class RowKey:
    """A posted name such as ``demands[0].demand_text``."""

    key: str
    index: int
    sub: str


def row_key(posted: str) -> RowKey | None:
    """The parts of a posted row name; None for any other name."""
    found = ROW.fullmatch(posted)
    return RowKey(found["key"], int(found["index"]), found["sub"]) if found else None


def posted_rows(raw: Mapping[str, Any], key: str) -> Rows | None:
    """The rows of a list by index, from posted names or from a list of contexts; None when it is something else."""
    given = raw.get(key)
    if isinstance(given, list) and all(isinstance(row, Mapping) for row in given):
        return list(enumerate(given))
    if given not in (None, ""):
        return None
    rows: dict[int, dict[str, Any]] = {}
    for posted, value in raw.items():
        name = row_key(posted)
        if name is not None and name.key == key:
            rows.setdefault(name.index, {})[name.sub] = value
    return sorted(rows.items())
