"""Conditions on thousands of values: handed over as one parameter, because a statement with thousands is slow to put together."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection
from sqlalchemy.dialects.postgresql import ARRAY


def among(connection: Connection, column: ColumnElement[Any], values: Collection[str]) -> ColumnElement[bool]:
    """The column, of text, holds one of the values."""
    if connection.dialect.name == "postgresql":
        return column == sa.any_(sa.literal(sorted(values), ARRAY(sa.String)))
    given = sa.func.json_each(json.dumps(sorted(values))).table_valued("value")
    return column.in_(sa.select(given.c.value))
