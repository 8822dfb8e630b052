"""Who was trained in a version, who has shown that they can carry it out, and what I have to do myself."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.catalogue import Published, holds_from
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import Forbidden, NotFound
from engine.procedure.exam import Question, exam, examined_roles
from engine.queries.company import rights
from engine.queries.people import Option
from engine.storage.tables import person, procedure_version, role_grant, training_attendance, training_check, training_session

if TYPE_CHECKING:
    from engine.queries.reader import Reader

ACTION = "train"
PASSED, FAILED, OPEN = "passed", "failed", "open"
MOST = 500
NO_SUCH_VERSION = Text("没有这个已公布的版本。", "There is no such published version.")
NO_SUCH_ENTRY = Text("没有这一条。", "There is no such entry.")
NOT_YOUR_ROLE = Text("只考自己担任的岗位。", "One is checked in roles that one holds.")


@dataclass(frozen=True, slots=True)
class Version:
    """A published version; ``in_force`` when it holds now."""

    id: str
    name: Text
    number: int
    effective_at: datetime
    in_force: bool


@dataclass(frozen=True, slots=True)
class Session:
    """A training that was held."""

    id: str
    held_on: date
    subject: str
    trainer_id: str
    trainer: str
    remark: str
    people: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a person stands to the check of a role: passed, failed or open; ``at`` is when it was signed."""

    person_id: str
    person: str
    state: str
    at: datetime | None
    attempts: int
    trained: int


@dataclass(frozen=True, slots=True)
class RoleStanding:
    """A role with everybody who holds it."""

    role: str
    label: Text
    people: tuple[Standing, ...]

    @property
    def passed(self) -> int:
        """How many have passed."""
        return sum(one.state == PASSED for one in self.people)


@dataclass(frozen=True, slots=True)
class Duty:
    """A check that I should take: a role of mine under a version in force."""

    version: Version
    role: str
    label: Text
    standing: Standing


@dataclass(frozen=True, slots=True)
class Paper:
    """The questions of an attempt."""

    version: Version
    role: str
    label: Text
    attempt: int
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """A question as it was answered."""

    asks: Text
    choices: tuple[Text, ...]
    right: int
    answer: int


@dataclass(frozen=True, slots=True)
class Result:
    """A check that was taken."""

    version: Version
    role: str
    label: Text
    person: str
    at: datetime
    passed: bool
    right: int
    asked: int
    questions: tuple[Answered, ...]


def versions(reader: Reader, actor: Actor) -> tuple[Version, ...]:
    """The published versions, of every procedure the one in force first, then those to come, then the older ones."""
    found = procedure_version.c
    query = sa.select(found.id, found.procedure_key, found.number, holds_from.label("holds")).where(holds_from.is_not(None))
    current = {key: reader.catalogue.in_force(key, reader.now).version_id for key in reader.catalogue.keys_in_force(reader.now)}
    rows = reader.connection.execute(query.order_by(found.procedure_key, found.number.desc())).all()
    listed = [_version(reader, row, row.id == current.get(row.procedure_key)) for row in rows]
    intake = reader.catalogue.intake(reader.now).procedure_key
    order = {row.id: (row.procedure_key != intake, row.procedure_key) for row in rows}
    return tuple(sorted(listed, key=lambda one: (not one.in_force, one.effective_at <= reader.now, order[one.id], -one.number)))


def version(reader: Reader, actor: Actor, version_id: str = "") -> Version:
    """One of them, the first when none is named; NotFound for an unknown one."""
    listed = versions(reader, actor)
    found = next((one for one in listed if version_id in ("", one.id)), None)
    if found is None:
        raise NotFound(NO_SUCH_VERSION)
    return found


def overview(reader: Reader, actor: Actor, version_id: str) -> tuple[RoleStanding, ...]:
    """Every role that the version gives tasks, with the people who hold it and how they stand; for those who may train."""
    rights.require(reader, actor, ACTION)
    procedure = reader.catalogue.get(version_id).procedure
    held, checks, trained = _holders(reader), _checks(reader, version_id), _trained(reader, version_id)
    return tuple(
        RoleStanding(
            role,
            procedure.roles[role].label,
            tuple(
                _standing(found, name, checks.get((role, found), []), trained.get(found, 0)) for found, name in held.get(role, ())
            ),
        )
        for role in examined_roles(procedure)
    )


def sessions(reader: Reader, actor: Actor, version_id: str) -> tuple[Session, ...]:
    """The trainings in a version, the newest first; for those who may train."""
    rights.require(reader, actor, ACTION)
    return _sessions(reader, training_session.c.version_id == version_id)


def session(reader: Reader, actor: Actor, session_id: str) -> Session:
    """One of them; NotFound for an unknown id."""
    rights.require(reader, actor, ACTION)
    found = _sessions(reader, training_session.c.id == session_id)
    if not found:
        raise NotFound(NO_SUCH_ENTRY)
    return found[0]


def colleagues(reader: Reader, actor: Actor) -> tuple[Option, ...]:
    """Everybody active, to choose from."""
    rights.require(reader, actor, ACTION)
    rows = reader.connection.execute(
        sa.select(person.c.id, person.c.name).where(person.c.active).order_by(person.c.name, person.c.id)
    )
    return tuple(Option(row.id, Text(row.name, row.name)) for row in rows)


