"""A case walked through by hand in a draft, on a clock of its own: nothing of it touches a real case or reaches anybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from hashlib import sha256
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import errors
from engine.commands import studio as commands
from engine.commands import versions
from engine.domain.text import Text
from engine.queries import people
from engine.queries.studio import trying as queries
from webforms import filling, visit
from webforms.blueprints.studio.door import blueprint
from webforms.blueprints.studio.drawing import stage
from webforms.blueprints.studio.trying.drawn import cannot, clock, state_of
from webforms.rendering import Rendering, raw_of, render
from webforms.wording import t

_BEGIN = ""
_ANOTHER = "another"
_MORNING = time(9)
_YEARS, _MOST_DIGITS = range(2000, 2100), 6
_WHEN = Text("请选 2000 年到 2099 年之间的一个时间。", "Choose a time between the years 2000 and 2099.")


@dataclass(frozen=True, slots=True)
class _Refused:
    """What could not be taken: why, at which entries, and for which task it was typed."""

    text: Text
    fields: dict[str, Text]
    task: str = _BEGIN


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
    if _moment(request.form.get("_starts", "")) is None:
        return _page(trial, _Refused(_WHEN, {"_starts": _WHEN}))
    answer = trial.ask({"ask": "begin", **_beginning(trial), "raw": filling.typed()})
    if "refused" in answer:
        return _page(trial, _Refused(answer["refused"], answer["fields"]))
    visit.execute(commands.KeepWalk(draft_id, answer["walk"], trial.walk))
    return _onward(draft_id)


@blueprint.post("/procedure/drafts/<draft_id>/try/walk/step")
def trying_step(draft_id: str) -> Response:
    """Take the step: complete a task, do something else that is offered, or let time go on."""
    trial, form = _trial(draft_id), request.form
    task = form.get("_given", "") if form.get("_verb") == "complete" else _BEGIN
    if trial.walk is None or form.get("_walk") != _mark(trial.walk):
        raise errors.Conflict(Text("这次试走在别处又走了一步，请再看一下。", "This walk has gone on elsewhere: look again."))
    if filling.only_redraws():
        return _page(trial, task=task)
    step = {
        "verb": form.get("_verb", ""),
        "given": form.get("_given", ""),
        "as": form.get("_as", ""),
        "value": form.get("_value"),
    }
    step["by"] = _ANOTHER if form.get("_another") else ""
    answer = trial.ask({"ask": "step", "walk": trial.walk, "step": {**step, "raw": filling.typed()}})
    if "refused" in answer:
        return _page(trial, _Refused(answer["refused"], answer["fields"], task), task=task)
    visit.execute(commands.KeepWalk(draft_id, answer["walk"], trial.walk))
    return _onward(draft_id)


@blueprint.post("/procedure/drafts/<draft_id>/try/walk/fields")
def trying_fields(draft_id: str) -> str:
    """The fields of a form alone, for what was entered so far."""
    trial = _trial(draft_id)
    task = request.form.get("_given", _BEGIN)
    drawn = _drawn(trial, _asked(trial, task), task, None)
    address = url_for("studio.trying_fields", draft_id=draft_id)
    return render_template("rendering/fields_part.html", drawn=drawn, update_to=address)


@blueprint.post("/procedure/drafts/<draft_id>/try/walk/back")
def trying_back(draft_id: str) -> Response:
    """Back to an earlier step; with none left the walk is forgotten."""
    trial = _trial(draft_id)
    upto, walk = request.form.get("_upto", ""), None
    if trial.walk is not None and _is_count(upto):
        walk = trial.ask({"ask": "look", "walk": trial.walk, "upto": int(upto)})["walk"]
    visit.execute(commands.KeepWalk(draft_id, walk, trial.walk))
    return _onward(draft_id)


@blueprint.post("/procedure/drafts/<draft_id>/try/walk/save")
def trying_save(draft_id: str) -> Response:
    """Make the walk a story of the draft, and play that story."""
    trial = _trial(draft_id)
    if trial.walk is None:
        return _onward(draft_id)
    name = request.form.get("name", "").strip()
    answer = trial.ask({"ask": "save", "walk": trial.walk, "name": name})
    if "refused" in answer:
        return _page(trial, _Refused(answer["refused"], {}))
    try:
        file = visit.execute(commands.SaveStory(draft_id, answer["story"], bool(request.form.get("_take_over"))))
    except errors.Rejection as refusal:
        fields = refusal.fields if isinstance(refusal, errors.InvalidValues) else {}
        return _page(trial, _Refused(refusal.text, fields), may_take_over=isinstance(refusal, versions.HeldByOther))
    digest, _, played = queries.rehearse(visit.reader(), visit.actor(), draft_id, [file])
    visit.close_reader()
    visit.execute(commands.KeepVerdicts(draft_id, digest, tuple(played)))
    flash(t("trying.saved", name=name), "success")
    return redirect(url_for("studio.trying_story", draft_id=draft_id, file=file), 303)


def _trial(draft_id: str) -> queries.Trial:
    return queries.trial(visit.reader(), visit.actor(), draft_id)


def _onward(draft_id: str) -> Response:
    return filling.carried_out(redirect(url_for("studio.trying_walk", draft_id=draft_id), 303))


def _page(trial: queries.Trial, refused: _Refused | None = None, task: str = "", may_take_over: bool = False) -> Response:
    """The walk, or its beginning, with what was refused and everything that was typed."""
    begins = trial.walk is None
    faults = refused.fields if refused else {}
    values = _beginning_page(trial, refused) if begins else _walk_page(trial, refused, task or request.args.get("task", ""))
    template = "studio/trying/begin.html" if begins else "studio/trying/walk.html"
    place = (trial.draft_id, trial.procedure_key, trial.base_number)
    body = stage(template, *place, current="studio.trying", refused=refused, request_id=filling.request_id(), clock=clock,
                 faults=faults, trial=trial, may_take_over=may_take_over, **values)  # fmt: skip
    return make_response(body, 422 if refused else 200)


def _beginning_page(trial: queries.Trial, refused: _Refused | None) -> dict[str, Any]:
    asked = _asked(trial, _BEGIN)
    chosen = _beginning(trial)
    values = {"asked": asked, "chosen": chosen, "starts": f"{datetime.fromisoformat(chosen['starts']):%Y-%m-%dT%H:%M}"}
    return {**values, "drawn": _drawn(trial, asked, _BEGIN, refused)}


def _walk_page(trial: queries.Trial, refused: _Refused | None, wanted: str) -> dict[str, Any]:
    told = _heard(trial.ask({"ask": "look", "walk": trial.walk, "drawing": request.args.get("drawing")}))
    view = told["view"]
    doable = [one for one in view["open"] if one["first"]]
    task = next((one for one in doable if one["element"] == wanted), doable[0] if len(doable) == 1 else None)
    drawn = _drawn(trial, _asked(trial, task["element"]), task["element"], refused) if task else None
    return {
        "told": told,
        "view": view,
        "task": task,
        "drawn": drawn,
        "instructions": trial.procedure.element(task["element"]).instructions if task else None,
        "state": state_of(view, trial, links=True),
        "roles": [(key, role.label) for key, role in trial.procedure.roles.items()],
        "mark": _mark(trial.walk or ""),
    }


def _asked(trial: queries.Trial, task: str) -> dict[str, Any]:
    """The form of a task, or the one with which a walk begins."""
    if task == _BEGIN:
        return _heard(trial.ask({"ask": "intake", **_beginning(trial)}))
    return _heard(trial.ask({"ask": "form", "walk": trial.walk, "task": task}))


def _heard(answer: dict[str, Any]) -> dict[str, Any]:
    if "refused" in answer:
        raise errors.InvalidState(answer["refused"])
    return answer


def _beginning(trial: queries.Trial) -> dict[str, Any]:
    """When and how it begins: as posted or chosen, else this morning with a usual call."""
    given = request.form if request.method == "POST" else request.args
    facts = {key.partition(".")[2]: value for key, value in given.items() if key.startswith("fact.") and _is_count(value)}
    begins = given.get("_begins") or None
    return {
        "starts": _starts(given.get("_starts", "")),
        "begins": begins,
        "facts": facts,
        "emergency": bool(given.get("_emergency")),
    }


def _starts(written: str) -> str:
    zone = visit.reader().zone
    moment = _moment(written)
    if moment is not None:
        return moment.replace(tzinfo=zone).isoformat()
    today = visit.now().astimezone(zone).date()
    # A working day, so that limits in hours show themselves the same day.
    day = today + timedelta(days=(0, 0, 0, 0, 0, 2, 1)[today.weekday()])
    return datetime.combine(day, _MORNING, zone).isoformat()


def _moment(written: str) -> datetime | None:
    """What was entered; None for what is no moment, or lies where no calendar reaches."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment if moment.year in _YEARS else None


