"""Trainings in a version of a procedure, and the check that a person can carry it out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from engine.catalogue import Published, holds_from
from engine.commands.company import rights
from engine.commands.context import Handler, Procedures
from engine.commands.directory.changes import NOT_FOUND, require_row
from engine.commands.session import sentences
from engine.domain.actor import Actor
from engine.domain.ids import new_id
from engine.domain.text import Text
from engine.errors import Forbidden, InvalidState, InvalidValues, NotFound
from engine.procedure.exam import Question, exam, examined_roles, passes
from engine.storage import tables as t
from engine.storage.work import Work

ACTION = "train"
#: What a training is about: the source documents name the first two.
SUBJECTS = ("solving", "talking", "procedure", "statutes", "urgent_cases", "other")
MOST_WORDS, MOST_PEOPLE = 2_000, 500
NOT_YET = Text("日期不能晚于今天。", "The date cannot be after today.")
NOBODY_THERE = Text("请选择参加的人。", "Choose who took part.")
NO_SUBJECT = Text("请选择培训内容。", "Choose what it was about.")
NOT_YOUR_ROLE = Text("只考自己担任的岗位。", "One is checked in roles that one holds.")
ANSWER_ALL = Text("请选一个答案。", "Choose an answer.")
SIGN = Text("请勾选确认。", "Please confirm by ticking this.")
HANDED_IN = Text(
    "这份考核已经交过了。要再考一次，请重新打开。", "This check was handed in already. Open it anew to take it again."
)


@dataclass(frozen=True, slots=True)
class SaveTraining:
    """A training that was held; with ``session_id`` the record of one is put right."""

    version_id: str
    held_on: date
    subject: str
    trainer_id: str
    remark: str
    people: tuple[str, ...]
    session_id: str | None = None


@dataclass(frozen=True, slots=True)
class TakeCheck:
    """The answers to the questions of an attempt, None where nothing was chosen; ``signed`` is the person's own word."""

    version_id: str
    role: str
    attempt: int
    answers: tuple[int | None, ...]
    signed: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """How a check came out; ``wrong`` are the places of the questions answered wrongly."""

    check_id: str
    passed: bool
    right: int
    asked: int
    wrong: tuple[int, ...]


