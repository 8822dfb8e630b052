"""New values as YAML text: in braces while they fit on a line, one below the other when they do not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import yaml

WIDTH = 128
_STEP = 2


def flow(value: Any) -> str:
    """On one line, with brackets and braces."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{flow(key)}: {flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(part) for part in value) + "]"
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, str) and any(ord(sign) < 32 for sign in value):
        return json.dumps(value, ensure_ascii=False)
    return yaml.safe_dump([value], default_flow_style=True, allow_unicode=True, width=1_000_000).strip()[1:-1]


def behind_colon(value: Any, column: int) -> str:
    """What follows ``key:`` in a mapping that stands at this column, its own space or line break included."""
    told = flow(value)
    if not isinstance(value, Mapping | list) or not value or column + len(told) <= WIDTH:
        return f" {told}"
    inner = column + _STEP
    return f"\n{' ' * inner}{block(value, inner)}"


def block(value: Any, column: int) -> str:
    """A mapping or list one entry a line, its first line where the cursor stands; anything else on one line."""
    if isinstance(value, Mapping) and value:
        return _lines((f"{flow(key)}:{behind_colon(part, column)}" for key, part in value.items()), column)
    if isinstance(value, list) and value:
        return _lines((f"- {block(part, column + _STEP) if _opens(part) else flow(part)}" for part in value), column)
    return flow(value)


def _opens(part: Any) -> bool:
    """Whether an item of a list stands one key a line: what a story does, never a long list within it."""
    return isinstance(part, Mapping) and bool(part)


def _lines(lines: Any, column: int) -> str:
    return f"\n{' ' * column}".join(lines)
