"""Who stands in for whom, and which days are worked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from engine.commands.context import Handler, Procedures
from engine.commands.directory.changes import note, require_administrator, require_row, required, save
from engine.commands.session import sentences
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import InvalidValues
from engine.storage import tables as t
from engine.storage.work import Work

BACKWARDS = Text("结束时间须晚于开始时间。", "The end has to be after the beginning.")
ONESELF = Text("不能由本人代理本人。", "Nobody can stand in for themselves.")


@dataclass(frozen=True, slots=True)
class SetDeputy:
    """Between the two moments the deputy holds every role of the person."""

    person_id: str
    deputy_id: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class EndDeputy:
    """The deputising ends now."""

    deputy_row_id: str


@dataclass(frozen=True, slots=True)
class SetCalendarDay:
    """A day that is worked, or not, against the national calendar; each change makes a new calendar revision."""

    day: date
    working: bool
    reason_zh: str
    reason_en: str


def require_span(starts_at: datetime, ends_at: datetime) -> None:
    """InvalidValues when it ends before it begins."""
    if ends_at <= starts_at:
        raise InvalidValues(sentences.FORM_REFUSED, {"ends_at": BACKWARDS})


def set_deputy(command: SetDeputy, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The row's id."""
    require_administrator(actor)
    require_span(command.starts_at, command.ends_at)
    if command.person_id == command.deputy_id:
        raise InvalidValues(sentences.FORM_REFUSED, {"deputy_id": ONESELF})
    for person_id in (command.person_id, command.deputy_id):
        require_row(work, t.person, person_id)
    row = {
        "person_id": command.person_id,
        "deputy_id": command.deputy_id,
        "starts_at": command.starts_at,
        "ends_at": command.ends_at,
    }
    return save(work, t.deputy, row, public=tuple(row))


def end_deputy(command: EndDeputy, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> None:
    """NotFound for an unknown row."""
    require_administrator(actor)
    require_row(work, t.deputy, command.deputy_row_id)
    work.batch.update(t.deputy, (command.deputy_row_id,), {"ends_at": now})
    note(work, t.deputy, command.deputy_row_id, "ended")


def set_calendar_day(command: SetCalendarDay, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> int:
    """The new revision; deadlines that stand already do not move by this."""
    require_administrator(actor)
    row = required(reason_zh=command.reason_zh, reason_en=command.reason_en)
    last = work.connection.execute(sa.select(sa.func.max(t.calendar_day.c.revision))).scalar() or 0
    day = command.day.isoformat()
    work.connection.execute(sa.delete(t.calendar_day).where(t.calendar_day.c.day == day))
    work.batch.insert(t.calendar_day, {**row, "day": day, "working": command.working, "revision": last + 1})
    note(work, t.calendar_day, day, "changed", {"working": command.working, **row})
    return int(last) + 1


HANDLERS: dict[type, Handler] = {
    SetDeputy: set_deputy,
    EndDeputy: end_deputy,
    SetCalendarDay: set_calendar_day,
}
