"""A plan is settled: its figure is drawn again over a period after, or it is dropped with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engine.commands.context import Procedures
from engine.commands.directory.changes import save
from engine.commands.plans.drawing import ACTION, drawn, period_faults, period_of, today_of
from engine.commands.plans.saving import LONGEST_TEXT, OPEN, PUBLIC, SETTLED, long_or_missing, require_plan
from engine.commands.session import permits, sentences
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import InvalidState, InvalidValues
from engine.storage import tables as t
from engine.storage.work import Work

MEASURED, DROPPED = "measured", "dropped"
OVERLAP = Text("要在“之前”那段时间以后开始。", "It has to begin after the period before.")


@dataclass(frozen=True, slots=True)
class MeasurePlan:
    """The days after, both included, and what the plan brought about, in words."""

    plan_id: str
    after_from: date | None
    after_until: date | None
    effect: str


@dataclass(frozen=True, slots=True)
class DropPlan:
    """Given up, with the reason."""

    plan_id: str
    reason: str


def handle_measure(command: MeasurePlan, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """Draws the figure after; by those who keep plans, or by the person responsible."""
    row = _open_plan(work, procedures, actor, command.plan_id, responsible=True)
    names, today = ("after_from", "after_until"), today_of(procedures, now)
    faults = period_faults(names, command.after_from, command.after_until, today)
    faults |= long_or_missing({"effect": (command.effect, LONGEST_TEXT)})
    if not faults and command.after_from is not None and command.after_until is not None:
        period = period_of(command.after_from, command.after_until, procedures)
        if period.start >= row["before_until"]:
            value = drawn(work, procedures, row["figure"], row["category"], period, row["estate_id"])
            after = {"after_from": period.start, "after_until": period.end, "after_value": value}
            return _settle(work, row, {**after, "effect": command.effect.strip(), "state": MEASURED})
        faults = {"after_from": OVERLAP}
    raise InvalidValues(sentences.FORM_REFUSED, faults)


def handle_drop(command: DropPlan, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """Only by those who keep plans."""
    row = _open_plan(work, procedures, actor, command.plan_id, responsible=False)
    faults = long_or_missing({"effect": (command.reason, LONGEST_TEXT)})
    if faults:
        raise InvalidValues(sentences.FORM_REFUSED, faults)
    return _settle(work, row, {"effect": command.reason.strip(), "state": DROPPED})


def _open_plan(work: Work, procedures: Procedures, actor: Actor, plan_id: str, *, responsible: bool) -> Any:
    row = require_plan(work, actor, plan_id)
    if not (responsible and row["responsible_id"] == actor.person_id):
        permits.require_action(actor, procedures.catalogue.intake(work.now).procedure, ACTION, row["estate_id"])
    if row["state"] != OPEN:
        raise InvalidState(SETTLED)
    return row


def _settle(work: Work, row: Any, changes: dict[str, Any]) -> str:
    settled = {**changes, "settled_at": work.now, "settled_by": work.actor.person_id}
    return save(work, t.service_plan, settled, row["id"], public=PUBLIC)
