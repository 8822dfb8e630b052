"""Conditions on thousands of values: handed over as one parameter, because a statement with thousands is slow to put together."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement
from sqlalchemy.dialects.postgresql import ARRAY


def among(dialect: str, column: ColumnElement[Any], values: Collection[str]) -> ColumnElement[bool]:
    """The column, of text, holds one of the values, which lead to the rows."""
    if dialect == "postgresql":
        return column == sa.any_(sa.literal(sorted(values), ARRAY(sa.String)))
    return is_one(dialect, column, values)


def is_one(dialect: str, column: ColumnElement[Any], values: Collection[str]) -> ColumnElement[bool]:
    """The same for rows that are there for another reason: each is held against all values at once."""
    if dialect == "postgresql":
        return column.in_(sa.select(sa.func.unnest(sa.literal(sorted(values), ARRAY(sa.String)))))
    given = sa.func.json_each(json.dumps(sorted(values))).table_valued("value")
    return column.in_(sa.select(given.c.value))
