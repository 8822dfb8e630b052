"""A schedule that cannot begin is tried again after longer and longer, and then waits for an operator."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

import sqlalchemy as sa

from engine.commands.cases import ParkIncident
from engine.commands.schedules.run import RunSchedule
from engine.domain.text import Text
from engine.storage.tables import incident, schedule

#: After so many tries an operator is told.
TRIES = 5
_FIRST, _LONGEST = timedelta(seconds=1), timedelta(minutes=1)


class Patience:
    """What one worker remembers of schedules that failed; an operator's answer, or another worker, begins the count anew."""

    def __init__(self) -> None:
        self._failures: dict[RunSchedule, tuple[int, datetime]] = {}

    def may_try(self, command: RunSchedule, now: datetime) -> bool:
        """Whether it never failed, or long enough ago."""
        return command not in self._failures or self._failures[command][1] <= now

    def failed(self, command: RunSchedule, now: datetime) -> bool:
        """Remember a failure; True when it was one too many, and an operator is to be told."""
        tries = self._failures.get(command, (0, now))[0] + 1
        if tries >= TRIES:
            self.forget(command)
            return True
        self._failures[command] = (tries, now + min(_FIRST * 2 ** (tries - 1), _LONGEST))
        return False

    def forget(self, command: RunSchedule) -> None:
        """It began, or somebody else deals with it."""
        self._failures.pop(command, None)


def parked(command: RunSchedule, text: Text) -> ParkIncident:
    """The command that tells the operators; theirs is to repeat it once what was in the way is mended."""
    typed = {"procedure_key": command.procedure_key, "element_id": command.element_id}
    # One row a schedule, however many workers meet the same fault.
    subject_id = hashlib.sha256("\n".join((command.procedure_key, command.element_id, command.estate_id)).encode()).hexdigest()
    return ParkIncident(text, command.element_id, RunSchedule.__name__, typed, estate_id=command.estate_id, subject_id=subject_id)


def waits_for_an_operator() -> sa.Exists:
    """The schedule has failed so often that an operator deals with it, as a condition on its row."""
    told = sa.select(incident.c.id).where(incident.c.resolved_at.is_(None), incident.c.action == RunSchedule.__name__)
    return told.where(incident.c.element_id == schedule.c.element_id, incident.c.estate_id == schedule.c.estate_id).exists()
