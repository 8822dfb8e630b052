"""What a replay of cases of the record has to know: what they were asked, what is called otherwise, how long people take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from engine.calendar import Calendar, DayOverride, Days
from engine.procedure import Bundle, open_procedure
from engine.procedure.diff import compare
from engine.rehearsal.replay.crew import Brief
from engine.rehearsal.replay.customs import customs_of
from engine.rehearsal.replay.questions import asked_anew

Done = tuple[str, str | None, datetime, datetime]


def brief_for(
    draft: Bundle, versions: Mapping[str, Bundle], done: Iterable[Done], overrides: Iterable[DayOverride] = ()
) -> Brief:
    """The brief for cases of these versions; ``done`` are tasks that were done, ``Misconfigured`` for a draft that is none."""
    days = tuple(overrides)
    procedure = open_procedure(draft)
    customs = customs_of(done, Calendar(procedure.day_rules, Days(days)))
    anew = {version: asked_anew(bundle, draft) for version, bundle in versions.items()}
    newest = list(versions.values())[-1:]
    return Brief(draft, days, customs, anew, renamed(newest[0], draft) if newest else {})


def renamed(before: Bundle, after: Bundle) -> dict[str, str]:
    """By its present id, what an element that goes by another id now was called before."""
    changes = compare(before, after).changes
    return {change.about: change.was for change in changes if change.about and change.was and change.file.endswith(".bpmn")}
