"""The inbox: what one holds, may take, follows and has done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands import work
from engine.errors import NotFound
from engine.queries import inbox, intake, people
from webforms import access, visit
from webforms.wording import WORDS, t

blueprint = Blueprint("inbox", __name__)


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
    filters = _filters()
    page = inbox.page(visit.reader(), visit.actor(), name, filters)
    return render_template(
        "inbox/page.html",
        tab=name,
        tabs=inbox.TABS,
        page=page,
        groups=[(group, list(rows)) for group, rows in groupby(page.rows, key=lambda row: row.group)],
        filters=filters,
        query=_query(),
        chips=list(_chips(name)),
        estates=people.estates(visit.reader(), visit.actor()),
        severities=intake.severities(visit.reader(), visit.actor()),
    )


@blueprint.get("/inbox/news")
def news() -> str:
    """A quiet line when work has come since the page was made; nothing otherwise."""
    since = _moment(request.args.get("since"))
    fresh = inbox.newest(visit.reader(), visit.actor(), since) if since else 0
    return render_template("inbox/news.html", fresh=fresh, since=request.args.get("since"))


@blueprint.post("/inbox/<item_id>/claim")
def claim(item_id: str) -> Response:
    """Take a task out of the queue."""
    visit.execute(work.Claim(item_id))
    flash(t("inbox.claimed"), "success")
    return redirect(access.local_path(request.form.get("next")) or url_for("inbox.tab"), 303)


@blueprint.post("/inbox/<item_id>/release")
def release(item_id: str) -> Response:
    """Put a task back into the queue."""
    visit.execute(work.Release(item_id))
    flash(t("inbox.released"), "success")
    return redirect(access.local_path(request.form.get("next")) or url_for("inbox.tab"), 303)


def _filters() -> inbox.Filters:
    return inbox.Filters(
        estate_id=request.args.get("estate") or None,
        severity=request.args.get("grade") or None,
        late=request.args.get("late") == "1",
        emergency=request.args.get("urgent") == "1",
        after=request.args.get("after") or None,
    )


def _query() -> dict[str, str]:
    return {name: value for name, value in request.args.items() if value and name in ("estate", "grade", "late", "urgent")}


def _chips(tab: str) -> Iterator[dict[str, Any]]:
    """Each active filter as a sentence, with the address that the page has without it."""
    for name, value in _query().items():
        rest: dict[str, Any] = {other: kept for other, kept in _query().items() if other != name}
        yield {"name": name, "value": value, "without": url_for("inbox.tab", name=tab, **rest)}


def _moment(text: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else None
