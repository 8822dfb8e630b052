"""The editor of decision tables."""

from __future__ import annotations

from typing import Any

from flask import request

from engine.queries import studio
from engine.queries.studio import tables
from engine.queries.studio.steps import steps as steps_of
from webforms import visit
from webforms.blueprints.studio.drawing import draw
from webforms.wording import said, t
from webforms.wording.studio.tables import catalogue_words


def page(desk: studio.Desk) -> str:
    """The page of the opened table, to be edited and, on a small screen or without scripts, to be read."""
    reader, actor = visit.reader(), visit.actor()
    fields = [_plain(one) for one in tables.columns(reader, actor, desk.reading, desk.path)]
    return draw(
        "studio/table.html",
        desk,
        catalogue={"words": catalogue_words(t), "fields": fields},
        readable=tables.readable(reader, actor, desk.reading, desk.path),
        steps=steps_of(reader, actor, desk.draft_id, desk.path),
        came_from=request.args.get("from") if request.args.get("from") in desk.bundle.files else None,
    )


def _plain(option: studio.Option) -> dict[str, Any]:
    choices = [{"value": choice.value, "label": said(choice.label)} for choice in option.choices]
    names = {"label": said(option.label), "zh": option.label.zh, "en": option.label.en}
    return {"value": option.value, **names, "type": option.kind, "choices": choices}
