"""A line of the ledger, and the line that takes one back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from engine.commands.context import Procedures
from engine.commands.directory.changes import NEEDED, NOT_FOUND, note, require_row
from engine.commands.plans.saving import long_or_missing
from engine.commands.session import permits, sentences
from engine.domain.actor import COMPANY, Actor
from engine.domain.codec import dumps, number_text
from engine.domain.ids import new_id
from engine.domain.text import Text
from engine.errors import Forbidden, InvalidState, InvalidValues, NotFound
from engine.procedure.beside import ConductKind, conduct_kinds
from engine.storage import tables as t
from engine.storage.work import Work

ACTION, READ = "keep_ledger", "read_ledger"
LONGEST_TEXT, LONGEST_NAME = 2000, 120
MOST_AMOUNT = Decimal(10_000_000)
NO_KIND = Text("请选择奖励还是处分。", "Choose whether it is a reward or a sanction.")
NOBODY = Text("请选择人员或部门。", "Choose a person or a department.")
NO_PERSON = Text("没有这个人。请重新选择。", "There is no such person. Choose again.")
NO_DEPARTMENT = Text("没有这个部门。请重新选择。", "There is no such department. Choose again.")
NO_LEVEL = Text("规程里没有这一级。", "The procedure has no such level.")
NOTHING_GIVEN = Text("级别、金额、措施，至少填一样。", "Give at least one of level, amount and measure.")
BAD_AMOUNT = Text("金额要大于零，最多两位小数。", "An amount above zero, with two decimals at most.")
NO_CASE = Text("登记簿里没有这个编号。", "The register has no such number.")
NOT_YET = Text("决定日期不能在今天以后。", "The decision cannot lie in the future.")
NOT_ONESELF = Text("不能登记自己的奖惩，请另一位同事登记。", "Nobody enters what concerns themselves: ask a colleague.")
TAKEN_BACK = Text("这一条已经冲销过。", "This line was taken back before.")
IS_COUNTER = Text("冲销的一条不能再冲销；请另登记一条。", "A counter-entry is not taken back; enter a new line instead.")


@dataclass(frozen=True, slots=True)
class EnterConduct:
    """A reward or sanction as it was decided; ``case_number`` is that of the register, if it comes from a case."""

    kind: str
    estate_id: str
    person_id: str | None
    department: str | None
    level: str | None
    amount: Decimal | None
    measure: str
    reason: str
    decided_by: str
    decided_on: date | None
    case_number: str = ""


@dataclass(frozen=True, slots=True)
class CounterEntry:
    """Takes a line back, with the reason; both stay."""

    entry_id: str
    reason: str


def handle(command: EnterConduct, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The line's id; Forbidden without the action ``keep_ledger`` and for what concerns oneself."""
    estate_id = command.estate_id or COMPANY
    procedure = procedures.catalogue.intake(now).procedure
    permits.require_action(actor, procedure, ACTION, estate_id)
    if command.person_id == actor.person_id:
        raise Forbidden(NOT_ONESELF)
    case_id = _case_of(work, command.case_number, estate_id)
    faults = _faults(command, work, conduct_kinds(procedure).get(command.kind), case_id, now.astimezone(procedures.zone).date())
    if faults:
        raise InvalidValues(sentences.FORM_REFUSED, faults)
    about = {"kind": command.kind, "estate_id": estate_id, "person_id": command.person_id or None}
    given = {"department": command.department or None, "level": command.level or None, "measure": command.measure.strip() or None}
    amount = None if command.amount is None else number_text(command.amount)
    decided = {
        "decided_by": command.decided_by.strip(),
        "decided_on": command.decided_on.isoformat() if command.decided_on else "",
    }
    return _enter(work, {**about, **given, **decided, "amount": amount, "reason": command.reason.strip(), "case_id": case_id})


