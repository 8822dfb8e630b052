"""Putting a recorded entry right: choose it, see what stands, write what it should be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from engine import errors
from engine.commands import cases
from engine.domain.text import Text
from engine.queries import case_file
from engine.queries.case_values import current_values
from engine.queries.references import named
from webforms import filling, refusals, visit
from webforms.blueprints.case_file import door
from webforms.blueprints.case_file.door import blueprint
from webforms.rendering import Piece, raw_of
from webforms.rendering.pieces import flat
from webforms.wording import said


@blueprint.get("/cases/<case_id>/correct")
def correct(case_id: str) -> Response:
    """One entry with what stands in it, and the control to change it."""
    return _page(door.find(case_id), request.args.get("field", ""))


@blueprint.post("/cases/<case_id>/correct")
def save_correction(case_id: str) -> Response:
    """Save it; what cannot be taken is shown with what was typed."""
    case, key = door.find(case_id), request.form.get("_field", "")
    value = filling.typed().get(key)
    try:
        receipt = visit.execute(cases.Correct(case_id, key, value, request.form.get("_reason", "")))
    except (errors.InvalidValues, errors.InvalidState, errors.Conflict) as refusal:
        return _page(case, key, {key: value}, refusal, refusals.status_of(refusal))
    flash(said(receipt.said), "success")
    return redirect(url_for("case_file.timeline", case_id=case_id), 303)


def _page(
    case: case_file.Head,
    key: str,
    typed: Mapping[str, Any] | None = None,
    refusal: errors.EngineError | None = None,
    status: int = 200,
) -> Response:
    values = current_values(visit.reader(), visit.actor(), case.case_id)
    form = case.procedure.form_of(case.procedure.intake.task)
    faults = _faults(key, refusal)
    raw = {**raw_of(values, form.keys, filling.zone()), **(typed or {})}
    pieces = flat(filling.draw(form, raw, values, case.estate_id, faults).pieces)
    piece = next((piece for piece in pieces if piece.name == key and _can_be_corrected(case, piece)), None)
    field = piece.component.field if piece else None
    names = named(visit.reader(), visit.actor(), [(field, values.get(key))]) if field else {}
    more = {"piece": piece, "field": field, "present": values.get(key), "names": names, "refusal": refusal, "faults": faults}
    return door.shown(case, "correct", status, **more)


def _can_be_corrected(case: case_file.Head, piece: Piece) -> bool:
    return "correct" in case.actions and any(field.key == piece.name for field in case.correctable)


def _faults(key: str, refusal: errors.EngineError | None) -> dict[str, Text]:
    """The command names its own arguments; the page shows the value's fault at the field."""
    fields = getattr(refusal, "fields", {})
    return {key if name == "value" else name: text for name, text in fields.items()}
