"""Where a case of a draft stands, as the viewer of diagrams takes it: in the reader's language, with who and when."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import url_for

from engine import errors
from engine.queries.studio.trying import Trial
from webforms.blueprints.studio.drawing import stage
from webforms.wording import said, t


def state_of(view: dict[str, Any], trial: Trial, links: bool = False) -> dict[str, Any]:
    """Marks, badges and names for the diagram that the view has chosen; ``links`` lead to the forms of open tasks."""
    state, zone = view["state"], trial.procedure.day_rules.tz
    badges = {key: {"kind": badge["kind"], "text": _words(badge, zone)} for key, badge in state["badges"].items()}
    names = {key: words for key, name in view["names"].items() if (words := said(name)) != name.zh}
    addresses = {
        one["element"]: url_for("studio.trying_walk", draft_id=trial.draft_id, task=one["element"]) for one in view["open"]
    }
    return {**state, "badges": badges, "names": names, "links": addresses if links else {}}


def clock(value: datetime, trial: Trial) -> str:
    """A moment of the virtual clock, with its day and year: it is not today's."""
    local = value.astimezone(trial.procedure.day_rules.tz)
    seconds = f":{local:%S}" if local.second else ""
    return f"{local:%Y-%m-%d} {t(f'trying.day.{local.weekday()}')} {local:%H:%M}{seconds}"


def cannot(trial: Trial, refusal: errors.Rejection) -> str:
    """The page that says why a draft cannot be tried now, and the ways out."""
    place = (trial.draft_id, trial.procedure_key, trial.base_number)
    return stage("studio/trying/cannot.html", *place, current="studio.trying", why=refusal.text, walking=trial.walk is not None)


def _words(badge: dict[str, Any], zone: Any) -> str:
    if "text" in badge:
        return said(badge["text"])
    at = f" {badge['at'].astimezone(zone):%m-%d %H:%M}" if badge["at"] else ""
    return f"{said(badge['who'])}{at}" if badge["kind"] == "plain" else said(badge["who"])
