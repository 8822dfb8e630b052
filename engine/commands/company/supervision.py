"""Inspections of how complaints are handled: cases drawn by chance, findings on each, measures followed to their end."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from engine.commands.company import rights
from engine.commands.context import Handler, Procedures
from engine.commands.directory.changes import NOT_FOUND, require_row
from engine.domain.actor import Actor
from engine.domain.ids import new_id
from engine.domain.text import Text
from engine.errors import Forbidden, InvalidState, NotFound
from engine.storage import tables as t
from engine.storage.work import Work

ACTION = "inspect"
LONGEST, LONGEST_LINE, MOST_SAMPLED, MOST_DRAWN_FROM = 2_000, 200, 50, 20_000
NO_DAYS = Text("请填写检查的起止日期，最长一年。", "Give the first and last day, a year apart at most.")
NO_SAMPLE = Text(f"请填 1 到 {MOST_SAMPLED} 之间的整数。", f"Give a whole number from 1 to {MOST_SAMPLED}.")
NOTHING_THERE = Text(
    "这段时间没有登记的投诉，没有可抽查的。", "No complaint was registered in these days: there is nothing to inspect."
)
CLOSED = Text("这次检查已经结束。", "This inspection is closed.")
NO_CLAUSE = Text("规程里没有这一条。", "The procedure has no such clause.")
SAY_WHY = Text("不符合的，请写明情况。", "Say what was found when it does not conform.")
STILL_TO_DO = Text("还有没看完的案件，不能结束。", "Some cases have not been looked at: it cannot be closed yet.")
MEASURES_OPEN = Text("还有没落实的措施，不能结束。", "Some measures are not carried out: it cannot be closed yet.")
PAST_DAY = Text("期限不能早于今天。", "The date cannot be before today.")
NOT_YOURS = Text("由负责人本人或检查人填写。", "The person responsible or the inspector fills this in.")
DONE = Text("这项措施已经落实。", "This measure is carried out already.")


@dataclass(frozen=True, slots=True)
class OpenInspection:
    """``inspector`` is who inspects, ``outside`` when that is nobody of the company; so many cases are drawn by chance."""

    estate_id: str
    department: str
    first_day: date
    last_day: date
    inspector: str
    outside: bool
    subject: str
    sample: int


@dataclass(frozen=True, slots=True)
class RecordFinding:
    """What was found in one of the cases."""

    inspection_id: str
    case_id: str
    conforming: bool
    clause: str
    remark: str


@dataclass(frozen=True, slots=True)
class AddMeasure:
    """What is to be done about it, by whom and until when."""

    inspection_id: str
    text: str
    responsible_id: str
    due_on: date


@dataclass(frozen=True, slots=True)
class FinishMeasure:
    """It is carried out, and what came of it."""

    measure_id: str
    outcome: str


@dataclass(frozen=True, slots=True)
class CloseInspection:
    """The conclusion, and what the measures have changed."""

    inspection_id: str
    conclusion: str
    effect: str


def open_inspection(command: OpenInspection, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The inspection's id; which cases were drawn can be told again from its seed."""
    rights.require_in(actor, procedures, ACTION, command.estate_id, now)
    require_row(work, t.estate, command.estate_id)
    said, faults = rights.texts(LONGEST_LINE, inspector=command.inspector, subject=command.subject)
    if not timedelta() <= command.last_day - command.first_day <= timedelta(days=366) or command.first_day.year < 2000:
        faults["last_day"] = NO_DAYS
    if not 1 <= command.sample <= MOST_SAMPLED:
        faults["sample"] = NO_SAMPLE
    rights.refuse(faults)
    cases = _registered(work, procedures, command)
    if not cases:
        rights.refuse({"last_day": NOTHING_THERE})
    inspection_id = new_id(now)
    seed = inspection_id[-20:]
    drawn = random.Random(seed).sample(cases, min(command.sample, len(cases)))
    days = {"first_day": command.first_day.isoformat(), "last_day": command.last_day.isoformat()}
    row = {**days, **said, "estate_id": command.estate_id, "department": command.department or None, "outside": command.outside}
    drawing = {"seed": seed, "drawn_from": len(cases)}
    work.batch.insert(t.inspection, {**row, **drawing, "id": inspection_id, "opened_at": now, "opened_by": actor.person_id})
    for position, case_id in enumerate(drawn, start=1):
        sampled = {"inspection_id": inspection_id, "case_id": case_id, "position": position, "remark": ""}
        work.batch.insert(t.inspected_case, sampled)
    rights.journal(work, t.inspection, inspection_id, "opened", {**row, **drawing, "cases": drawn, **dict.fromkeys(said)}, said)
    return inspection_id


def _registered(work: Work, procedures: Procedures, command: OpenInspection) -> list[str]:
    entry = t.register_entry.c
    first = datetime.combine(command.first_day, time(), procedures.zone)
    after = datetime.combine(command.last_day + timedelta(days=1), time(), procedures.zone)
    key = procedures.catalogue.intake(work.now).procedure_key
    query = sa.select(entry.case_id).where(entry.estate_id == command.estate_id, entry.procedure_key == key)
    query = query.where(entry.registered_at >= first, entry.registered_at < after)
    if command.department:
        query = query.where(entry.department == command.department)
    return list(work.connection.execute(query.order_by(entry.case_id).limit(MOST_DRAWN_FROM)).scalars())


