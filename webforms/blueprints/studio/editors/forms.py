"""The editor of a form: its pieces one below the other, and beside them the form as it will be filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands.studio import editors as commands
from engine.errors import InvalidState
from engine.queries import people, studio
from engine.queries.studio.editors import forms as query
from webforms import filling, visit
from webforms.blueprints.studio.door import blueprint
from webforms.blueprints.studio.editors import doing
from webforms.blueprints.studio.editors.doing import NOTHING, Attempt
from webforms.blueprints.studio.editors.steps import gone
from webforms.rendering import render
from webforms.wording import said, t

#: What the names of a row of the conditions end in.
ROWS = ("", *(f"_{number}" for number in range(2, commands.MOST_CONDITIONS + 1)))
_BY = {"up": -1, "down": 1}
_SPOKEN = {"zh": "zh_Hans", "en": "en"}


def page(desk: studio.Desk, failed: Attempt | None = None) -> str:
    """The opened form, with one piece of it opened."""
    failed = failed or Attempt()
    element = failed.typed.get("element", "") or request.args.get("element", "")
    found = query.form_page(visit.reader(), visit.actor(), desk, element)
    values: dict[str, Any] = {
        "page": found,
        "conditions": _conditions(found, failed.of("piece")) if found.opened else (),
        "comparisons": query.COMPARISONS,
        "bare": query.BARE,
        "several": query.SEVERAL,
        "bounds": query.BOUNDS,
        "names": doing.names_of((one.key, said(one.label)) for one in found.fields if not one.personal),
        "types": [(one, t(f"editor.type.{one}")) for one in query.TYPES],
    }
    return doing.show("studio/editors/form.html", desk, failed, **values)


@dataclass(frozen=True, slots=True)
class Condition:
    """A row of the conditions: what is posted in it ends in ``row``."""

    row: str
    compared: Any
    comparison: str
    values: Sequence[str]


def _typed(mine: Attempt, row: str) -> tuple[str, str, Sequence[str]]:
    return mine.typed[f"field{row}"], mine.typed.get(f"comparison{row}", ""), mine.typed.getlist(f"values{row}")


def _conditions(page: query.FormPage, mine: Attempt) -> list[Condition]:
    """The rows that stand or were typed, and one more to fill in."""
    if mine.typed:
        rows = [row for row in ROWS if f"field{row}" in mine.typed]
        standing = [_typed(mine, row) for row in rows]
    else:
        said = page.opened.conditions if page.opened else ()
        standing = [(one.field, one.comparison, one.values) for one in said]
    spare: list[tuple[str, str, Sequence[str]]] = [] if standing and not standing[-1][0] else [("", "", [])]
    shown = zip(ROWS, [*standing, *spare], strict=False)
    usual = query.COMPARISONS[0]
    return [Condition(row, page.known(key), comparison or usual, values) for row, (key, comparison, values) in shown]


@blueprint.post("/procedure/drafts/<draft_id>/edit/form")
def edit_form(draft_id: str) -> Response:
    """Change a piece or its field, move it, add one or take one away."""
    return doing.attempt(draft_id, lambda: visit.execute(_command(draft_id)), page)


@blueprint.post("/procedure/drafts/<draft_id>/edit/form/column")
def form_column(draft_id: str) -> Response:
    """A table looks at a field of the form: its new column is shown, with a way back."""
    made: list[tuple[str, str]] = []

    def act() -> None:
        wanted = commands.AddColumn(doing.at(draft_id), request.form.get("key", ""), request.form.get("table", ""))
        made.append(visit.execute(wanted))

    answer = doing.attempt(draft_id, act, page)
    if not made:
        return answer
    file, column = made[0]
    back: dict[str, Any] = {"from": request.form.get("file", ""), "at": request.form.get("element", "")}
    return redirect(url_for("studio.desk", draft_id=draft_id, file=file, element=column, **back), 303)


@blueprint.post("/procedure/drafts/<draft_id>/edit/form/new")
def new_form(draft_id: str) -> Response:
    """An empty form, opened."""
    made: list[str] = []

    def act() -> None:
        made.append(visit.execute(commands.NewForm(draft_id, doing.raw(), "take_over" in request.form)))

    answer = doing.attempt(draft_id, act, page)
    return doing.back(draft_id, made[0]) if made else answer


@blueprint.route("/procedure/drafts/<draft_id>/preview", methods=["GET", "POST"])
def preview(draft_id: str) -> Response | str:
    """The form as the real renderer draws it; what is entered changes what shows, and nothing is kept."""
    spoken = _SPOKEN.get(request.values.get("lang", ""))
    if spoken:
        g.actor = replace(visit.actor(), language=spoken)
    path = request.args.get("file", "")
    form = query.preview(visit.reader(), visit.actor(), draft_id, path)
    typed = filling.typed() if request.method == "POST" else {}
    drawn = render(form, typed, {}, zone=filling.zone(), lookup=_offered)
    part = "rendering/fields_part.html" if visit.is_partial() else "studio/editors/preview.html"
    html = render_template(
        part, drawn=drawn, draft_id=draft_id, path=path, update_to=request.full_path, language=visit.language()
    )
    answer = Response(html, mimetype="text/html")
    # The editor's page shows it in a frame; nobody else may.
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    answer.headers["Content-Security-Policy"] = doing.FRAMED
    return answer


def _offered(kind: str) -> Any:
    """What references are chosen from: departments and colleagues of the first estate, never residents."""
    estates = people.estates(visit.reader(), visit.actor())
    offer = {"person": people.colleagues, "department": people.departments, "unit": people.units}.get(kind)
    return offer(visit.reader(), visit.actor(), estates[0].value) if offer and estates else ()


@blueprint.post("/procedure/drafts/<draft_id>/edit/form/remove")
def remove_form(draft_id: str) -> Response:
    """The form goes; what uses it is told."""
    done: list[bool] = []

    def act() -> None:
        visit.execute(commands.RemoveForm(doing.at(draft_id)))
        done.append(True)

    answer = doing.attempt(draft_id, act, page)
    return gone(draft_id, request.form.get("file", "")) if done else answer


def _command(draft_id: str) -> Any:
    at, ref, given = doing.at(draft_id), request.form.get("element", ""), doing.raw()
    for way, by in _BY.items():
        if request.form.get(way):
            return commands.MovePiece(at, request.form[way], by)
    match request.form.get("do", ""):
        case "change":
            return commands.ChangePiece(at, ref, given)
        case "field":
            return commands.TypeField(at, request.form.get("key", ""), given)
        case "remove":
            return commands.RemovePiece(at, ref)
        case "place":
            return commands.MovePiece(at, ref, inside=request.form.get("inside", ""), before=request.form.get("before", ""))
        case "add":
            return commands.AddPiece(at, request.form.get("what", ""), request.form.get("inside", ""), given)
    raise InvalidState(NOTHING)
