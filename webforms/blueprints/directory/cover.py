"""Deputies: who stands in for whom."""

from __future__ import annotations

from typing import Any

from flask import url_for
from werkzeug.wrappers import Response

from engine.commands import directory as commands
from engine.queries.directory import cover, staff
from webforms import visit
from webforms.blueprints.directory import door
from webforms.blueprints.directory.door import blueprint
from webforms.taking import carried_out, text


@blueprint.get("/directory/deputies")
def deputies() -> Response:
    """Who stands in for whom."""
    return _deputies()


@blueprint.post("/directory/deputies")
def set_deputy() -> Response:
    """Arrange a deputy."""

    def make() -> Any:
        people = (door.chosen("person_id"), door.chosen("deputy_id"))
        return commands.SetDeputy(*people, door.moment("starts_at"), door.moment("ends_at"))

    return carried_out(make, _deputies, lambda _: _back())


@blueprint.post("/directory/deputies/<row_id>/end")
def end_deputy(row_id: str) -> Response:
    """It ends now."""
    return carried_out(lambda: commands.EndDeputy(row_id), _deputies, lambda _: _back(), "deputies.ended")


def _back() -> str:
    """Where it was arranged: the list of all, or the page of the person."""
    person_id = text("back_to")
    return url_for("directory.person", person_id=person_id) if person_id else url_for("directory.deputies")


def _deputies(**again: Any) -> Response:
    reader, actor = visit.reader(), visit.actor()
    people = staff.everybody(reader, actor)
    return door.shown("deputies", "deputies", rows=cover.deputies(reader, actor), people=people, **again)
