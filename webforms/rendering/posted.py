"""What a form has posted, and typed values written the way a browser would post them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, tzinfo
from decimal import Decimal
from typing import Any

from engine.domain.codec import number_text
from engine.domain.values import Value

Raw = dict[str, Any]
_OWN = frozenset({"csrf_token", "request_id"})
_BESIDE = re.compile(r"\w+\.\w+")
_ROW = re.compile(r"(?P<key>\w+)\[(?P<index>\d{1,3})\]\.(?P<sub>\w+)")


def posted(fields: Any) -> Raw:
    """The answers among posted fields: one text, or a list where a name came several times.

    Buttons and tokens are left out, and what belongs to a way on beside the form, as ``pass_on.reason`` does.
    """
    names = [
        name for name in dict.fromkeys(fields) if name not in _OWN and not name.startswith("_") and not _BESIDE.fullmatch(name)
    ]
    return {name: values if len(values := fields.getlist(name)) > 1 else values[0] for name in names}


def raw_of(values: Mapping[str, Value], keys: Iterable[str], zone: tzinfo) -> Raw:
    """The current values of a form's keys, as a browser would post them; moments in local time."""
    raw: Raw = {}
    for key in keys:
        raw.update(_entries(key, values.get(key), zone))
    return raw


def _entries(key: str, value: Value, zone: tzinfo) -> Raw:
    if value is None:
        return {}
    if isinstance(value, list) and any(isinstance(entry, dict) for entry in value):
        rows = enumerate(entry for entry in value if isinstance(entry, dict))
        return {
            f"{key}[{index}].{sub}": _text(part, zone) for index, row in rows for sub, part in row.items() if part is not None
        }
    return {key: [_text(entry, zone) for entry in value] if isinstance(value, list) else _text(value, zone)}


def _text(value: Value, zone: tzinfo) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, datetime):
        return value.astimezone(zone).strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def rows_of(raw: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """The rows of a list, in the order of their numbers."""
    rows: dict[int, dict[str, Any]] = {}
    for name, value in raw.items():
        found = _ROW.fullmatch(name)
        if found and found["key"] == key:
            rows.setdefault(int(found["index"]), {})[found["sub"]] = value
    return [rows[index] for index in sorted(rows)]


def with_rows(raw: Raw, add: str | None, remove: str | None) -> Raw:
    """The answers with an empty row added to the list ``add``, or row N of ``remove`` = ``key:N`` taken out."""
    if add:
        return {**raw, f"{add}[{len(rows_of(raw, add)) or 1}]._": ""}
    key, _, index = (remove or "").partition(":")
    if not key or not index.isdigit():
        return raw
    kept = [row for number, row in enumerate(rows_of(raw, key)) if number != int(index)]
    others = {name: value for name, value in raw.items() if not name.startswith(f"{key}[")}
    return {
        **others,
        **{f"{key}[{number}].{sub}": value for number, row in enumerate(kept) for sub, value in (row or {"_": ""}).items()},
    }
