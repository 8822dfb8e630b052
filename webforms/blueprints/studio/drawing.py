"""Every page of the studio is drawn in its frame: the stages above, on the desk the files beside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import current_app, render_template, url_for

from engine.queries import procedure, studio
from webforms import visit

#: The stages of a change in their order: the endpoint of each, and its wording.
STAGES = (
    ("studio.desk", "studio.stage.desk"),
    ("studio.trying", "studio.stage.try"),
    ("studio.changes", "studio.stage.changes"),
    ("studio.replay", "studio.stage.replay"),
    ("studio.publish", "studio.stage.publish"),
)


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage in the bar above: its address and wording, and whether it is the page that is drawn."""

    address: str
    wording: str
    current: bool


def draw(template: str, desk: studio.Desk, **values: Any) -> str:
    """The page of an editor, with the files of the draft beside it."""
    return stage(template, desk.draft_id, desk.procedure_key, desk.base_number, desk=desk, current="studio.desk", **values)


def stage(template: str, draft_id: str, procedure_key: str, base_number: int, *, current: str, **values: Any) -> str:
    """The page of a stage of that draft; ``current`` is the stage's endpoint of ``STAGES``."""
    title = procedure.title(visit.reader(), visit.actor(), procedure_key)
    values |= {"draft_id": draft_id, "procedure_key": procedure_key, "base_number": base_number, "procedure_title": title}
    return render_template(template, stages=_stages(draft_id, current), **values)


def _stages(draft_id: str, current: str) -> list[Stage]:
    there = [(endpoint, wording) for endpoint, wording in STAGES if endpoint in current_app.view_functions]
    return [Stage(url_for(endpoint, draft_id=draft_id), wording, endpoint == current) for endpoint, wording in there]
