"""Incidents that concern the whole installation rather than one case."""

from __future__ import annotations

import sqlalchemy as sa

from engine.storage.tables import incident

#: What an incident of the clock says it was doing; it has no case.
CLOCK = "clock"


def clock_in_doubt() -> sa.Exists:
    """Whether a clock that jumped has not been confirmed, as a condition."""
    doubts = sa.select(incident.c.id).where(incident.c.case_id.is_(None), incident.c.action == CLOCK)
    return doubts.where(incident.c.resolved_at.is_(None)).exists()
