"""What the company calls the roles and forms of its procedures: live data, read with one statement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import sqlalchemy as sa
from sqlalchemy import Connection

from engine.domain.text import Text, named
from engine.storage.tables import alias

ROLE, FORM = "role", "form"
KINDS = (ROLE, FORM)


@dataclass(frozen=True)
class Aliases:
    """All names of the company; equal when they say the same."""

    rows: tuple[tuple[str, str, str, str], ...] = ()

    @cached_property
    def roles(self) -> Mapping[str, Text]:
        """Role key to the company's name."""
        return self._of(ROLE)

    @cached_property
    def forms(self) -> Mapping[str, Text]:
        """Form name to the company's name."""
        return self._of(FORM)

    def _of(self, kind: str) -> dict[str, Text]:
        # Where only one language was filled in, it stands in for the other.
        return {key: named(zh or en, en or zh) for found, key, zh, en in self.rows if found == kind}


def read_aliases(connection: Connection) -> Aliases:
    """The names as they stand in the connection's view of the database."""
    columns = (alias.c.kind, alias.c.key, alias.c.name_zh, alias.c.name_en)
    rows = connection.execute(sa.select(*columns).order_by(alias.c.kind, alias.c.key))
    return Aliases(tuple((row.kind, row.key, row.name_zh, row.name_en) for row in rows))
