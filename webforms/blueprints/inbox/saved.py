"""Filters that a person keeps under a name: kept, called otherwise, dropped."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import errors
from engine.commands import lists
from engine.domain.text import Text
from engine.queries import inbox
from webforms import refusals, visit
from webforms.blueprints.inbox import door
from webforms.blueprints.inbox.door import blueprint
from webforms.wording import t


@blueprint.get("/inbox/filters")
def kept() -> Response:
    """One's own filters; with a filter in the address also the place to keep it."""
    return _page(_tab(request.args.get("tab", "")), door.active())


@blueprint.post("/inbox/filters")
def keep() -> Response:
    """Keep a filter, and go back to the list that it makes."""
    tab, query = _tab(request.form.get("tab", "")), door.active(request.form)
    try:
        visit.execute(lists.SaveFilter(request.form.get("name", ""), tab, query))
    except errors.InvalidValues as refusal:
        return _page(tab, query, refusal.fields or {"name": refusal.text}, status=refusals.status_of(refusal))
    flash(t("inbox.saved.kept"), "success")
    return redirect(url_for("inbox.tab", name=tab, **_any(query)), 303)


@blueprint.post("/inbox/filters/rename")
def rename() -> Response:
    """Call one otherwise."""
    filter_id = request.form.get("filter_id", "")
    try:
        visit.execute(lists.RenameFilter(filter_id, request.form.get("name", "")))
    except errors.InvalidValues as refusal:
        fault = refusal.fields.get("name", refusal.text)
        return _page("", {}, {filter_id: fault}, status=refusals.status_of(refusal))
    return redirect(url_for("inbox.kept"), 303)


@blueprint.post("/inbox/filters/delete")
def drop() -> Response:
    """Keep one no longer."""
    visit.execute(lists.DeleteFilter(request.form.get("filter_id", "")))
    flash(t("inbox.saved.dropped"), "success")
    return redirect(url_for("inbox.kept"), 303)


def _page(tab: str, query: dict[str, str], faults: dict[str, Text] | None = None, status: int = 200) -> Response:
    reader, actor = visit.reader(), visit.actor()
    page = render_template(
        "inbox/saved.html",
        tab=tab,
        query=query,
        chips=list(door.chips(tab, query, inbox.choices(reader, actor))) if tab and query else [],
        saved=inbox.saved(reader, actor),
        faults=faults or {},
        typed=request.form.get("name", ""),
    )
    return make_response(page, status)


def _tab(name: str) -> str:
    return name if name in inbox.TABS else inbox.MINE


def _any(query: dict[str, str]) -> dict[str, Any]:
    return dict(query)