def record_finding(command: RecordFinding, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> None:
    """NotFound for a case that was not drawn; what does not conform needs words."""
    inspection = _open(work, procedures, actor, command.inspection_id, now)
    drawn = t.inspected_case.c
    here = sa.select(drawn.case_id).where(drawn.inspection_id == inspection["id"], drawn.case_id == command.case_id)
    if work.connection.execute(here).first() is None:
        raise NotFound(NOT_FOUND)
    said, faults = rights.optional(LONGEST, remark=command.remark)
    if not command.conforming and not said["remark"]:
        faults["remark"] = SAY_WHY
    if command.clause and command.clause not in procedures.catalogue.intake(now).procedure.clauses:
        faults["clause"] = NO_CLAUSE
    rights.refuse(faults)
    row = {**said, "conforming": command.conforming, "clause": command.clause or None}
    work.batch.update(t.inspected_case, (inspection["id"], command.case_id), {**row, "looked_at": now})
    found = {"conforming": command.conforming, "clause": command.clause, "case_id": command.case_id}
    rights.journal(work, t.inspected_case, inspection["id"], "looked_at", found, said)


def add_measure(command: AddMeasure, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The measure's id."""
    inspection = _open(work, procedures, actor, command.inspection_id, now)
    said, faults = rights.texts(LONGEST, text=command.text)
    if not rights.active(work, {command.responsible_id}):
        faults["responsible_id"] = rights.UNKNOWN_PERSON
    if not now.astimezone(procedures.zone).date() <= command.due_on < rights.LATEST:
        faults["due_on"] = PAST_DAY
    rights.refuse(faults)
    measure_id = new_id(now)
    row = {
        **said,
        "inspection_id": inspection["id"],
        "responsible_id": command.responsible_id,
        "due_on": command.due_on.isoformat(),
    }
    work.batch.insert(t.measure, {**row, "id": measure_id})
    rights.journal(work, t.measure, measure_id, "added", {**row, **dict.fromkeys(said)}, said)
    return measure_id


def finish_measure(command: FinishMeasure, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The inspection's id; the person responsible may, and whoever may inspect there."""
    measure = require_row(work, t.measure, command.measure_id)
    inspection = require_row(work, t.inspection, measure["inspection_id"])
    if measure["responsible_id"] != actor.person_id:
        _require_inspector(actor, procedures, inspection, now)
    if measure["done_at"] is not None:
        raise InvalidState(DONE)
    said, faults = rights.texts(LONGEST, outcome=command.outcome)
    rights.refuse(faults)
    work.batch.update(t.measure, (command.measure_id,), {**said, "done_at": now, "done_by": actor.person_id})
    rights.journal(work, t.measure, command.measure_id, "done", {}, said)
    return str(inspection["id"])


def close_inspection(command: CloseInspection, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> None:
    """InvalidState while a case has not been looked at, or a measure is not carried out."""
    inspection = _open(work, procedures, actor, command.inspection_id, now)
    drawn, measure = t.inspected_case.c, t.measure.c
    unseen = sa.select(drawn.case_id).where(drawn.inspection_id == inspection["id"], drawn.conforming.is_(None))
    if work.connection.execute(unseen.limit(1)).first():
        raise InvalidState(STILL_TO_DO)
    undone = sa.select(measure.id).where(measure.inspection_id == inspection["id"], measure.done_at.is_(None))
    if work.connection.execute(undone.limit(1)).first():
        raise InvalidState(MEASURES_OPEN)
    said, faults = rights.texts(LONGEST, conclusion=command.conclusion, effect=command.effect)
    rights.refuse(faults)
    work.batch.update(t.inspection, (inspection["id"],), {**said, "closed_at": now, "closed_by": actor.person_id})
    rights.journal(work, t.inspection, inspection["id"], "closed", {}, said)


def _open(work: Work, procedures: Procedures, actor: Actor, inspection_id: str, now: datetime) -> Any:
    inspection = require_row(work, t.inspection, inspection_id)
    _require_inspector(actor, procedures, inspection, now)
    if inspection["closed_at"] is not None:
        raise InvalidState(CLOSED)
    return inspection


def _require_inspector(actor: Actor, procedures: Procedures, inspection: Any, now: datetime) -> None:
    try:
        rights.require_in(actor, procedures, ACTION, inspection["estate_id"], now)
    except Forbidden as refusal:
        # Who may not inspect there learns nothing of what there is.
        raise NotFound(NOT_FOUND) from refusal


HANDLERS: dict[type, Handler] = {
    OpenInspection: open_inspection,
    RecordFinding: record_finding,
    AddMeasure: add_measure,
    FinishMeasure: finish_measure,
    CloseInspection: close_inspection,
}
