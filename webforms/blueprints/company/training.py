"""My training, the check that I can carry out the procedure, and the trainer's page."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response

from engine.commands import company as commands
from engine.commands.company.training import SUBJECTS
from engine.queries.company import training
from webforms import visit
from webforms.blueprints.company import door
from webforms.blueprints.company.door import blueprint
from webforms.taking import carried_out, text


@blueprint.get("/training/mine", endpoint="mine")
def my_training() -> Response:
    """The checks that I have to take, and the trainings I took part in."""
    duties, sessions = training.mine(visit.reader(), visit.actor())
    return door.shown("mine", "mine", duties=duties, sessions=sessions)


@blueprint.get("/training/check/<version_id>/<role>", endpoint="check")
def take(version_id: str, role: str) -> Response:
    """The questions of a role."""
    return _paper(version_id, role)


@blueprint.post("/training/check/<version_id>/<role>", endpoint="hand_in")
def hand_in(version_id: str, role: str) -> Response:
    """Hand in the answers."""
    paper = training.paper(visit.reader(), visit.actor(), version_id, role)
    answers = tuple(_answer(f"q{n}") for n in range(len(paper.questions)))

    def make() -> Any:
        return commands.TakeCheck(version_id, role, door.number(text("attempt"), -1), answers, text("signed") == "1")

    def again(**more: Any) -> Response:
        return _paper(version_id, role, **more)

    return carried_out(make, again, lambda done: url_for("company.result", check_id=done.check_id), "training.handed_in")


@blueprint.get("/training/result/<check_id>")
def result(check_id: str) -> Response:
    """How a check came out, question by question."""
    return door.shown("result", "mine", result=training.result(visit.reader(), visit.actor(), check_id))


@blueprint.get("/training")
def trainings() -> Response:
    """Who of which role has passed, for a version; and the trainings that were held."""
    return _trainings(request.args.get("version", ""))


@blueprint.post("/training")
def save_training() -> Response:
    """Record a training, or put the record of one right."""
    version_id, session_id = text("version_id"), text("session_id") or None
    people = tuple(request.form.getlist("people"))

    def make() -> Any:
        held = (version_id, door.day("held_on"), text("subject"), text("trainer_id"))
        return commands.SaveTraining(*held, text("remark"), people, session_id)

    def again(**more: Any) -> Response:
        return _trainings(version_id, **more)

    return carried_out(make, again, lambda _: url_for("company.trainings", version=version_id))


def _answer(name: str) -> int | None:
    found = door.number(text(name), -1)
    return None if found < 0 else found


def _paper(version_id: str, role: str, **again: Any) -> Response:
    paper = training.paper(visit.reader(), visit.actor(), version_id, role)
    return door.shown("check", "mine", paper=paper, **again)


def _trainings(version_id: str, **again: Any) -> Response:
    reader, actor = visit.reader(), visit.actor()
    chosen = training.version(reader, actor, version_id)
    edit = request.args.get("edit", "") or text("session_id")
    return door.shown(
        "trainings",
        "training",
        versions=training.versions(reader, actor),
        version=chosen,
        roles=training.overview(reader, actor, chosen.id),
        sessions=training.sessions(reader, actor, chosen.id),
        edited=training.session(reader, actor, edit) if edit else None,
        people=training.colleagues(reader, actor),
        subjects=SUBJECTS,
        **again,
    )
