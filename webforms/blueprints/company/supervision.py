"""Inspections: the list, a new one, one with its cases and measures, and what is mine to carry out."""

from __future__ import annotations

from typing import Any

from flask import url_for
from werkzeug.wrappers import Response

from engine.commands import company as commands
from engine.queries.company import supervision
from webforms import visit
from webforms.blueprints.company import door
from webforms.blueprints.company.door import blueprint
from webforms.taking import carried_out, text


@blueprint.get("/inspections")
def inspections() -> Response:
    """All inspections, and the measures that are late."""
    return _list()


@blueprint.post("/inspections")
def open_inspection() -> Response:
    """Draw cases for a new one."""

    def make() -> Any:
        span = (text("estate_id"), text("department"), door.day("first_day"), door.day("last_day"))
        about = (text("inspector"), text("outside") == "1", text("subject"))
        return commands.OpenInspection(*span, *about, door.number(text("sample"), 0))

    return carried_out(make, _list, _address, "inspections.opened")


@blueprint.get("/inspections/<inspection_id>")
def inspection(inspection_id: str) -> Response:
    """One inspection."""
    return _one(inspection_id)


@blueprint.post("/inspections/<inspection_id>/cases/<case_id>")
def record_finding(inspection_id: str, case_id: str) -> Response:
    """What was found in a case."""

    def make() -> Any:
        return commands.RecordFinding(inspection_id, case_id, text("conforming") == "1", text("clause"), text("remark"))

    def again(**more: Any) -> Response:
        return _one(inspection_id, at=case_id, **more)

    return carried_out(make, again, lambda _: f"{_address(inspection_id)}#case-{case_id}")


@blueprint.post("/inspections/<inspection_id>/measures")
def add_measure(inspection_id: str) -> Response:
    """Something that is to be done."""

    def make() -> Any:
        return commands.AddMeasure(inspection_id, text("text"), text("responsible_id"), door.day("due_on"))

    return carried_out(make, lambda **again: _one(inspection_id, at="measure", **again), lambda _: _address(inspection_id))


@blueprint.post("/inspections/<inspection_id>/close")
def close_inspection(inspection_id: str) -> Response:
    """The conclusion."""
    return carried_out(
        lambda: commands.CloseInspection(inspection_id, text("conclusion"), text("effect")),
        lambda **again: _one(inspection_id, at="close", **again),
        lambda _: _address(inspection_id),
        "inspections.closed_now",
    )


@blueprint.get("/measures")
def measures() -> Response:
    """What I have to carry out."""
    return _mine()


@blueprint.post("/measures/<measure_id>")
def finish_measure(measure_id: str) -> Response:
    """It is carried out."""
    inspection_id = text("inspection_id")

    def again(**more: Any) -> Response:
        return _one(inspection_id, at=measure_id, **more) if inspection_id else _mine(at=measure_id, **more)

    def back(found: str) -> str:
        return _address(found) if inspection_id else url_for("company.measures")

    return carried_out(lambda: commands.FinishMeasure(measure_id, text("outcome")), again, back)


def _address(inspection_id: str) -> str:
    return url_for("company.inspection", inspection_id=inspection_id)


def _list(**again: Any) -> Response:
    reader, actor = visit.reader(), visit.actor()
    return door.shown(
        "inspections",
        "inspections",
        rows=supervision.listed(reader, actor),
        late=supervision.overdue_measures(reader, actor),
        estates=supervision.estates(reader, actor),
        departments=supervision.departments(reader, actor),
        **again,
    )


def _one(inspection_id: str, at: str = "", **again: Any) -> Response:
    reader, actor = visit.reader(), visit.actor()
    shown = supervision.one(reader, actor, inspection_id)
    return door.shown(
        "inspection",
        "inspections",
        inspection=shown,
        at=at,
        clauses=supervision.clauses(reader, actor),
        people=supervision.colleagues(reader, actor, shown.estate_id),
        **again,
    )


def _mine(at: str = "", **again: Any) -> Response:
    return door.shown("measures", "mine", measures=supervision.my_measures(visit.reader(), visit.actor()), at=at, **again)
