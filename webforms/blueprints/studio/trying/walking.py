"""A case walked through by hand in a draft, on a clock of its own: nothing of it touches a real case or reaches anybody."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import errors
from engine.commands import studio as commands
from engine.commands import versions
from engine.domain.text import Text
from engine.queries.studio import trying as queries
from webforms import filling, visit
from webforms.blueprints.studio.door import blueprint
from webforms.blueprints.studio.drawing import stage
from webforms.blueprints.studio.trying import asking
from webforms.blueprints.studio.trying.drawn import cannot, clock, state_of
from webforms.wording import said, t


@blueprint.get("/procedure/drafts/<draft_id>/try/walk")
def trying_walk(draft_id: str) -> Response:
    """Where the walk stands, or the form with which it begins; why not, when the draft cannot be walked through."""
    trial = _trial(draft_id)
    try:
        return _page(trial)
    except errors.InvalidState as refusal:
        return make_response(cannot(trial, refusal))


@blueprint.post("/procedure/drafts/<draft_id>/try/walk")
def trying_begin(draft_id: str) -> Response:
    """Begin with what was entered."""
    trial = _trial(draft_id)
    if filling.only_redraws():
        return _page(trial)
    if asking.moment_of(request.form.get("_starts", "")) is None:
        return _page(trial, asking.Refused(asking.WHEN, {"_starts": asking.WHEN}))
    answer = trial.ask({"ask": "begin", **asking.beginning(trial), "raw": filling.typed()})
    if "refused" in answer:
        return _page(trial, asking.Refused(answer["refused"], answer["fields"]))
    visit.execute(commands.KeepWalk(draft_id, answer["walk"], trial.walk))
    return _onward(draft_id)


@blueprint.post("/procedure/drafts/<draft_id>/try/walk/step")
def trying_step(draft_id: str) -> Response:
    """Take the step: complete a task, do something else that is offered, or let time go on."""
    trial, form = _trial(draft_id), request.form
    verb, task = form.get("_verb", ""), asking.place_posted()
    if trial.walk is None or form.get("_walk") != _mark(trial.walk):
        raise errors.Conflict(Text("这次试走在别处又走了一步，请再看一下。", "This walk has gone on elsewhere: look again."))
    if filling.only_redraws():
        return _page(trial, task=task)
    named = {name: form.get(f"_{name}", "") for name in ("given", "as", "value", "to", "unit")}
    step = {"verb": verb, **named, "which": asking.which_of(form.get("_which", "")), "raw": filling.typed()}
    answer = asking.asks(trial, {"ask": "step", "walk": trial.walk, "step": step})
    if "refused" in answer:
        return _page(trial, asking.Refused(answer["refused"], answer["fields"], task, verb), task=task)
    visit.execute(commands.KeepWalk(draft_id, answer["walk"], trial.walk))
    return _onward(draft_id)


@blueprint.post("/procedure/drafts/<draft_id>/try/walk/fields")
def trying_fields(draft_id: str) -> str:
    """The fields of a form alone, for what was entered so far."""
    trial = _trial(draft_id)
    task = asking.place_posted()
    drawn = asking.drawing(trial, asking.form_of(trial, task), task, None)
    address = url_for("studio.trying_fields", draft_id=draft_id)
    return render_template("rendering/fields_part.html", drawn=drawn, update_to=address, names=asking.known(trial))


@blueprint.post("/procedure/drafts/<draft_id>/try/walk/back")
def trying_back(draft_id: str) -> Response:
    """Back to an earlier step; with none left the walk is forgotten."""
    trial = _trial(draft_id)
    upto, walk = request.form.get("_upto", ""), None
    if trial.walk is not None and asking.is_count(upto):
        walk = trial.ask({"ask": "look", "walk": trial.walk, "upto": int(upto)})["walk"]
    visit.execute(commands.KeepWalk(draft_id, walk, trial.walk))
    return _onward(draft_id)


@blueprint.post("/procedure/drafts/<draft_id>/try/walk/save")
def trying_save(draft_id: str) -> Response:
    """Make the walk a story of the draft, and play that story."""
    trial = _trial(draft_id)
    if trial.walk is None:
        return _onward(draft_id)
    name, name_en = (request.form.get(part, "").strip() for part in ("name", "name_en"))
    answer = trial.ask({"ask": "save", "walk": trial.walk, "name": name})
    if "refused" in answer:
        return _page(trial, asking.Refused(answer["refused"], {}))
    try:
        file = visit.execute(commands.SaveStory(draft_id, answer["story"], bool(request.form.get("_take_over")), name_en))
    except errors.Rejection as refusal:
        fields = refusal.fields if isinstance(refusal, errors.InvalidValues) else {}
        return _page(trial, asking.Refused(refusal.text, fields), may_take_over=isinstance(refusal, versions.HeldByOther))
    digest, _, played = queries.rehearse(visit.reader(), visit.actor(), draft_id, [file])
    visit.close_reader()
    visit.execute(commands.KeepVerdicts(draft_id, digest, tuple(played)))
    flash(t("trying.saved", name=(name_en or name) if visit.language() == "en" else name), "success")
    return redirect(url_for("studio.trying_story", draft_id=draft_id, file=file), 303)


def _trial(draft_id: str) -> queries.Trial:
    return queries.trial(visit.reader(), visit.actor(), draft_id)


def _onward(draft_id: str) -> Response:
    """To where the walk stands now, still as the person chosen."""
    who = request.form.get("_who") or None
    return filling.carried_out(redirect(url_for("studio.trying_walk", draft_id=draft_id, who=who), 303))


def _page(trial: queries.Trial, refused: asking.Refused | None = None, task: str = "", may_take_over: bool = False) -> Response:
    """The walk, or its beginning, with what was refused and everything that was typed."""
    begins = trial.walk is None
    faults = refused.fields if refused else {}
    values = _beginning_page(trial, refused) if begins else _walk_page(trial, refused, task or request.args.get("task", ""))
    template = "studio/trying/begin.html" if begins else "studio/trying/walk.html"
    place = (trial.draft_id, trial.procedure_key, trial.base_number)
    body = stage(template, *place, current="studio.trying", refused=refused, request_id=filling.request_id(), clock=clock,
                 faults=faults, trial=trial, may_take_over=may_take_over, **values)  # fmt: skip
    return make_response(body, 422 if refused else 200)


def _beginning_page(trial: queries.Trial, refused: asking.Refused | None) -> dict[str, Any]:
    asked = asking.form_of(trial, asking.BEGIN)
    chosen = asking.beginning(trial)
    values = {"asked": asked, "chosen": chosen, "starts": f"{datetime.fromisoformat(chosen['starts']):%Y-%m-%dT%H:%M}"}
    return {**values, "drawn": asking.drawing(trial, asked, asking.BEGIN, refused)}


def _walk_page(trial: queries.Trial, refused: asking.Refused | None, wanted: str) -> dict[str, Any]:
    told = asking.heard(asking.asks(trial, {"ask": "look", "walk": trial.walk, "drawing": request.args.get("drawing")}))
    view, who = told["view"], request.values.get("_who") or request.values.get("who", "")
    for one in view["open"]:
        one["place"] = f"{one['element']}{asking.WHICH}{one['which']}" if one["which"] is not None else one["element"]
        one["own"] = who in one["doers"]
    task = _chosen(view["open"], wanted, who)
    drawn = asking.drawing(trial, asking.form_of(trial, task["place"]), task["place"], refused) if task else None
    return {
        "told": told,
        "view": view,
        "who": who if any(who == key for key, _ in view["people"]) else "",
        "names": {key: said(name) for key, name in view["people"]},
        "task": task,
        "drawn": drawn,
        "departments": asking.departments(),
        "known": asking.known(trial),
        "instructions": trial.procedure.element(task["element"]).instructions if task else None,
        "state": state_of(view, trial, links=True),
        "mark": _mark(trial.walk or ""),
    }


def _chosen(tasks: list[dict[str, Any]], wanted: str, who: str) -> dict[str, Any] | None:
    """The task asked for, else the only one, else the first that is for the person chosen."""
    if len(tasks) == 1:
        return tasks[0]
    own = [one for one in tasks if who and one["own"]]
    return next((one for one in tasks if wanted in (one["place"], one["element"])), own[0] if own else None)


def _mark(walk: str) -> str:
    """By which a page says which walk it shows."""
    return sha256(walk.encode()).hexdigest()[:16]
