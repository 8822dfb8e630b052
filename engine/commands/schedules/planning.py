"""The rows of the schedules: written when a version is published or an estate is added, kept right by whoever runs them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from engine.calendar import Calendar
from engine.commands.context import Procedures
from engine.domain.actor import COMPANY
from engine.procedure import Procedure
from engine.storage import tables as t
from engine.storage.work import Work
from engine.workflow import Model, Recurrence, recurrence, scheduled

#: In procedure.yaml: start event to ``{per: estate}`` for what every estate does by itself; the company does the rest.
SECTION, PER, ESTATE = "starts", "per", "estate"


def plan_version(work: Work, procedure: Procedure, model: Model, holds_from: datetime) -> None:
    """Write the schedules of a version that holds from a moment on; rows that are due earlier stay."""
    estates = list(work.connection.execute(sa.select(t.estate.c.id).where(t.estate.c.active)).scalars())
    _plan(work, procedure, model, max(holds_from, work.now), [COMPANY, *estates])


def plan_estate(work: Work, procedures: Procedures, estate_id: str) -> None:
    """Write the schedules of a new estate."""
    for key in procedures.catalogue.keys_in_force(work.now):
        published = procedures.catalogue.in_force(key, work.now)
        _plan(work, published.procedure, published.model, work.now, [estate_id])


def is_per_estate(procedure: Procedure, element_id: str) -> bool:
    """Whether every estate begins here by itself."""
    written = procedure.manifest.source.mapping(SECTION, element_id)
    return bool(written.get(PER) == ESTATE)


def next_due(procedure: Procedure, model: Model, element_id: str, after: datetime) -> Recurrence | None:
    """When the start event is due first after a moment, by the procedure's own zone; None when the calendar does not start it."""
    return recurrence(model, element_id, Calendar(procedure.day_rules), after)


def _plan(work: Work, procedure: Procedure, model: Model, after: datetime, places: Sequence[str]) -> None:
    standing = _standing(work, procedure.key)
    for element_id in scheduled(model):
        found = next_due(procedure, model, element_id, after)
        for place in _places(procedure, element_id, places):
            known = standing.get((element_id, place))
            if found is not None and (known is None or found.due_at < known):
                row = {"procedure_key": procedure.key, "element_id": element_id, "estate_id": place}
                work.batch.put(t.schedule, {**row, "after_at": after, "due_at": found.due_at})


def _places(procedure: Procedure, element_id: str, places: Sequence[str]) -> Iterable[str]:
    per_estate = is_per_estate(procedure, element_id)
    return [place for place in places if (place != COMPANY) is per_estate]


def _standing(work: Work, procedure_key: str) -> dict[tuple[str, str], Any]:
    query = sa.select(t.schedule).where(t.schedule.c.procedure_key == procedure_key)
    return {(row.element_id, row.estate_id): row.due_at for row in work.connection.execute(query)}
