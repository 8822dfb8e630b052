"""Improvement plans: listed, made, put right, measured again."""

from __future__ import annotations

from typing import Any

from flask import url_for
from werkzeug.wrappers import Response

from engine.commands import plans as commands
from engine.errors import Forbidden
from engine.queries import improvement
from webforms import visit
from webforms.blueprints.reports.door import blueprint, shown, typed_day
from webforms.taking import carried_out, text
from webforms.wording import WORDS


@blueprint.get("/plans")
def plans() -> Response:
    """The plans of the reader's estates, open ones first."""
    listed, offered = improvement.plans(visit.reader(), visit.actor()), improvement.choices(visit.reader(), visit.actor())
    return shown("plans", plans=listed, may_keep=offered.may_keep)


@blueprint.get("/plans/new")
def new_plan() -> Response:
    """The form of a new plan."""
    return _form(None)


@blueprint.post("/plans/new")
def add_plan() -> Response:
    """Make a plan."""
    return carried_out(lambda: _posted(None), lambda **again: _form(None, **again), _address, "plans.saved")


@blueprint.get("/plans/<plan_id>")
def plan(plan_id: str) -> Response:
    """One plan with its figure before and after."""
    return _plan(plan_id)


@blueprint.get("/plans/<plan_id>/edit")
def edit_plan(plan_id: str) -> Response:
    """The form of a plan that is open."""
    return _form(plan_id)


@blueprint.post("/plans/<plan_id>/edit")
def save_plan(plan_id: str) -> Response:
    """Put a plan right; the figure before is drawn anew."""
    return carried_out(lambda: _posted(plan_id), lambda **again: _form(plan_id, **again), _address, "plans.saved")


@blueprint.post("/plans/<plan_id>/measure")
def measure_plan(plan_id: str) -> Response:
    """Draw the figure again and say what came of it."""

    def make() -> Any:
        return commands.MeasurePlan(plan_id, typed_day("after_from"), typed_day("after_until"), text("effect"))

    return carried_out(make, lambda **again: _plan(plan_id, **again), _address, "plans.measured")


@blueprint.post("/plans/<plan_id>/drop")
def drop_plan(plan_id: str) -> Response:
    """Give a plan up."""

    def again(faults: dict[str, Any], **more: Any) -> Response:
        return _plan(plan_id, faults={"dropped": next(iter(faults.values()))}, **more)

    return carried_out(lambda: commands.DropPlan(plan_id, text("dropped")), again, _address, "plans.dropped")


def _plan(plan_id: str, **more: Any) -> Response:
    found = improvement.one(visit.reader(), visit.actor(), plan_id)
    first, last = improvement.last_month(visit.reader(), visit.actor())
    return shown("plan", plan=found, proposed=(first, last), **more)


def _form(plan_id: str | None, **more: Any) -> Response:
    offered = improvement.choices(visit.reader(), visit.actor())
    found = improvement.one(visit.reader(), visit.actor(), plan_id) if plan_id else None
    if not offered.may_keep or (found is not None and not found.may_keep):
        raise Forbidden(WORDS["plans.not_yours"])
    proposed = improvement.last_month(visit.reader(), visit.actor())
    return shown("plan_form", plan=found, offered=offered, proposed=proposed, **more)


def _posted(plan_id: str | None) -> commands.SavePlan:
    return commands.SavePlan(
        estate_id=text("estate"),
        title=text("title"),
        reason=text("reason"),
        measure=text("measure"),
        responsible_id=text("responsible"),
        due_on=typed_day("due_on"),
        figure=text("figure"),
        before_from=typed_day("before_from"),
        before_until=typed_day("before_until"),
        category=text("category") or None,
        cases=text("cases"),
        plan_id=plan_id,
    )


def _address(plan_id: Any) -> str:
    return url_for("reports.plan", plan_id=plan_id)
