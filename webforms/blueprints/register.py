"""The register: the book of all complaints, narrowed and searched by its address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import Blueprint, make_response, render_template, request, url_for
from markupsafe import Markup, escape
from werkzeug.wrappers import Response

from engine.queries import register
from webforms import visit

blueprint = Blueprint("register", __name__)
#: Filters that are a text in the address, in the order of the page.
TEXTS = ("estate", "severity", "validity", "category", "channel", "department", "state")
NAMES = ("q", *TEXTS, "urgent", "since", "until")
AROUND = 24


@blueprint.get("/register")
def book() -> Response:
    """One page of the book; filters, search and place stand in the address."""
    filters = _filters()
    after, before = request.args.get("after"), request.args.get("before")
    page = register.page(visit.reader(), visit.actor(), filters, after=after, before=before)
    choices = register.choices(visit.reader(), visit.actor())
    query = {name: value for name in NAMES if (value := request.args.get(name, "").strip())}
    found = register.marks(filters.words)
    shown = {"page": page, "filters": filters, "choices": choices, "query": query, "chips": list(_chips(query))}
    writing = {"marked": lambda text: _marked(text, found), "excerpt": lambda text: _excerpt(text, found)}
    return make_response(render_template("register/book.html", states=register.STATES, **shown, **writing))


def _filters() -> register.Filters:
    texts = {name: request.args.get(name) or None for name in TEXTS}
    return register.Filters(
        **texts,
        emergency=request.args.get("urgent") == "1",
        since=_day("since"),
        until=_day("until"),
        words=request.args.get("q", ""),
    )


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None


def _chips(query: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Each filter in force with the address that the page has without it."""
    for name, value in query.items():
        rest: dict[str, Any] = {other: kept for other, kept in query.items() if other != name}
        yield {"name": name, "value": value, "without": url_for("register.book", **rest)}


def _marked(text: str | None, found: re.Pattern[str] | None) -> Markup:
    """The text with every hit of the search marked; everything in it is text, never markup."""
    if not text or found is None:
        return escape(text or "")
    parts, at = [], 0
    for hit in found.finditer(text):
        parts += [escape(text[at : hit.start()]), Markup("<mark>{}</mark>").format(hit[0])]
        at = hit.end()
    return Markup("").join([*parts, escape(text[at:])])


def _excerpt(text: str | None, found: re.Pattern[str] | None) -> Markup:
    """The words around the first hit; nothing when there is none."""
    hit = found.search(text) if text and found else None
    if hit is None or text is None:
        return Markup("")
    start, end = max(0, hit.start() - AROUND), hit.end() + AROUND
    cut = f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"
    return _marked(" ".join(cut.split()), found)
