"""The pages of the inbox: a tab, narrowed by the filters in its address."""

from __future__ import annotations

from itertools import groupby

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.errors import NotFound
from engine.queries import inbox
from webforms import visit
from webforms.blueprints.inbox import door
from webforms.blueprints.inbox.door import blueprint
from webforms.wording import WORDS


@blueprint.get("/")
def home() -> Response:
    """The inbox is the first page."""
    return redirect(url_for("inbox.tab"), 303)


@blueprint.get("/inbox")
@blueprint.get("/inbox/<name>")
def tab(name: str = inbox.MINE) -> str:
    """One tab, narrowed by the filters in the address, from the given row on."""
    if name not in inbox.TABS:
        raise NotFound(WORDS["error.404_do"])
    reader, actor, query = visit.reader(), visit.actor(), door.active()
    filters = door.filters(query, request.args.get("after") or None)
    page, choices = inbox.page(reader, actor, name, filters), inbox.choices(reader, actor)
    chips = list(door.chips(name, query, choices))
    return render_template(
        "inbox/page.html",
        tab=name,
        tabs=inbox.TABS,
        page=page,
        groups=[(group, list(rows)) for group, rows in groupby(page.rows, key=lambda row: row.group)],
        filters=filters,
        query=query,
        chips=chips,
        beyond=[chip for chip in chips if not chip.known],
        choices=choices,
        saved=inbox.saved(reader, actor),
    )
