"""The stage of replays: complaints of a period through a draft, ordered, waited for, read as totals and case by case."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from engine.commands import studio as commands
from engine.domain.text import Text
from engine.errors import InvalidState, InvalidValues
from engine.outbound.sheets import Column, Kind, csv_lines
from engine.queries import studio
from engine.queries.studio import replaying
from engine.queries.studio.replaying import Narrowed, Run, pages
from webforms import refusals, visit
from webforms.blueprints.studio.door import blueprint
from webforms.blueprints.studio.drawing import stage
from webforms.wording import said, t

#: The period that is offered first.
DAYS = 90
_NO_DAY = Text("请写成 2026-09-01 这样的日期。", "Write a day such as 2026-09-01.")
_CURRENT = "studio.replay"


@blueprint.get("/procedure/drafts/<draft_id>/replay")
def replay(draft_id: str) -> str:
    """What can be ordered, and what replays of the draft have come to."""
    return _ordering(draft_id, _offered(), {})


@blueprint.post("/procedure/drafts/<draft_id>/replay")
def replay_begin(draft_id: str) -> Answer:
    """Order a replay; the worker runs it, and its page tells how far it is."""
    given = {name: request.form.get(name, "").strip() for name in ("since", "until", "which")}
    try:
        period = _period(given)
        run_id = visit.execute(commands.BeginReplay(draft_id, *period, given["which"]))
    except (InvalidValues, InvalidState) as refusal:
        faults = dict(refusal.fields) if isinstance(refusal, InvalidValues) else {}
        page = _ordering(draft_id, given, faults or {"": refusal.text})
        return make_response(page, refusals.status_of(refusal))
    return redirect(url_for("studio.replay_run", draft_id=draft_id, run_id=run_id), 303)


@blueprint.get("/procedure/drafts/<draft_id>/replay/<run_id>")
def replay_run(draft_id: str, run_id: str) -> Answer:
    """How far it is, and what it came to; how far it is alone when the page asks again by itself."""
    told = pages.told(visit.reader(), visit.actor(), run_id)
    if visit.is_partial():
        answer = make_response(render_template("studio/replaying/progress.html", run=told.run))
        if not told.run.under_way:
            # What it came to needs the whole page.
            answer.headers["HX-Refresh"] = "true"
        return answer
    return make_response(_stage("run", told.run, told=told, changed=_changed_since(told.run)))


@blueprint.post("/procedure/drafts/<draft_id>/replay/<run_id>/cancel")
def replay_cancel(draft_id: str, run_id: str) -> Answer:
    """Give it up."""
    visit.execute(commands.CancelReplay(run_id))
    flash(t("replay.was_cancelled"), "success")
    return redirect(url_for("studio.replay_run", draft_id=draft_id, run_id=run_id), 303)


@blueprint.get("/procedure/drafts/<draft_id>/replay/<run_id>/heat")
def replay_heat(draft_id: str, run_id: str) -> str:
    """How often each element is passed, on the diagram and in a table."""
    heat = pages.heat(visit.reader(), visit.actor(), run_id, request.args.get("sheet", ""))
    state = {
        "names": _named(heat.names),
        "heat": {one.element: one.step for one in heat.passed if one.step},
        "badges": {one.element: _counted(one) for one in heat.passed if one.before or one.after},
    }
    return _stage("heat", heat.run, heat=heat, state=state)


@blueprint.get("/procedure/drafts/<draft_id>/replay/<run_id>/cases")
def replay_cases(draft_id: str, run_id: str) -> str:
    """The cases that the reader may read, narrowed to those that something became of."""
    narrowed, element = _narrowed(), request.args.get("at", "")
    page = request.args.get("page", 1, type=int)
    found = replaying.cases(visit.reader(), visit.actor(), run_id, narrowed, page, element)
    run = replaying.run(visit.reader(), visit.actor(), run_id)
    return _stage("cases", run, found=found, narrowed=narrowed, element=element, ways=list(Narrowed))


@blueprint.get("/procedure/drafts/<draft_id>/replay/<run_id>/cases.csv")
def replay_sheet(draft_id: str, run_id: str) -> Answer:
    """The same cases, all of them, as a file."""
    reader, actor, narrowed = visit.reader(), visit.actor(), _narrowed()
    first = replaying.cases(reader, actor, run_id, narrowed)
    lines = [line for page in range(1, first.pages + 1) for line in replaying.cases(reader, actor, run_id, narrowed, page).lines]
    columns = [Column(t(f"replay.column.{name}"), kind) for name, kind in _COLUMNS]
    content = b"".join(csv_lines(columns, [[_cell(line, name) for name, _ in _COLUMNS] for line in lines], zone=reader.zone))
    answer = Response(content, content_type="text/csv; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=f"replay-{run_id}.csv")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@blueprint.get("/procedure/drafts/<draft_id>/replay/<run_id>/cases/<case_id>")
def replay_case(draft_id: str, run_id: str, case_id: str) -> str:
    """One case: its way and its deadlines as they were and as they would have been."""
    told = pages.case(visit.reader(), visit.actor(), run_id, case_id, request.args.get("sheet", ""))
    names = _named(told.names)
    lost = {own: {"kind": "late", "text": t("replay.only_before")} for own in told.gone}
    won = {own: {"kind": "count", "text": t("replay.only_after")} for own in told.new}
    states = {
        "before": {"names": names, "done": list(told.passed["before"]), "badges": lost},
        "after": {"names": names, "done": list(told.passed["after"]), "badges": won},
    }
    return _stage("case", told.run, told=told, states=states)


@blueprint.get("/procedure/drafts/<draft_id>/replay/<run_id>/drawings/<side>/<process_id>")
def replay_drawing(draft_id: str, run_id: str, side: str, process_id: str) -> Answer:
    """A diagram as it was before, or as it was played through."""
    content = pages.drawing(visit.reader(), visit.actor(), run_id, side, process_id)
    return Response(content, content_type="application/xml")


def _ordering(draft_id: str, given: dict[str, str], faults: dict[str, Text]) -> str:
    row, _ = studio.opened(visit.reader(), visit.actor(), draft_id)
    runs = replaying.runs(visit.reader(), visit.actor(), draft_id)
    place = (draft_id, row["procedure_key"], row["base_number"])
    return stage("studio/replaying/stage.html", *place, current=_CURRENT, given=given, faults=faults, runs=runs)


def _stage(page: str, run: Run, **values: Any) -> str:
    place = (run.draft_id, run.procedure_key, run.base_number)
    return stage(f"studio/replaying/{page}.html", *place, current=_CURRENT, run=run, **values)


def _changed_since(run: Run) -> bool:
    return replaying.digest_now(visit.reader(), visit.actor(), run.draft_id) not in (None, run.digest)


def _offered() -> dict[str, str]:
    today = visit.reader().now.astimezone(visit.reader().zone).date()
    return {"since": (today - timedelta(DAYS)).isoformat(), "until": today.isoformat(), "which": "all"}


def _period(given: dict[str, str]) -> tuple[date | None, date | None]:
    wrong, days = {}, []
    for name in ("since", "until"):
        try:
            days.append(date.fromisoformat(given[name]) if given[name] else None)
        except ValueError:
            wrong[name] = _NO_DAY
    if wrong:
        raise InvalidValues(_NO_DAY, wrong)
    return days[0], days[1]


def _narrowed() -> Narrowed:
    asked = request.args.get("which", "")
    return Narrowed(asked) if asked in set(Narrowed) else Narrowed.ALL


def _named(names: Any) -> dict[str, str]:
    """The names that are drawn otherwise than the diagram has them."""
    return {key: words for key, name in names.items() if (words := said(name)) != name.zh}


def _counted(one: pages.Passed) -> dict[str, str]:
    if one.before == one.after:
        return {"kind": "plain", "text": str(one.after)}
    return {"kind": "count", "text": f"{one.before} → {one.after}"}


def _cell(line: replaying.CaseLine, name: str) -> Any:
    value = getattr(line, name)
    words = {"closed": f"replay.is.{'closed' if line.closed else 'open'}", "same": f"replay.way.{_way(line)}"}
    if name in words:
        return t(words[name])
    if name == "stuck":
        return t(f"replay.stuck.{value}") if value else None
    return t("replay.yes") if value is True else None if value is False else value


def _way(line: replaying.CaseLine) -> str:
    return "same" if line.same else "other"


_COLUMNS = (
    ("number", Kind.TEXT), ("closed", Kind.TEXT), ("same", Kind.TEXT), ("newly_missed", Kind.NUMBER), ("newly_kept", Kind.NUMBER),
    ("added", Kind.NUMBER), ("gone", Kind.NUMBER), ("stuck", Kind.TEXT), ("assumed", Kind.TEXT),
)  # fmt: skip
