"""Pass a work item on to another department; every passing-on is counted on the case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from engine.commands.context import Procedures
from engine.commands.receipt import Receipt
from engine.commands.session import CaseSession, permits, sentences
from engine.commands.work.items import Row, open_item, require_free
from engine.domain import events as ev
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import InvalidState, InvalidValues
from engine.storage import tables as t
from engine.storage.work import Work

NO_DEPARTMENT = Text("请选择另一个部门。", "Choose another department.")
NOT_DEPARTMENTAL = Text(
    "这项工作不属于某个部门，不能转部门。请用“转交”交给同事。",
    "This item belongs to no department. Use “delegate” to hand it to a colleague.",
)


@dataclass(frozen=True, slots=True)
class PassOn:
    """``department`` is a department's code."""

    item_id: str
    department: str
    reason: str


def handle(command: PassOn, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Receipt:
    """InvalidValues for an unknown or the same department, or without a reason."""
    session, item = open_item(work, procedures, command.item_id, "pass_on")
    require_free(session, item)
    if item["department"] is None:
        raise InvalidState(NOT_DEPARTMENTAL)
    reason = permits.require_words("reason", command.reason, reason=True)
    named = sa.select(t.department).where(t.department.c.code == command.department, t.department.c.active)
    here = sa.or_(t.department.c.estate_id.is_(None), t.department.c.estate_id == item["estate_id"])
    row = work.connection.execute(named.where(here)).mappings().first()
    if row is None or command.department == item["department"]:
        raise InvalidValues(sentences.FORM_REFUSED, {"department": NO_DEPARTMENT})
    move(session, item, command.department, back=False)
    session.personal["reason"] = reason
    return session.finish("pass_on", Text(f"已转给{row['name_zh']}。", f"Passed on to {row['name_en']}."))


def move(session: CaseSession, item: Row, department: str, *, back: bool) -> None:
    """Put the item and the case into another department, and count it."""
    session.events.append(ev.WorkItemPassedOn(item["id"], department, item["department"], back))
    session.changes["passing_on_count"] = session.entry["passing_on_count"] + 1
    key = session.published.procedure.register.get("department")
    if key:
        session.set_values({key: department})