def _is_count(written: str) -> bool:
    return written.isdecimal() and len(written) <= _MOST_DIGITS


def _drawn(trial: queries.Trial, asked: dict[str, Any], task: str, refused: _Refused | None) -> Rendering | None:
    """The form by the renderer of every form; people and places are only those that a procedure itself knows."""
    entered = queries.entered(trial.procedure, asked)
    if entered is None:
        return None
    zone = trial.procedure.day_rules.tz
    typed = request.method == "POST" and request.form.get("_given", _BEGIN) == task
    raw = filling.typed() if typed else raw_of(entered.given, sorted(entered.form.keys), zone)
    left_out = (trial.procedure.register.get("household", ""),) if task == _BEGIN else ()
    faults = refused.fields if refused and refused.task == task else None
    return render(entered.form, raw, entered.scope, zone=zone, lookup=_lookup(trial), errors=faults, left_out=left_out)


def _lookup(trial: queries.Trial) -> Any:
    def options(kind: str) -> tuple[people.Option, ...]:
        if kind == "person":
            return tuple(people.Option(key, role.label) for key, role in trial.procedure.roles.items())
        if kind != "department":
            return ()
        reader, actor = visit.reader(), visit.actor()
        places = people.estates(reader, actor)
        return people.departments(reader, actor, places[0].value if places else "")

    return options


def _mark(walk: str) -> str:
    """By which a page says which walk it shows."""
    return sha256(walk.encode()).hexdigest()[:16]
