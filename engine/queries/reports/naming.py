"""What the columns of the figures, and the values in them, are called in the complaint's procedure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.queries.reports.counting import COLUMNS
from engine.storage.tables import department

if TYPE_CHECKING:
    from engine.queries.reader import Reader

_ESTATE = Text("小区", "Estate")
_NOT_TOLD = Text("未定", "Not decided")


@dataclass(frozen=True, slots=True)
class Names:
    """Column to its name, and column to the names of its values."""

    columns: Mapping[str, Text]
    values: Mapping[str, Mapping[str, Text]]

    def of(self, column: str, row: Mapping[str, Any]) -> Text:
        """What a row's value is called: by the procedure, else as the row itself says."""
        value = row.get("value")
        if value is None:
            return _NOT_TOLD
        known = self.values.get(column, {}).get(value)
        return known or Text(str(row.get("zh") or value), str(row.get("en") or value))


def _departments(reader: Reader) -> dict[str, Text]:
    query = sa.select(department).order_by(department.c.estate_id.is_not(None))
    return {row.code: Text(row.name_zh, row.name_en) for row in reader.connection.execute(query)}


def names_of(reader: Reader, actor: Actor) -> Names:
    """The names in the version of the complaint's procedure that is in force."""
    procedure = reader.catalogue.intake(reader.now).procedure
    fields = {column: procedure.vocabulary[key] for column in COLUMNS if (key := procedure.register.get(column))}
    values = {column: {choice.value: choice.label for choice in field.choices} for column, field in fields.items()}
    values["department"] = {**values.get("department", {}), **_departments(reader)}
    values["procedure"] = {
        key: reader.catalogue.in_force(key, reader.now).procedure.title for key in reader.catalogue.procedure_keys()
    }
    return Names({**{column: field.label for column, field in fields.items()}, "estate": _ESTATE}, values)
