"""A week of the duty roster of one estate: who is called, with which number, when nobody is, and when two are called first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import NotFound
from engine.queries.directory.guard import NO_SUCH_ENTRY, require_administrator
from engine.queries.directory.roles import role_labels
from engine.storage.tables import duty, person

if TYPE_CHECKING:
    from engine.queries.reader import Reader

DAYS = 7
#: A role that had a shift within these days before the week is one that somebody should be on duty for.
REMEMBERED = timedelta(days=35)
MOST = 2_000


@dataclass(frozen=True, slots=True)
class Shift:
    """One place on the roster; one that is over cannot be changed."""

    id: str
    estate_id: str
    role: str
    person_id: str
    person: str
    phone: str
    position: int
    starts_at: datetime
    ends_at: datetime
    over: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """From the one moment to the other nobody is on duty for the role; ``to_the_end`` when the week ends first."""

    role: Text
    starts_at: datetime
    ends_at: datetime
    to_the_end: bool


@dataclass(frozen=True, slots=True)
class Clash:
    """Two people stand at the same place in the order of calling at the same time."""

    role: Text
    position: int
    people: tuple[str, str]
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """A role with its shifts, day by day."""

    role: Text
    days: tuple[tuple[Shift, ...], ...]


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days from a Monday; findings are of what is still to come."""

    monday: date
    days: tuple[date, ...]
    lines: tuple[Line, ...]
    gaps: tuple[Gap, ...]
    clashes: tuple[Clash, ...]

    @property
    def shifts(self) -> int:
        """How many shifts there are, each counted once."""
        return len({shift.id for line in self.lines for day in line.days for shift in day})


def week(reader: Reader, actor: Actor, estate_id: str, day: date) -> Week:
    """The week of an estate that the day is in."""
    require_administrator(actor)
    monday = day - timedelta(days=day.weekday())
    days = tuple(monday + timedelta(days=ahead) for ahead in range(DAYS))
    begins, ends = _midnight(reader, monday), _midnight(reader, monday + timedelta(days=DAYS))
    rows = _shifts(reader, estate_id, begins, ends)
    labels = role_labels(reader, actor)
    expected = {*_remembered(reader, estate_id, begins, ends), *(shift.role for shift in rows)}
    by_role = {role: [shift for shift in rows if shift.role == role] for role in _ordered(expected, labels)}
    named = {role: labels.get(role, Text(role, role)) for role in by_role}
    since = max(begins, reader.now)
    return Week(
        monday,
        days,
        tuple(Line(named[role], tuple(_of_day(reader, shifts, day) for day in days)) for role, shifts in by_role.items()),
        tuple(gap for role, shifts in by_role.items() for gap in _gaps(named[role], shifts, since, ends)),
        tuple(clash for role, shifts in by_role.items() for clash in _clashes(named[role], shifts, since)),
    )


def shift(reader: Reader, actor: Actor, shift_id: str) -> Shift:
    """One shift; NotFound for an unknown id."""
    require_administrator(actor)
    row = reader.connection.execute(_select().where(duty.c.id == shift_id)).first()
    if row is None:
        raise NotFound(NO_SUCH_ENTRY)
    return _shift(reader, row)


def _select() -> sa.Select[Any]:
    return sa.select(duty, person.c.name).join(person, person.c.id == duty.c.person_id)


def _shifts(reader: Reader, estate_id: str, begins: datetime, ends: datetime) -> list[Shift]:
    # One that was called off before it began ends when it starts.
    query = _select().where(duty.c.estate_id == estate_id, duty.c.starts_at < ends, duty.c.ends_at > begins)
    query = query.where(duty.c.ends_at > duty.c.starts_at).order_by(duty.c.position, duty.c.starts_at, duty.c.id)
    return [_shift(reader, row) for row in reader.connection.execute(query.limit(MOST))]


def _remembered(reader: Reader, estate_id: str, begins: datetime, ends: datetime) -> Iterator[str]:
    near = sa.and_(duty.c.estate_id == estate_id, duty.c.starts_at < ends, duty.c.ends_at > begins - REMEMBERED)
    yield from reader.connection.execute(
        sa.select(duty.c.role).where(near, duty.c.ends_at > duty.c.starts_at).distinct()
    ).scalars()


def _ordered(roles: set[str], labels: dict[str, Text]) -> list[str]:
    known = [role for role in labels if role in roles]
    return known + sorted(roles - set(known))


def _of_day(reader: Reader, shifts: Sequence[Shift], day: date) -> tuple[Shift, ...]:
    begins, ends = _midnight(reader, day), _midnight(reader, day + timedelta(days=1))
    return tuple(shift for shift in shifts if shift.starts_at < ends and shift.ends_at > begins)


def _gaps(role: Text, shifts: Sequence[Shift], since: datetime, until: datetime) -> Iterator[Gap]:
    covered = since
    for shift in sorted(shifts, key=lambda one: one.starts_at):
        if covered >= until:
            return
        if shift.starts_at > covered:
            yield Gap(role, covered, min(shift.starts_at, until), False)
        covered = max(covered, shift.ends_at)
    if covered < until:
        yield Gap(role, covered, until, True)


def _clashes(role: Text, shifts: Sequence[Shift], since: datetime) -> Iterator[Clash]:
    for number, one in enumerate(shifts):
        for other in shifts[number + 1 :]:
            starts_at, ends_at = max(one.starts_at, other.starts_at, since), min(one.ends_at, other.ends_at)
            if one.position == other.position and starts_at < ends_at:
                yield Clash(role, one.position, (one.person, other.person), starts_at, ends_at)


def _midnight(reader: Reader, day: date) -> datetime:
    return datetime.combine(day, time(), reader.zone)


def _shift(reader: Reader, row: Any) -> Shift:
    return Shift(
        id=row.id,
        estate_id=row.estate_id,
        role=row.role,
        person_id=row.person_id,
        person=row.name,
        phone=row.phone,
        position=row.position,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        over=row.ends_at <= reader.now,
    )
