"""Open cases and a new version: what moving each would mean, the order, its receipt, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import errors
from engine.commands import incidents as commands
from engine.domain.text import Text
from engine.domain.values import count_in
from engine.queries import procedure
from engine.queries.procedure import running
from webforms import refusals, visit
from webforms.blueprints.procedure.door import blueprint
from webforms.wording import t

_MOVED, _WAITING = "moved", "waiting"
#: Among so many cases an example is looked for.
_LOOKED_AT = 5


@dataclass(frozen=True, slots=True)
class Tried:
    """An open case with what moving it would mean; ``impossible`` says why it cannot be."""

    case: running.Running
    preview: Any
    impossible: Text | None
    rev: int = 0


@blueprint.get("/procedure/<key>/versions/<int:number>/cases")
def cases(key: str, number: int) -> Response:
    """Every open case of another version, with what moving it to this one would mean."""
    return _cases(key, number, request.args, {}, 200)


@blueprint.post("/procedure/<key>/versions/<int:number>/cases")
def move_cases(key: str, number: int) -> Response:
    """Move the ticked ones, each on its own; what stays, stays with its sentence."""
    given = request.form
    wanted = (tuple(given.getlist("case_id")), given.get("timers", ""), given.get("reason", ""))
    try:
        run_id = visit.execute(commands.BeginMigration(key, number, *wanted))
    except errors.InvalidValues as refusal:
        return _cases(key, number, given, refusal.fields, refusals.status_of(refusal))
    _carry_out(run_id)
    return _receipt(run_id)


@blueprint.get("/procedure/migrations/<migration_id>")
def migration(migration_id: str) -> Response:
    """The receipt of an order: which case was moved, which not and why."""
    return _migration(migration_id, {}, 200)


@blueprint.post("/procedure/migrations/<migration_id>/go-on")
def go_on(migration_id: str) -> Response:
    """Take up an order again that was broken off."""
    _carry_out(migration_id)
    return _receipt(migration_id)


@blueprint.post("/procedure/migrations/<migration_id>/back")
def go_back(migration_id: str) -> Response:
    """Let the ticked cases follow their version of before again, each on its own."""
    reason, ticked = request.form.get("reason", ""), request.form.getlist("case_id")
    order = running.order(visit.reader(), visit.actor(), migration_id)
    faults = {} if reason.strip() else {"reason": Text("请写明原因。", "Please give the reason.")}
    faults |= {} if ticked else {"case_id": Text("请先勾选要换回的投诉。", "Tick the complaints to go back first.")}
    if faults:
        return _migration(migration_id, faults, 422)
    _each(order.id, ticked, lambda case_id: commands.GoBack(order.id, case_id, reason))
    return _receipt(order.id)


def _carry_out(run_id: str) -> None:
    """Every case of the order that still waits, in the state in which the page showed it."""
    reader, actor = visit.reader(), visit.actor()
    order = running.order(reader, actor, run_id)
    waiting = [one.case_id for one in running.outcomes(reader, actor, run_id) if one.state == _WAITING]
    failures = running.failures(reader, actor, run_id)
    movers = [
        commands.Mover(case_id, count_in(request.form.get(f"seen.{case_id}", "")), failures.get(case_id, ()))
        for case_id in waiting
    ]
    commands.carry_through(visit.execute, commands.Going(run_id, order.version_id, order.timers, order.reason), movers)


def _each(run_id: str, case_ids: Iterable[str], command: Callable[[str], Any]) -> None:
    for case_id in case_ids:
        try:
            visit.execute(command(case_id))
        except errors.EngineError as refusal:
            visit.execute(commands.NoteRefusal(run_id, case_id, refusal.text))


def _receipt(run_id: str) -> Response:
    flash(t("migration.answered"), "success")
    return redirect(url_for("procedure.migration", migration_id=run_id), 303)


def _cases(key: str, number: int, given: Any, faults: dict[str, Text], status: int) -> Response:
    reader, actor = visit.reader(), visit.actor()
    timers = given.get("timers", "") if given.get("timers") in commands.TIMERS else commands.KEEP
    from_number, case = count_in(given.get("from", "")), given.get("case", "").strip()
    found = running.elsewhere(reader, actor, key, number, from_number, case, count_in(given.get("page", "")) or 1)
    version = procedure.recorded(reader, actor, key, number)
    holds = version.state in ("in_force", "past")
    values = {
        "version": version,
        "title": procedure.title(reader, actor, key),
        "versions": running.by_version(reader, actor, key, number),
        "orders": running.orders(reader, actor, version.version_id),
        "holds": holds,
        "page": found,
        "timers": timers,
        "ways": commands.TIMERS,
        "from_number": from_number,
        "case": case,
        "ticked": set(given.getlist("case_id")),
        "all": given.get("tick") == "all",
        "reason": given.get("reason", ""),
        "faults": faults,
    }
    # Each case is looked at in a transaction of its own that writes nothing.
    tried = [_tried(one, version.version_id, timers) for one in found.rows] if holds else []
    # With deadlines counted anew each is known already; with deadlines kept only some are looked at a second time.
    looked_at = tried if timers == commands.RECOMPUTE else tried[:_LOOKED_AT]
    example = _example(looked_at, version.version_id, timers)
    alike = len(looked_at) == found.total
    page = render_template("procedure/cases.html", tried=tried, example=example, alike=alike, **values)
    return make_response(page, status)


def _tried(case: running.Running, version_id: str, timers: str) -> Tried:
    try:
        moved = visit.execute(commands.MigrateCase(case.case_id, version_id, "", dry_run=True, timers=timers))
    except errors.EngineError as refusal:
        return Tried(case, None, refusal.text)
    return Tried(case, moved.preview, moved.migration.impossible, moved.rev)


def _example(looked_at: list[Tried], version_id: str, timers: str) -> tuple[str, Any] | None:
    """One of these cases with a deadline of its own that counting anew would move; None where it would move none."""
    for one in looked_at:
        anew = one if timers == commands.RECOMPUTE else _tried(one.case, version_id, commands.RECOMPUTE)
        shifted = anew.preview.shifted if anew.preview and not anew.impossible else ()
        found = next((due for due in shifted if due.before and due.after), None)
        if found is not None:
            return one.case.number, found
    return None


def _migration(run_id: str, faults: dict[str, Text], status: int) -> Response:
    reader, actor = visit.reader(), visit.actor()
    order = running.order(reader, actor, run_id)
    rows = running.outcomes(reader, actor, run_id)
    page = render_template(
        "procedure/migration.html",
        order=order,
        rows=rows,
        title=procedure.title(reader, actor, order.procedure_key),
        may_go_back=any(one.state == _MOVED for one in rows),
        waits=order.counts.get(_WAITING, 0),
        reason=request.form.get("reason", ""),
        ticked=set(request.form.getlist("case_id")),
        all=request.args.get("tick") == "all",
        faults=faults,
    )
    return make_response(page, status)
