"""The procedure in force, to be read: version, diagrams, time limits."""

from __future__ import annotations

from typing import Any

from flask import make_response, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.queries import case_file, procedure
from webforms import visit
from webforms.blueprints.procedure.door import blueprint
from webforms.wording import said


@blueprint.get("/procedure")
def home() -> str:
    """Every procedure with the diagram chosen in the address, else its frame."""
    versions = procedure.in_force(visit.reader(), visit.actor())
    asked = request.args.get("sheet", "")
    procedures = [_page(version, asked) for version in versions]
    return render_template("procedure/page.html", procedures=procedures)


@blueprint.get("/procedure/<key>/diagrams/<process_id>.bpmn")
def source(key: str, process_id: str) -> Response:
    """A diagram of the version in force, as drawn."""
    found = procedure.procedure_of(visit.reader(), visit.actor(), key)
    answer = make_response(case_file.drawn(found, process_id).xml)
    answer.headers["Content-Type"] = "application/xml; charset=utf-8"
    return answer


def _page(version: procedure.Version, asked: str) -> dict[str, Any]:
    shown = version.procedure
    process_id = asked if asked in shown.diagrams else shown.main
    names = case_file.other_names(shown, shown.diagrams[process_id].xml, said)
    steps = procedure.step_by_step(visit.reader(), visit.actor(), shown, process_id)
    links = {one.id: url_for("procedure.home", sheet=one.called, _anchor="diagrams") for one in steps if one.called}
    state = {"names": names, "notes": procedure.notes(steps, said), "links": links}
    limits = procedure.limit_rows(shown)
    diagrams = procedure.diagrams(shown)
    return {
        "version": version,
        "procedure": shown,
        "diagrams": diagrams,
        "process_id": process_id,
        "state": state,
        "steps": steps,
        "limits": limits,
    }
