"""What somebody entered by hand, turned into what a story would say: only what differs from the usual answers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from engine.domain.text import Text
from engine.domain.values import Value
from engine.errors import InvalidState, InvalidValues
from engine.procedure import Form, Procedure
from engine.rehearsal.hands import ANOTHER, DEALINGS, Who
from engine.rehearsal.scenario import Step
from engine.rehearsal.stage import FIRST_FACTS, Asked, Stage
from engine.rehearsal.trying.walk import Walk
from engine.rehearsal.values import FEEL, period, usual_answers

#: In minutes; a walk goes on by a year at most.
_UNITS: Mapping[str, int] = {"M": 1, "H": 60, "D": 1440}
_LONGEST, _DIGITS = 366 * 1440, 6
_WHEN = Text("请写一个数，最多一年，如 30 分钟、4 小时、3 天。", "Give a number, a year at most: 30 minutes, 4 hours, 3 days.")
SKIP = "skip"
_CANNOT = Text("没有这种做法。", "There is no such step.")


def intake(procedure: Procedure, now: datetime, emergency: bool) -> Asked | None:
    """The form with which a case begins, with its usual answers; None where cases begin without one."""
    form = _intake_form(procedure, emergency)
    if form is None:
        return None
    scope = {**dict.fromkeys(procedure.names), **FIRST_FACTS}
    return Asked(form, scope, usual_answers(procedure, form.name, scope, now.astimezone(UTC)))


def first_walk(procedure: Procedure, starts: datetime, question: Mapping[str, Any]) -> Walk:
    """A walk that begins as was entered; InvalidValues when the form cannot be taken."""
    facts = {key: int(value) for key, value in question.get("facts", {}).items() if key in procedure.facts}
    if question.get("begins") is not None and question["begins"] not in procedure.elements:
        raise InvalidState(_CANNOT)
    walk, emergency = Walk(starts, question.get("begins"), facts), bool(question.get("emergency"))
    asked = intake(procedure, starts, emergency) if question.get("begins") is None else None
    if asked is None:
        return walk
    told = differing(asked, question["raw"], procedure)
    if emergency:
        return Walk(starts, None, facts, {**told, procedure.register["emergency"]: True})
    element = procedure.element(procedure.intake.task)
    return Walk(starts, None, facts, told).on(Step(1, "complete", element.id, element.role, None, {}))


def step(wanted: Mapping[str, Any], stage: Stage, number: int) -> Step:
    """The step that was asked for; InvalidValues when its form cannot be taken."""
    verb, given = wanted["verb"], wanted.get("given", "")
    which, who = wanted.get("which"), _who(stage.procedure, wanted.get("as") or "")
    if verb == "complete":
        asked = stage.asked(stage.item(given, which))
        told = differing(asked, wanted.get("raw", {}), stage.procedure) if asked else {}
        return Step(number, verb, given, who.role, who.person, told, which=which)
    if verb == "do" and given in stage.procedure.actions:
        rule = stage.procedure.actions[given]
        chosen = {rule.field: wanted["value"]} if rule.field and wanted.get("value") else {}
        return Step(number, verb, given, who.role, None, chosen)
    if verb == "after":
        return Step(number, verb, _period(stage, given, wanted.get("unit") or "H"), None, None, {})
    if verb == "next":
        due = stage.instance.due()
        if not due:
            raise InvalidState(Text("没有等着的时间。", "Nothing waits for a moment."))
        return Step(number, "at", max(due[0].due_at, stage.now).astimezone(stage.procedure.day_rules.tz), None, None, {})
    if verb == SKIP or verb in DEALINGS:
        return Step(number, verb, given, who.role, who.person, {}, to=wanted.get("to") or None, which=which)
    raise InvalidState(_CANNOT)


def _who(procedure: Procedure, key: str) -> Who:
    """Whoever goes by this key: of a role the usual person, or another."""
    role = key.removeprefix(ANOTHER)
    return Who(role, key) if role != key and role in procedure.roles else Who(key or None)


def differing(asked: Asked, raw: Mapping[str, Any], procedure: Procedure) -> dict[str, Any]:
    """What was entered, without what the stage would answer by itself; InvalidValues by field when it cannot be taken."""
    zone = procedure.day_rules.tz
    shown = {key: value for key, value in raw.items() if asked.form.part(key.partition("[")[0]) is not None}
    entered = asked.form.read(shown, asked.scope, zone=zone)
    if entered.errors:
        zh, en = ("；".join(text.zh for text in entered.errors.values()), "; ".join(text.en for text in entered.errors.values()))
        raise InvalidValues(Text(zh, en), entered.errors)
    told: dict[str, Value] = {}
    # What one answer hides or shows changes what the stage would answer elsewhere, so it is asked until both agree.
    for _ in range(len(asked.form.fields) + 1):
        by_itself = asked.form.read({**asked.given, **told}, asked.scope, zone=zone).values
        missing = {key: value for key, value in entered.values.items() if by_itself.get(key) != value}
        if not missing:
            break
        told |= missing
    return {key: _as_said(value) for key, value in told.items()}


def _as_said(value: Value) -> Value:
    """A story computes what begins with an equals sign: what somebody has typed is only ever words."""
    typed = isinstance(value, str) and value.startswith(FEEL)
    return f"{FEEL}{json.dumps(value, ensure_ascii=False)}" if typed else value


def _intake_form(procedure: Procedure, emergency: bool) -> Form | None:
    if emergency:
        return procedure.forms.get(procedure.intake.emergency_form or "")
    return procedure.form_of(procedure.intake.task)


def _period(stage: Stage, given: str, unit: str) -> str:
    if not given.isdecimal() or len(given) > _DIGITS or unit not in _UNITS or not 0 < int(given) * _UNITS[unit] <= _LONGEST:
        raise InvalidValues(_WHEN, {"amount": _WHEN})
    written = f"P{int(given)}D" if unit == "D" else f"PT{int(given)}{unit}"
    period(stage.procedure, written)
    return written
