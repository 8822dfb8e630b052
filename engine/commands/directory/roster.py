"""The duty roster: who is called for a role, shift by shift; what has begun is ended, never deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from engine.commands.context import Handler, Procedures
from engine.commands.directory.changes import note, note_all, require_administrator, require_row, required, save
from engine.commands.directory.cover import require_span
from engine.commands.session import sentences
from engine.domain.actor import Actor
from engine.domain.events import DirectoryChanged
from engine.domain.ids import new_id
from engine.domain.text import Text
from engine.errors import InvalidState, InvalidValues
from engine.storage import tables as t
from engine.storage.work import Work

ENDED = Text("这一班已经结束，不能再改。", "This shift is over and cannot be changed.")
BEGUN = Text("这一班已经开始，开始时间不能再改。", "This shift has begun: its beginning cannot be changed.")
BOTH_AT_ONCE = Text("同一个人在这段时间已经排了这个岗位的班。", "The same person is on duty for this role at that time already.")
NOT_ACTIVE = Text("没有这位在岗同事。", "There is no such active colleague.")
A_WEEK = timedelta(days=7)
#: A shift of several weeks is no part of a week's pattern; it goes on by itself.
LONGEST_COPIED = A_WEEK


@dataclass(frozen=True, slots=True)
class SetDuty:
    """One place on the duty roster: who is called for a role, in which order, under which number; with ``duty_id`` a change."""

    estate_id: str
    role: str
    person_id: str
    phone: str
    position: int
    starts_at: datetime
    ends_at: datetime
    duty_id: str | None = None


@dataclass(frozen=True, slots=True)
class EndDuty:
    """The shift ends now; one that has not begun is called off."""

    duty_id: str


@dataclass(frozen=True, slots=True)
class CopyWeek:
    """The shifts that begin in the seven days before ``monday``, once more in the seven from it on."""

    estate_id: str
    monday: date


def set_duty(command: SetDuty, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The row's id; InvalidValues when the person has the same role there at that time already."""
    require_administrator(actor)
    require_span(command.starts_at, command.ends_at)
    row = required(role=command.role, phone=command.phone)
    require_row(work, t.estate, command.estate_id)
    _require_active(work, command.person_id)
    if command.duty_id:
        _require_changeable(work, command, now)
    where = {"estate_id": command.estate_id, "person_id": command.person_id, "position": command.position}
    span = {"starts_at": command.starts_at, "ends_at": command.ends_at}
    whole = {**row, **where, **span}
    if _standing(work, whole, command.duty_id):
        raise InvalidValues(sentences.FORM_REFUSED, {"person_id": BOTH_AT_ONCE})
    return save(work, t.duty, whole, command.duty_id, public=("estate_id", "role", "person_id", "starts_at", "ends_at"))


def end_duty(command: EndDuty, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> None:
    """InvalidState when it is over already."""
    require_administrator(actor)
    row = require_row(work, t.duty, command.duty_id)
    if row["ends_at"] <= now:
        raise InvalidState(ENDED)
    work.batch.update(t.duty, (command.duty_id,), {"ends_at": max(row["starts_at"], now)})
    note(work, t.duty, command.duty_id, "ended")


def copy_week(command: CopyWeek, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> int:
    """How many shifts were added; those that stand already, and those of people who have left, are passed over."""
    require_administrator(actor)
    require_row(work, t.estate, command.estate_id)
    monday = datetime.combine(command.monday, time(), procedures.zone)
    added = []
    for row in _week_before(work, command.estate_id, monday):
        span = {name: _later(row[name], procedures.zone) for name in ("starts_at", "ends_at")}
        copy = {**row, **span, "id": new_id(now)}
        if not _standing(work, copy, None):
            work.batch.insert(t.duty, copy)
            said = ("estate_id", "role", "person_id", "starts_at", "ends_at")
            added.append(DirectoryChanged(t.duty.name, copy["id"], "copied", {name: copy[name] for name in said}))
    if added:
        note_all(work, "directory_duty", added)
    return len(added)


def _week_before(work: Work, estate_id: str, monday: datetime) -> list[dict[str, Any]]:
    duty, begins = t.duty.c, (monday - A_WEEK, monday)
    query = sa.select(t.duty).join(t.person, t.person.c.id == duty.person_id).where(t.person.c.active)
    query = query.where(duty.estate_id == estate_id).where(
        duty.starts_at >= begins[0], duty.starts_at < begins[1], duty.ends_at > duty.starts_at
    )
    rows = work.connection.execute(query.order_by(duty.starts_at, duty.position, duty.id)).mappings()
    return [dict(row) for row in rows if row["ends_at"] - row["starts_at"] <= LONGEST_COPIED]


def _later(moment: datetime, zone: ZoneInfo) -> datetime:
    # The same hour on the clock, also where clocks are put forward in between.
    return moment.astimezone(zone) + A_WEEK


def _require_active(work: Work, person_id: str) -> None:
    if not require_row(work, t.person, person_id)["active"]:
        raise InvalidValues(sentences.FORM_REFUSED, {"person_id": NOT_ACTIVE})


def _require_changeable(work: Work, command: SetDuty, now: datetime) -> None:
    row = require_row(work, t.duty, str(command.duty_id))
    if row["ends_at"] <= now:
        raise InvalidState(ENDED)
    if row["starts_at"] <= now and command.starts_at != row["starts_at"]:
        raise InvalidValues(sentences.FORM_REFUSED, {"starts_at": BEGUN})


def _standing(work: Work, row: dict[str, Any], besides: str | None) -> bool:
    """Whether the person is on duty for the role during any part of the shift."""
    duty = t.duty.c
    same = [duty[name] == row[name] for name in ("estate_id", "role", "person_id")]
    query = sa.select(duty.id).where(*same, duty.starts_at < row["ends_at"], duty.ends_at > row["starts_at"])
    if besides:
        query = query.where(duty.id != besides)
    return work.connection.execute(query.where(duty.ends_at > duty.starts_at).limit(1)).first() is not None


HANDLERS: dict[type, Handler] = {SetDuty: set_duty, EndDuty: end_duty, CopyWeek: copy_week}
