"""How far a replay is, what it came to, its diagrams, and one case before and after."""

from __future__ import annotations

from flask import Response, make_response, render_template, request
from werkzeug.wrappers import Response as Answer

from engine.queries.studio import replaying
from engine.queries.studio.replaying import Run, pages
from webforms import visit
from webforms.blueprints.studio.door import blueprint
from webforms.blueprints.studio.replaying.framing import framed, named
from webforms.wording import t


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
    return make_response(framed("run", told.run, told=told, changed=_changed_since(told.run)))


@blueprint.get("/procedure/drafts/<draft_id>/replay/<run_id>/heat")
def replay_heat(draft_id: str, run_id: str) -> str:
    """How often each element is passed, on the diagram and in a table."""
    heat = pages.heat(visit.reader(), visit.actor(), run_id, request.args.get("sheet", ""))
    state = {
        "names": named(heat.names),
        "heat": {one.element: one.step for one in heat.passed if one.step},
        "badges": {one.element: _counted(one) for one in heat.passed if one.before or one.after},
    }
    return framed("heat", heat.run, heat=heat, state=state)


@blueprint.get("/procedure/drafts/<draft_id>/replay/<run_id>/cases/<case_id>")
def replay_case(draft_id: str, run_id: str, case_id: str) -> str:
    """One case: its way and its deadlines as they were and as they would have been."""
    told = pages.case(visit.reader(), visit.actor(), run_id, case_id, request.args.get("sheet", ""))
    names = named(told.names)
    lost = {own: {"kind": "late", "text": t("replay.only_before")} for own in told.gone}
    won = {own: {"kind": "count", "text": t("replay.only_after")} for own in told.new}
    states = {
        "before": {"names": names, "done": list(told.passed["before"]), "badges": lost},
        "after": {"names": names, "done": list(told.passed["after"]), "badges": won},
    }
    return framed("case", told.run, told=told, states=states)


@blueprint.get("/procedure/drafts/<draft_id>/replay/<run_id>/drawings/<side>/<process_id>")
def replay_drawing(draft_id: str, run_id: str, side: str, process_id: str) -> Answer:
    """A diagram as it was before, or as it was played through."""
    content = pages.drawing(visit.reader(), visit.actor(), run_id, side, process_id)
    return Response(content, content_type="application/xml")


def _changed_since(run: Run) -> bool:
    return replaying.digest_now(visit.reader(), visit.actor(), run.draft_id) not in (None, run.digest)


def _counted(one: pages.Passed) -> dict[str, str]:
    if one.before == one.after:
        return {"kind": "plain", "text": str(one.after)}
    return {"kind": "count", "text": f"{one.before} → {one.after}"}
