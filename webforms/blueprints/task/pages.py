"""A task: its form, its case beside it, and what follows when it is done."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import errors
from engine.commands import cases, work
from engine.commands.versions import HasFindings, HasObstacles
from engine.domain.text import Text
from engine.queries import company, people, procedure, reports
from engine.queries import task as tasks
from engine.queries.reports import reviewing
from webforms import filling, refusals, visit
from webforms.rendering import raw_of
from webforms.wording import said, t

blueprint = Blueprint("task", __name__)


@dataclass(frozen=True, slots=True)
class Against:
    """One thing that keeps a draft from being proposed: its file and place, the sentence, and the way out if there is one."""

    file: str
    element: str
    text: Text
    mend: Text | None = None


@blueprint.get("/tasks/<item_id>")
def page(item_id: str) -> Response:
    """The form with what was typed before; for a task that is gone, who did it and the way on."""
    return opened(item_id)


@blueprint.post("/tasks/<item_id>")
def complete(item_id: str) -> Response:
    """Finish the task, keep a draft, or show the form again, as the button says."""
    if filling.only_redraws():
        return opened(item_id, filling.typed())
    if "_draft" in request.form:
        return _save_draft(item_id)
    if not any(file.filename for file in request.files.values()):
        return _complete(item_id, filling.typed())
    task = tasks.task(visit.reader(), visit.actor(), item_id)
    too_large = filling.oversized(task.form)
    if too_large:
        return opened(item_id, filling.typed(), too_large, status=413)
    answers, unwelcome = _with_files(task, filling.typed())
    if unwelcome:
        return opened(item_id, answers, unwelcome, status=422)
    return _complete(item_id, answers)


@blueprint.post("/tasks/<item_id>/draft")
def save_draft(item_id: str) -> Response:
    """Keep what is typed, by the script while the form is being filled in; the answer is the sentence to show."""
    try:
        visit.execute(work.SaveDraft(item_id, filling.typed()))
    except (errors.InvalidState, errors.Conflict) as refusal:
        return make_response({"said": said(refusal.text)}, refusals.status_of(refusal))
    return make_response({"said": t("draft.saved", when=f"{visit.now().astimezone(filling.zone()):%H:%M}")})


@blueprint.post("/tasks/<item_id>/fields")
def fields(item_id: str) -> str:
    """The form's fields alone, for the answers given so far."""
    task = tasks.task(visit.reader(), visit.actor(), item_id)
    review = reviewing.made(visit.reader(), visit.actor(), task.item.case_id, task.item.version_id)
    drawn = filling.draw(task.form, filling.typed(), task.values, task.item.estate_id, left_out=_left_out(task, review))
    return render_template(
        "rendering/fields_part.html",
        drawn=drawn,
        update_to=url_for("task.fields", item_id=item_id),
        names=task.names,
        files_to=url_for("task.files", item_id=item_id),
    )


@blueprint.get("/tasks/<item_id>/done")
def done(item_id: str) -> Response:
    """What the finished task has led to."""
    return closed(item_id, just_done=True)


def shown(task: tasks.Task, raw: dict[str, Any] | None = None, faults: dict[str, Text] | None = None) -> dict[str, Any]:
    """What the templates of a task need: its form drawn with what was typed, else with the draft, else with the case's values."""
    review = reviewing.made(visit.reader(), visit.actor(), task.item.case_id, task.item.version_id)
    entries, where = _entries(task, raw), (task.values, task.item.estate_id)
    drawn = filling.draw(task.form, entries, *where, faults, _left_out(task, review)) if task.form else None
    return {
        "task": task,
        "drawn": drawn,
        "chosen_draft": entries.get(review.draft_field) if review else None,
        "request_id": _request_id(raw),
        "draft": task.draft if raw is None else None,
        "typed": raw is not None,
        "choices": _choices(task),
        "proposal": procedure.proposal_of(visit.reader(), visit.actor(), task.item.case_id, task.item.version_id),
        "notes": company.notes_for(visit.reader(), visit.actor(), _category(task)),
        "review": review,
        **_figures(task),
    }


def opened(
    item_id: str,
    raw: dict[str, Any] | None = None,
    faults: dict[str, Text] | None = None,
    notice: Text | None = None,
    status: int = 200,
    way: tuple[str, dict[str, Text]] = ("", {}),
    against: tuple[Against, ...] = (),
) -> Response:
    """The page of an open task; ``way`` is the way on beside the form that was refused, with what is wrong with it,
    ``against`` what stands against the draft that it would have proposed."""
    task = tasks.task(visit.reader(), visit.actor(), item_id)
    if task.item.status != "open":
        return closed(item_id, raw, status=200 if raw is None else 409)
    return make_response(
        _drawn(
            task.item.case_id, {"notice": notice, "against": against, "way": way[0], "wrong": way[1], **shown(task, raw, faults)}
        ),
        status,
    )