def save_training(command: SaveTraining, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The training's id; InvalidValues for a day to come, nobody present or people who are not here."""
    rights.require_anywhere(actor, procedures, ACTION, now)
    version(work, procedures, command.version_id)
    remark, faults = rights.optional(MOST_WORDS, remark=command.remark)
    people = set(command.people[:MOST_PEOPLE])
    if command.held_on > now.astimezone(procedures.zone).date() or command.held_on.year < 2000:
        faults["held_on"] = NOT_YET
    if command.subject not in SUBJECTS:
        faults["subject"] = NO_SUBJECT
    faults |= _unknown(work, command, people)
    rights.refuse(faults)
    session_id = command.session_id or new_id(now)
    row = {"version_id": command.version_id, "held_on": command.held_on.isoformat(), "subject": command.subject}
    kept = {**row, "trainer_id": command.trainer_id, **remark, "recorded_at": now, "recorded_by": actor.person_id}
    if command.session_id:
        require_row(work, t.training_session, command.session_id)
        work.batch.update(t.training_session, (session_id,), kept)
        work.batch.delete(t.training_attendance, t.training_attendance.c.session_id == session_id)
    else:
        work.batch.insert(t.training_session, {**kept, "id": session_id})
    for person_id in sorted(people):
        work.batch.insert(t.training_attendance, {"session_id": session_id, "person_id": person_id})
    change = "changed" if command.session_id else "added"
    rights.journal(
        work, t.training_session, session_id, change, {**row, "trainer_id": command.trainer_id, "people": sorted(people)}
    )
    return session_id


def _unknown(work: Work, command: SaveTraining, people: set[str]) -> dict[str, Text]:
    here = rights.active(work, people | {command.trainer_id})
    faults = {} if command.trainer_id in here else {"trainer_id": rights.UNKNOWN_PERSON}
    # Who has left since may stay in the record of a training that they took part in.
    held = t.training_attendance.c
    present = sa.select(held.person_id).where(held.session_id == (command.session_id or ""))
    known = here | set(work.connection.execute(present).scalars())
    if not people:
        return {**faults, "people": NOBODY_THERE}
    return faults if people <= known else {**faults, "people": rights.UNKNOWN_PERSON}


def take_check(command: TakeCheck, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Checked:
    """What came of it, kept for good; InvalidValues while an answer is missing, InvalidState when it was handed in before."""
    published = version(work, procedures, command.version_id)
    if command.role not in own_roles(actor) or command.role not in examined_roles(published.procedure):
        raise Forbidden(NOT_YOUR_ROLE)
    if command.attempt != attempts(work.connection, command.version_id, command.role, actor.person_id):
        raise InvalidState(HANDED_IN)
    questions = exam(published.procedure, command.role, seed(actor.person_id, command.attempt))
    _require_answers(questions, command)
    wrong = tuple(
        n for n, (question, answer) in enumerate(zip(questions, command.answers, strict=True)) if question.right != answer
    )
    right, asked = len(questions) - len(wrong), len(questions)
    check_id, passed = new_id(now), passes(right, asked)
    outcome = {
        "version_id": command.version_id,
        "role": command.role,
        "passed": passed,
        "right_count": right,
        "asked_count": asked,
    }
    row = {**outcome, "id": check_id, "person_id": actor.person_id, "at": now, "answers": _written(questions, command.answers)}
    work.batch.insert(t.training_check, row)
    rights.journal(work, t.training_check, check_id, "taken", {**outcome, "person_id": actor.person_id})
    return Checked(check_id, passed, right, asked, wrong)


def _require_answers(questions: Sequence[Question], command: TakeCheck) -> None:
    given = (*command.answers, *(None for _ in range(len(questions) - len(command.answers))))
    faults = {
        f"q{n}": ANSWER_ALL
        for n, (question, answer) in enumerate(zip(questions, given, strict=False))
        if answer is None or not 0 <= answer < len(question.choices)
    }
    if not command.signed:
        faults["signed"] = SIGN
    if faults or len(command.answers) != len(questions):
        raise InvalidValues(sentences.FORM_REFUSED, faults)


def _written(questions: Sequence[Question], answers: Sequence[int | None]) -> str:
    entries = [
        {
            "element": question.element_id,
            "asks": [question.asks.zh, question.asks.en],
            "choices": [[choice.zh, choice.en] for choice in question.choices],
            "right": question.right,
            "answer": answer,
        }
        for question, answer in zip(questions, answers, strict=True)
    ]
    return json.dumps(entries, ensure_ascii=False)


def version(work: Work, procedures: Procedures, version_id: str) -> Published:
    """A version that was published; NotFound for another id."""
    known = sa.select(t.procedure_version.c.id).where(t.procedure_version.c.id == version_id, holds_from.is_not(None))
    if work.connection.execute(known).first() is None:
        raise NotFound(NOT_FOUND)
    return procedures.catalogue.plain.get(version_id)


def own_roles(actor: Actor) -> frozenset[str]:
    """The roles held in one's own right: a deputy is not checked in another's place."""
    return frozenset(grant.role for grant in actor.grants if grant.deputising_for is None)


def attempts(connection: sa.Connection, version_id: str, role: str, person_id: str) -> int:
    """How often the person took the check of a role and version."""
    taken = t.training_check.c
    where = (taken.version_id == version_id, taken.role == role, taken.person_id == person_id)
    return int(connection.execute(sa.select(sa.func.count()).where(*where)).scalar_one())


def seed(person_id: str, attempt: int) -> str:
    """What the questions of an attempt are drawn by: everybody gets others, and the next time too."""
    return f"{person_id}/{attempt}"


HANDLERS: dict[type, Handler] = {SaveTraining: save_training, TakeCheck: take_check}
