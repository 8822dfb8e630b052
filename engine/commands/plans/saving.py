"""An improvement plan is made, or put right while it is open; the figure before is drawn at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from engine.commands.context import Procedures
from engine.commands.directory.changes import NEEDED, NOT_FOUND, require_row, save
from engine.commands.plans.drawing import ACTION, FIRST_YEAR, TOO_EARLY, drawn, offered, period_faults, period_of, today_of
from engine.commands.session import permits, sentences
from engine.domain.actor import COMPANY, Actor
from engine.domain.text import Text
from engine.errors import InvalidState, InvalidValues, NotFound
from engine.storage import tables as t
from engine.storage.work import Work

OPEN = "open"
LONGEST_TITLE, LONGEST_TEXT = 120, 2000
MOST_CASES = 20
#: What the journal of the administration keeps in clear: nothing that anybody wrote.
PUBLIC = ("estate_id", "category", "figure", "before_value", "after_value", "due_on", "responsible_id", "state")
NO_FIGURE = Text("请选择一个数字。", "Choose a figure.")
NO_CATEGORY = Text("请选择类别：这个数字按类别统计。", "Choose a category: this figure is counted within one.")
UNKNOWN_CATEGORY = Text("规程里没有这个类别。", "The procedure has no such category.")
NO_PERSON = Text("请选择负责人。", "Choose who is responsible.")
NO_ESTATE = Text("没有这个小区。请重新选择。", "There is no such estate. Choose again.")
SETTLED = Text("这份计划已经了结，不能再改。", "This plan is settled and cannot be changed.")
TOO_MANY = Text(f"最多列 {MOST_CASES} 件投诉。", f"{MOST_CASES} cases at most.")


@dataclass(frozen=True, slots=True)
class SavePlan:
    """Without ``plan_id`` a new one; ``cases`` are numbers with spaces or commas between, days include both ends."""

    estate_id: str
    title: str
    reason: str
    measure: str
    responsible_id: str
    due_on: date | None
    figure: str
    before_from: date | None
    before_until: date | None
    category: str | None = None
    cases: str = ""
    plan_id: str | None = None


def handle(command: SavePlan, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The plan's id; Forbidden without the action ``keep_plans``, InvalidValues for each field that cannot be taken."""
    estate_id = command.estate_id or COMPANY
    standing = require_plan(work, actor, command.plan_id) if command.plan_id else None
    permits.require_action(actor, procedures.catalogue.intake(now).procedure, ACTION, estate_id)
    if standing is not None:
        permits.require_action(actor, procedures.catalogue.intake(now).procedure, ACTION, standing["estate_id"])
        if standing["state"] != OPEN:
            raise InvalidState(SETTLED)
    row = _checked(command, work, procedures, estate_id)
    period = period_of(*_days(command), procedures)
    value = drawn(work, procedures, command.figure, row["category"], period, estate_id)
    row |= {"estate_id": estate_id, "before_from": period.start, "before_until": period.end, "before_value": value, "state": OPEN}
    if not command.plan_id:
        row |= {"created_at": now, "created_by": actor.person_id}
    return save(work, t.service_plan, row, command.plan_id, public=PUBLIC)


def require_plan(work: Work, actor: Actor, plan_id: str) -> Any:
    """The plan's row; NotFound for those who hold no role in its estate."""
    row = require_row(work, t.service_plan, plan_id)
    if not any(row["estate_id"] == COMPANY or grant.estate_id in (None, row["estate_id"]) for grant in actor.grants):
        raise NotFound(NOT_FOUND)
    return row


def _days(command: SavePlan) -> tuple[date, date]:
    assert command.before_from is not None and command.before_until is not None
    return command.before_from, command.before_until


def _checked(command: SavePlan, work: Work, procedures: Procedures, estate_id: str) -> dict[str, Any]:
    figure = offered(procedures, work.now)[1].get(command.figure)
    category, numbers = command.category or None, _numbers(command.cases)
    faults = {
        **long_or_missing({"title": (command.title, LONGEST_TITLE)}),
        **long_or_missing({"reason": (command.reason, LONGEST_TEXT), "measure": (command.measure, LONGEST_TEXT)}),
        **({} if figure else {"figure": NO_FIGURE}),
        **({"category": NO_CATEGORY} if figure and figure.needs_category and not category else {}),
        **({"category": UNKNOWN_CATEGORY} if category and category not in _categories(procedures, work.now) else {}),
        **({} if _is_person(work, command.responsible_id) else {"responsible": NO_PERSON}),
        **_due_faults(command.due_on),
        **period_faults(
            ("before_from", "before_until"), command.before_from, command.before_until, today_of(procedures, work.now)
        ),
        **({} if estate_id == COMPANY or _is_estate(work, estate_id) else {"estate": NO_ESTATE}),
        **_case_faults(work, numbers, estate_id),
    }
    if faults:
        raise InvalidValues(sentences.FORM_REFUSED, faults)
    words = {name: getattr(command, name).strip() for name in ("title", "reason", "measure")}
    due = command.due_on.isoformat() if command.due_on else ""
    kept = {"category": category, "cases": " ".join(numbers), "responsible_id": command.responsible_id, "due_on": due}
    return {**words, **kept, "figure": command.figure}


def long_or_missing(texts: Mapping[str, tuple[str, int]]) -> dict[str, Text]:
    """A fault for each text that is missing or longer than its bound."""
    faults = {name: NEEDED for name, (text, _) in texts.items() if not text.strip()}
    long = {name: most for name, (text, most) in texts.items() if len(text.strip()) > most}
    return faults | {name: sentences.too_long(sentences.WORDS, most) for name, most in long.items()}


def _due_faults(due_on: date | None) -> dict[str, Text]:
    if due_on is None:
        return {"due_on": NEEDED}
    return {"due_on": TOO_EARLY} if due_on.year < FIRST_YEAR else {}


def _numbers(typed: str) -> list[str]:
    for mark in ",，、;；":
        typed = typed.replace(mark, " ")
    return list(dict.fromkeys(typed.upper().split()))


def _case_faults(work: Work, numbers: list[str], estate_id: str) -> dict[str, Text]:
    if len(numbers) > MOST_CASES:
        return {"cases": TOO_MANY}
    entry = t.register_entry.c
    here = sa.true() if estate_id == COMPANY else entry.estate_id == estate_id
    known = set(work.connection.execute(sa.select(entry.number).where(entry.number.in_(numbers), here)).scalars())
    unknown = "、".join(number for number in numbers if number not in known)
    said = Text(f"登记簿里没有：{unknown}", f"Not in the register: {unknown.replace('、', ', ')}")
    return {"cases": said} if unknown else {}


def _categories(procedures: Procedures, now: datetime) -> set[str]:
    procedure = procedures.catalogue.intake(now).procedure
    field = procedure.vocabulary.get(procedure.register.get("category", ""))
    return {choice.value for choice in field.choices} if field else set()


def _is_person(work: Work, person_id: str) -> bool:
    found = sa.select(t.person.c.id).where(t.person.c.id == person_id, t.person.c.active)
    return work.connection.execute(found).first() is not None


def _is_estate(work: Work, estate_id: str) -> bool:
    return work.connection.execute(sa.select(t.estate.c.id).where(t.estate.c.id == estate_id)).first() is not None
