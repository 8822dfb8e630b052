"""What the filters of the register offer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.queries import scope
from engine.queries.people import Option, estates
from engine.storage.tables import department

if TYPE_CHECKING:
    from engine.queries.reader import Reader

COLUMNS = ("severity", "validity", "category", "channel")


@dataclass(frozen=True, slots=True)
class Choices:
    """The values that each filter may take, in the order of the procedures in force."""

    estates: tuple[Option, ...]
    departments: tuple[Option, ...]
    columns: dict[str, tuple[Option, ...]]
    labels: dict[str, Text]


def choices(reader: Reader, actor: Actor) -> Choices:
    """The choices for someone who works in these estates."""
    columns: dict[str, dict[str, Option]] = {name: {} for name in COLUMNS}
    labels: dict[str, Text] = {}
    for key in reader.catalogue.procedure_keys():
        procedure = reader.catalogue.in_force(key, reader.now).procedure
        for name in COLUMNS:
            field = procedure.vocabulary.get(procedure.register.get(name, ""))
            if field:
                labels.setdefault(name, field.label)
                columns[name].update({choice.value: Option(choice.value, choice.label) for choice in field.choices})
    offered = {name: tuple(options.values()) for name, options in columns.items()}
    return Choices(estates(reader, actor), _departments(reader, actor), offered, labels)


def _departments(reader: Reader, actor: Actor) -> tuple[Option, ...]:
    here = sa.or_(department.c.estate_id.is_(None), scope.in_estates(actor, department.c.estate_id))
    rows = reader.connection.execute(sa.select(department).where(here).order_by(department.c.code))
    return tuple({row.code: Option(row.code, Text(row.name_zh, row.name_en)) for row in rows}.values())
