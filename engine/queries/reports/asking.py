"""What figures are asked of: a period, an estate or the company, and what the procedure says is to be measured."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from engine.calendar.schedules import Period
from engine.domain.actor import COMPANY, Actor
from engine.procedure.beside.restricted import kept_apart
from engine.queries import scope
from engine.storage.tables import register_entry

if TYPE_CHECKING:
    from engine.procedure import Procedure
    from engine.queries.reader import Reader

#: The series in which complaints are registered; reports, reviews and imported records have others.
COMPLAINTS = "current"
#: In procedure.yaml: measure to ``{zh, en, tasks: […], field: …, target: …}``, named by the complaint's ids and keys.
SECTION = "measures"


@dataclass(frozen=True, slots=True)
class Asked:
    """Figures of these days in this estate, as the actor may see them; ``procedure`` says what is measured."""

    reader: Reader
    actor: Actor
    procedure: Procedure
    period: Period
    before: Period
    estate_id: str

    @property
    def complaint(self) -> Any:
        """The version of the complaint's procedure that is in force, for names."""
        return self.reader.catalogue.intake(self.reader.now)

    def apart(self) -> frozenset[str]:
        """The complaint's restricted steps of which the actor is not told how often complaints came to them."""
        return kept_apart(self.actor, self.complaint.procedure, None)

    def measures(self) -> dict[str, Any]:
        """What is to be measured, by name."""
        return dict(self.procedure.manifest.source.mapping(SECTION))

    def complaints(self) -> ColumnElement[bool]:
        """The complaints that are counted."""
        entry = register_entry.c
        here = sa.true() if self.estate_id == COMPANY else entry.estate_id == self.estate_id
        readable = scope.may_read_case(self.actor, entry.case_id, entry.estate_id, entry.department)
        return sa.and_(entry.series == COMPLAINTS, here, readable)

    def rows(self, query: sa.Executable) -> list[Any]:
        """The rows of a query."""
        return list(self.reader.connection.execute(query))


def within(column: Any, period: Period) -> ColumnElement[bool]:
    """The moment lies in the period."""
    return sa.and_(column >= period.start, column < period.end)


def count_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """How many rows of a group meet the condition."""
    return sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)


def share(part: int, whole: int) -> Decimal | None:
    """Percent with one decimal; None of nothing."""
    return None if not whole else (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"))


def seconds_between(start: Any, end: Any, dialect: str) -> ColumnElement[Any]:
    """The seconds from one moment column to another."""
    if dialect == "sqlite":
        return (sa.func.julianday(end) - sa.func.julianday(start)) * 86400
    return sa.func.extract("epoch", end - start)