def closed(item_id: str, raw: dict[str, Any] | None = None, just_done: bool = False, status: int = 200) -> Response:
    """The page of a task that is open no longer: who ended it when, what was typed, and the way on."""
    after = tasks.afterwards(visit.reader(), visit.actor(), item_id)
    if after.item.status == "open":
        return redirect(url_for("task.page", item_id=item_id), 303)
    typed = {key: value for key, value in (raw or {}).items() if value}
    return make_response(render_template("task/closed.html", after=after, typed=typed, just_done=just_done), status)


def keep_typed(item_id: str) -> None:
    """Keep what the form holds as a draft, before something else is done with its task; nothing when it holds nothing new."""
    typed = filling.typed()
    task = tasks.task(visit.reader(), visit.actor(), item_id) if typed else None
    if task is None or not task.may.complete or _filled(typed) == _filled(_entries(task, None)):
        return
    answers, _ = _with_files(task, typed)
    with suppress(errors.Rejection):
        visit.execute(work.SaveDraft(item_id, answers))


def _filled(raw: dict[str, Any]) -> dict[str, list[str]]:
    listed = {key: [str(part) for part in _listed(value) if part != ""] for key, value in raw.items()}
    return {key: parts for key, parts in listed.items() if parts}


def _drawn(case_id: str, values: dict[str, Any]) -> str:
    # Whoever came from the numbers on duty keeps them in sight when something is to be put right.
    if _way_back() is None:
        return render_template("task/page.html", **values)
    ladder = tasks.ladder(visit.reader(), visit.actor(), case_id)
    return render_template("emergency/ladder.html", ladder=ladder, **values)


def _complete(item_id: str, answers: dict[str, Any]) -> Response:
    try:
        visit.execute(work.Complete(item_id, answers, filling.request_id()))
    except errors.InvalidValues as refusal:
        return opened(item_id, answers, refusal.fields, refusal.text, refusals.status_of(refusal), against=_against(refusal))
    except (errors.InvalidState, errors.Conflict) as refusal:
        return opened(item_id, answers, notice=refusal.text, status=refusals.status_of(refusal), against=_against(refusal))
    return filling.carried_out(redirect(url_for("task.done", item_id=item_id, back=_way_back()), 303))


def _against(refusal: errors.EngineError) -> tuple[Against, ...]:
    if isinstance(refusal, HasFindings):
        hinder = (one for one in refusal.findings if one.level == "error")
        return tuple(Against(one.file, one.element or "", one.text, one.mend) for one in hinder)
    if isinstance(refusal, HasObstacles):
        return tuple(Against(one.file, one.about, one.text) for one in refusal.obstacles)
    return ()


def _way_back() -> str | None:
    return "ladder" if request.form.get("_from") == "ladder" else None


def _save_draft(item_id: str) -> Response:
    try:
        visit.execute(work.SaveDraft(item_id, filling.typed()))
    except errors.InvalidState as refusal:
        return opened(item_id, filling.typed(), notice=refusal.text, status=refusals.status_of(refusal))
    flash(t("task.draft_saved"), "success")
    return redirect(url_for("task.page", item_id=item_id), 303)


def _with_files(task: tasks.Task, answers: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Text]]:
    # Files are kept before the form is judged: a mistake elsewhere in it must not cost the upload.
    unwelcome: dict[str, Text] = {}
    for key, file in filling.files(task.form):
        try:
            kept = visit.execute(cases.Attach(task.item.case_id, file.filename, file.stream.read(), task.item.id))
        except errors.InvalidValues as refusal:
            unwelcome[key] = next(iter(refusal.fields.values()), refusal.text)
        else:
            answers = {**answers, key: [*_listed(answers.get(key)), str(kept)]}
    return answers, unwelcome


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []


def _choices(task: tasks.Task) -> dict[str, Any]:
    """Whom a task may go to, read only where the page offers it."""
    who = (visit.reader(), visit.actor(), task.item.estate_id)
    return {
        "departments": people.departments(*who) if task.may.pass_on else (),
        "colleagues": people.colleagues(*who) if task.may.delegate else (),
        "kept_out": people.names(*who[:2], task.item.kept_out) if task.may.allow_excluded else {},
    }


def _left_out(task: tasks.Task, review: reviewing.Made | None) -> frozenset[str]:
    """What the page asks beside the form: which draft is proposed."""
    return frozenset({review.draft_field}) if review is not None and review.proposes_at(task.form) else frozenset()


def _category(task: tasks.Task) -> str | None:
    value = task.values.get(task.procedure.register.get("category", ""))
    return str(value) if value else None


def _figures(task: tasks.Task) -> dict[str, Any]:
    """What was drawn up for the task, and what its columns are called; a complaint has no figures."""
    if task.procedure.intake.task:
        return {"figures": ()}
    who = (visit.reader(), visit.actor())
    return {"figures": reports.figures_of(*who, task.item.case_id), "figure_names": reports.names_of(*who)}


def _entries(task: tasks.Task, raw: dict[str, Any] | None) -> dict[str, Any]:
    if raw is not None:
        return raw
    if task.draft is not None:
        return dict(task.draft.answers)
    return raw_of(task.values, task.form.keys, filling.zone())


def _request_id(raw: dict[str, Any] | None) -> str:
    return filling.request_id() if raw is not None else uuid4().hex