def handle_counter(command: CounterEntry, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The id of the line that takes the other back."""
    row = require_row(work, t.conduct_entry, command.entry_id)
    if not permits.may_use(actor, procedures.catalogue.intake(now).procedure, READ, row["estate_id"]):
        raise NotFound(NOT_FOUND)
    permits.require_action(actor, procedures.catalogue.intake(now).procedure, ACTION, row["estate_id"])
    if row["person_id"] == actor.person_id:
        raise Forbidden(NOT_ONESELF)
    if row["counters_id"] is not None:
        raise InvalidState(IS_COUNTER)
    column = t.conduct_entry.c.counters_id
    if work.connection.execute(sa.select(column).where(column == command.entry_id)).first():
        raise InvalidState(TAKEN_BACK)
    faults = long_or_missing({"reason": (command.reason, LONGEST_TEXT)})
    if faults:
        raise InvalidValues(sentences.FORM_REFUSED, faults)
    same = {name: row[name] for name in ("kind", "estate_id", "person_id", "department", "level", "amount", "measure", "case_id")}
    today = now.astimezone(procedures.zone).date().isoformat()
    mine = {"reason": command.reason.strip(), "decided_by": actor.name, "decided_on": today, "counters_id": command.entry_id}
    return _enter(work, {**same, **mine})


def _enter(work: Work, row: dict[str, Any]) -> str:
    last = work.connection.execute(sa.select(sa.func.coalesce(sa.func.max(t.conduct_entry.c.serial), 0))).scalar_one()
    entry_id = new_id(work.now)
    whole = {**row, "id": entry_id, "serial": last + 1, "entered_at": work.now, "entered_by": work.actor.person_id}
    work.batch.insert(t.conduct_entry, whole)
    # The journal holds the line by its digest: what is restricted does not stand there in clear, and cannot be changed unseen.
    note(work, t.conduct_entry, entry_id, "countered" if row.get("counters_id") else "entered", {"digest": digest(whole)})
    return entry_id


def digest(row: dict[str, Any]) -> str:
    """What the journal keeps of a line."""
    return hashlib.sha256(dumps({name: value for name, value in row.items() if value is not None}).encode()).hexdigest()


def _faults(command: EnterConduct, work: Work, kind: ConductKind | None, case_id: str | None, today: date) -> dict[str, Text]:
    nothing = not (command.level or command.amount is not None or command.measure.strip())
    return {
        **({} if kind else {"kind": NO_KIND}),
        **_whom(command, work),
        **({"level": NO_LEVEL} if kind and command.level and command.level not in kind.levels else {}),
        **({"level": NOTHING_GIVEN} if nothing else {}),
        **({} if _is_amount(command.amount) else {"amount": BAD_AMOUNT}),
        **long_or_missing({"reason": (command.reason, LONGEST_TEXT), "decided_by": (command.decided_by, LONGEST_NAME)}),
        **({"measure": sentences.too_long(sentences.WORDS, LONGEST_TEXT)} if len(command.measure) > LONGEST_TEXT else {}),
        **({"decided_on": NEEDED} if command.decided_on is None else {}),
        **({"decided_on": NOT_YET} if command.decided_on and command.decided_on > today else {}),
        **({"case": NO_CASE} if command.case_number.strip() and case_id is None else {}),
    }


def _whom(command: EnterConduct, work: Work) -> dict[str, Text]:
    if not (command.person_id or command.department):
        return {"person": NOBODY}
    people = sa.select(t.person.c.id).where(t.person.c.id == command.person_id)
    departments = sa.select(t.department.c.id).where(t.department.c.code == command.department)
    if command.person_id and not work.connection.execute(people).first():
        return {"person": NO_PERSON}
    return {"department": NO_DEPARTMENT} if command.department and not work.connection.execute(departments).first() else {}


def _is_amount(amount: Decimal | None) -> bool:
    if amount is None:
        return True
    return amount.is_finite() and 0 < amount <= MOST_AMOUNT and amount == amount.quantize(Decimal("0.01"))


def _case_of(work: Work, number: str, estate_id: str) -> str | None:
    entry = t.register_entry.c
    here = sa.true() if estate_id == COMPANY else entry.estate_id == estate_id
    query = sa.select(entry.case_id).where(entry.number == number.strip().upper(), here)
    return work.connection.execute(query).scalar() if number.strip() else None
