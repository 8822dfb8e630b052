"""Where a case stands in its diagrams: the drawing with its state, and the same in words."""

from __future__ import annotations

from typing import Any

from flask import make_response, request, url_for
from werkzeug.wrappers import Response

from engine.domain.text import Text
from engine.queries import case_file
from engine.queries.task.afterwards import NextItem
from webforms import times, visit
from webforms.blueprints.case_file import door
from webforms.blueprints.case_file.door import blueprint
from webforms.wording import WORDS, said

BPMN = "application/xml; charset=utf-8"


@blueprint.get("/cases/<case_id>/diagram")
def diagram(case_id: str) -> Response:
    """The diagram named in the address, else the frame; beneath it the steps passed, in words."""
    case = door.find(case_id)
    stands = case_file.standing(visit.reader(), visit.actor(), case)
    process_id = _chosen(stands, request.args.get("sheet", ""))
    state = diagram_state(case, stands, process_id) if process_id else {}
    steps = [step for step in stands.steps if step.process_id == process_id]
    return door.shown(case, "diagram", stands=stands, process_id=process_id, state=state, steps=steps)


@blueprint.get("/cases/<case_id>/diagrams/<process_id>.bpmn")
def source(case_id: str, process_id: str) -> Response:
    """A diagram of the case's own version, as drawn."""
    answer = make_response(case_file.source(visit.reader(), visit.actor(), door.find(case_id), process_id))
    answer.headers["Content-Type"] = BPMN
    return answer


def diagram_state(case: case_file.Head, stands: case_file.Standing, process_id: str) -> dict[str, Any]:
    """What the viewer draws onto the diagram: passed, active, badges in words, names in English, addresses."""
    drawn = case_file.drawn(case.procedure, process_id)
    here = {key for key, element in case.procedure.elements.items() if element.process_id == process_id}
    return {
        "done": sorted(stands.done & here),
        "active": [key for key in stands.active if key in here],
        "badges": _badges(stands, here),
        "names": case_file.other_names(case.procedure, drawn.xml, said),
        "links": dict(_links(case, stands, here)),
    }


def _badges(stands: case_file.Standing, here: set[str]) -> dict[str, dict[str, str]]:
    often = {step.element_id: len(step.history) for step in stands.steps if len(step.history) > 1 and step.element_id in here}
    badges = {key: {"kind": "count", "text": f"× {count}"} for key, count in often.items()}
    badges |= {key: {"kind": "late", "text": said(WORDS["diagram.breached"])} for key in stands.breached if key in here}
    return badges | {key: _badge(items) for key, items in stands.items.items() if key in here}


def _badge(items: tuple[NextItem, ...]) -> dict[str, str]:
    # The nearest deadline comes first; an item without one says who has it.
    first = items[0]
    tint = times.tint(first.due_at, first.warn_at, visit.now())
    if tint == "none":
        return {"kind": "plain", "text": first.holder or said(_role(first))}
    return {"kind": tint, "text": times.left(first.due_at, visit.now(), visit.language())}


def _role(item: NextItem) -> Text:
    return item.role or WORDS["diagram.here"]


def _links(case: case_file.Head, stands: case_file.Standing, here: set[str]) -> list[tuple[str, str]]:
    steps = [(step.element_id, f"#step-{step.element_id}") for step in stands.steps if step.element_id in here]
    inner = [(key, element.called) for key, element in case.procedure.elements.items() if element.called and key in here]
    entered = {sheet.process_id for sheet in stands.sheets}
    calls = [
        (key, url_for("case_file.diagram", case_id=case.case_id, sheet=called)) for key, called in inner if called in entered
    ]
    return [*steps, *calls]


def _chosen(stands: case_file.Standing, asked: str) -> str | None:
    known = [sheet.process_id for sheet in stands.sheets]
    return asked if asked in known else next(iter(known), None)
