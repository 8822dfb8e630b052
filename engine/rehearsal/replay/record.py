"""One case as it was: what people did and when, which facts were known, which way it took, how its deadlines came out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from engine.domain.values import Value

How = Literal["done", "waived", "cancelled", "open"]


@dataclass(frozen=True, slots=True)
class Task:
    """One task that was open: from when till when, how it ended, and for one that was done the answers and who gave them.

    ``order`` counts what happened at the same moment. Of a task whose beginning is not known it is known by when it was done;
    answers that are not ``whole`` leave the rest of the form to what people usually answer.
    """

    element_id: str
    role: str | None
    opened_at: datetime | None
    how: How = "open"
    ended_at: datetime | None = None
    answers: Mapping[str, Value] = field(default_factory=dict)
    by: str = ""
    order: int = 0
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done beside the tasks: values that changed, and the action of the procedure that was taken, if it was one."""

    at: datetime
    order: int
    values: Mapping[str, Value]
    action: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a limit."""

    key: str
    opened_at: datetime
    due_at: datetime
    breached_at: datetime | None = None
    stopped_at: datetime | None = None

    def missed(self, until: datetime) -> bool | None:
        """Whether it was missed, as far as was known then; None while it was running in time."""
        if self.breached_at is not None or (self.stopped_at or until) > self.due_at:
            return True
        return None if self.stopped_at is None else False


@dataclass(frozen=True, slots=True)
class Known:
    """The facts from a moment on."""

    at: datetime
    order: int
    facts: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Record:
    """A case from its beginning until it was closed, or until now; ``path`` and ``runs`` are None where the record has none.

    ``first`` are the values with which it began, ``begins_at`` the start event. ``tasks`` are in the order in which they were
    opened, ``deeds`` and ``facts`` in the order of time. ``version`` names the version that it followed. ``told_of`` are tasks of
    which the record would tell: without a word of them they were not done.
    """

    case_id: str
    number: str
    estate: str
    version: str
    begun_at: datetime
    until: datetime
    closed: bool
    begins_at: str | None
    first: Mapping[str, Value]
    tasks: tuple[Task, ...]
    deeds: tuple[Deed, ...] = ()
    facts: tuple[Known, ...] = ()
    path: tuple[str, ...] | None = None
    runs: tuple[Run, ...] | None = None
    told_of: frozenset[str] = frozenset()

    def facts_at(self, moment: datetime, order: int | None = None) -> Mapping[str, Value]:
        """What was known then; before anything was, what was known first."""
        at = bisect_right(self.facts, (moment, 10**9 if order is None else order), key=lambda one: (one.at, one.order))
        return self.facts[max(0, at - 1)].facts if self.facts else {}