def mine(reader: Reader, actor: Actor) -> tuple[tuple[Duty, ...], tuple[Session, ...]]:
    """The checks of my own roles under the versions in force, and the trainings that I took part in."""
    roles = {grant.role for grant in actor.grants if grant.deputising_for is None}
    duties: list[Duty] = []
    for found in (one for one in versions(reader, actor) if one.in_force):
        procedure = reader.catalogue.get(found.id).procedure
        checks = _checks(reader, found.id, actor.person_id)
        for role in (role for role in examined_roles(procedure) if role in roles):
            standing = _standing(actor.person_id, actor.name, checks.get((role, actor.person_id), []), 0)
            duties.append(Duty(found, role, procedure.roles[role].label, standing))
    there = sa.exists().where(
        training_attendance.c.session_id == training_session.c.id, training_attendance.c.person_id == actor.person_id
    )
    return tuple(duties), _sessions(reader, there)


def paper(reader: Reader, actor: Actor, version_id: str, role: str) -> Paper:
    """The questions that the actor is asked next; Forbidden for a role that is not their own."""
    found = version(reader, actor, version_id)
    procedure = reader.catalogue.get(found.id).procedure
    roles = {grant.role for grant in actor.grants if grant.deputising_for is None}
    if role not in roles or role not in examined_roles(procedure):
        raise Forbidden(NOT_YOUR_ROLE)
    attempt = len(_checks(reader, found.id, actor.person_id).get((role, actor.person_id), []))
    # As the command will draw them: by who takes the check and how often it was taken before.
    questions = exam(procedure, role, f"{actor.person_id}/{attempt}")
    return Paper(found, role, procedure.roles[role].label, attempt, questions)


def result(reader: Reader, actor: Actor, check_id: str) -> Result:
    """A check with every answer: one's own, or anybody's for those who may train; NotFound for others."""
    query = sa.select(training_check, person.c.name).join(person, person.c.id == training_check.c.person_id)
    row = reader.connection.execute(query.where(training_check.c.id == check_id)).first()
    if row is None or (row.person_id != actor.person_id and not rights.may(reader, actor, ACTION)):
        raise NotFound(NO_SUCH_ENTRY)
    found = version(reader, actor, row.version_id)
    procedure = reader.catalogue.get(found.id).procedure
    label = procedure.roles[row.role].label if row.role in procedure.roles else Text(row.role, row.role)
    questions = tuple(_answered(entry) for entry in json.loads(row.answers))
    return Result(found, row.role, label, row.name, row.at, row.passed, row.right_count, row.asked_count, questions)


def _version(reader: Reader, row: Any, in_force: bool) -> Version:
    published: Published = reader.catalogue.get(row.id)
    title = published.procedure.title
    name = Text(f"{title.zh} 第 {row.number} 版", f"{title.en}, version {row.number}")
    return Version(row.id, name, row.number, row.holds, in_force)


def _holders(reader: Reader) -> dict[str, list[tuple[str, str]]]:
    query = sa.select(role_grant.c.role, person.c.id, person.c.name).join(person, person.c.id == role_grant.c.person_id)
    rows = reader.connection.execute(query.where(person.c.active).distinct().order_by(person.c.name, person.c.id))
    held: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows:
        held[row.role].append((row.id, row.name))
    return held


def _checks(reader: Reader, version_id: str, person_id: str | None = None) -> dict[tuple[str, str], list[Any]]:
    taken = training_check.c
    query = sa.select(taken.id, taken.role, taken.person_id, taken.at, taken.passed).where(taken.version_id == version_id)
    if person_id is not None:
        query = query.where(taken.person_id == person_id)
    found: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in reader.connection.execute(query.order_by(taken.at, taken.id)):
        found[row.role, row.person_id].append(row)
    return found


def _trained(reader: Reader, version_id: str) -> dict[str, int]:
    there = training_attendance.c
    query = sa.select(there.person_id, sa.func.count().label("times")).join(
        training_session, training_session.c.id == there.session_id
    )
    rows = reader.connection.execute(query.where(training_session.c.version_id == version_id).group_by(there.person_id))
    return {row.person_id: row.times for row in rows}


def _standing(person_id: str, name: str, checks: list[Any], trained: int) -> Standing:
    passed = next((row for row in checks if row.passed), None)
    if passed is not None:
        return Standing(person_id, name, PASSED, passed.at, len(checks), trained)
    return Standing(person_id, name, FAILED if checks else OPEN, checks[-1].at if checks else None, len(checks), trained)


def _sessions(reader: Reader, where: sa.ColumnElement[bool]) -> tuple[Session, ...]:
    query = sa.select(training_session, person.c.name.label("trainer")).join(person, person.c.id == training_session.c.trainer_id)
    newest = (training_session.c.held_on.desc(), training_session.c.id.desc())
    rows = reader.connection.execute(query.where(where).order_by(*newest).limit(MOST)).all()
    there = sa.select(training_attendance.c.session_id, person.c.id, person.c.name)
    there = there.join(person, person.c.id == training_attendance.c.person_id)
    there = there.where(training_attendance.c.session_id.in_([row.id for row in rows]))
    people: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for found in reader.connection.execute(there.order_by(person.c.name)) if rows else ():
        people[found.session_id].append((found.id, found.name))
    return tuple(
        Session(
            row.id, date.fromisoformat(row.held_on), row.subject, row.trainer_id, row.trainer, row.remark, tuple(people[row.id])
        )
        for row in rows
    )


def _answered(entry: Any) -> Answered:
    return Answered(Text(*entry["asks"]), tuple(Text(*choice) for choice in entry["choices"]), entry["right"], entry["answer"])
