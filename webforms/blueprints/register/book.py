"""The book: one page of it, its totals, and the columns that somebody wants to see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from markupsafe import Markup, escape
from werkzeug.wrappers import Response

from engine import errors
from engine.commands import exports
from engine.queries import register
from webforms import filling, times, visit
from webforms.blueprints.register.door import COLUMNS, NAMES, Asked, asked, blueprint
from webforms.wording import said

AROUND = 24


@blueprint.get("/register")
def book() -> Response:
    """One page of the book; filters, search, columns and place stand in the address."""
    wanted = asked(request.args)
    page = register.page(visit.reader(), visit.actor(), wanted.filters, **_place(), columns=wanted.columns)
    exact = page.totals or (_exact(wanted, page) if request.args.get("count") else None)
    shown = {
        "page": page,
        "totals": exact,
        "choices": register.choices(visit.reader(), visit.actor()),
        "offered": _in_order(page.columns),
        "query": wanted.query,
        "chips": list(_chips(wanted)),
        "states": register.STATES,
        "choosing": request.args.get("choose") == "1",
    }
    found = register.marks(wanted.filters.words)
    oldest = times.month(page.rows[0].registered_at.astimezone(filling.zone()).date(), visit.language()) if page.rows else ""
    writing = {"month": oldest, "marked": lambda text: _marked(text, found), "excerpt": lambda text: _excerpt(text, found)}
    return make_response(render_template("register/book.html", **shown, **writing))


@blueprint.get("/register/totals")
def totals() -> Response:
    """The exact totals, fetched once the page stands."""
    wanted = asked(request.args)
    counted = register.totals(visit.reader(), visit.actor(), wanted.filters, request.args.get("first"))
    size = min(max(_whole(request.args.get("rows", "")) or 1, 1), counted.rows or 1)
    return make_response(render_template("register/totals.html", totals=counted, size=size))


@blueprint.post("/register/columns")
def columns() -> Response:
    """Keep the columns chosen, moved up where that was asked, and go back to the page with them."""
    query: dict[str, Any] = {name: value for name, value in asked(request.form).query.items() if name != COLUMNS}
    wanted = request.form.getlist("column")
    mover = request.form.get("up", "")
    if request.form.get("usual"):
        wanted = list(register.USUAL)
    elif mover in wanted[1:]:
        place = wanted.index(mover)
        wanted[place - 1 : place + 1] = [mover, wanted[place - 1]]
    try:
        kept = visit.execute(exports.ChooseColumns(tuple(wanted)))
    except errors.InvalidValues as refusal:
        flash(said(next(iter(refusal.fields.values()), refusal.text)), "error")
        return redirect(url_for("register.book", **query, choose=1), 303)
    query |= {COLUMNS: ",".join(kept)} | ({"choose": 1} if mover else {})
    return redirect(url_for("register.book", **query), 303)


def _place() -> dict[str, Any]:
    """Where in the book: a key from a page before, or the last row of a month."""
    given = request.args
    if after := _end_of_month(given.get("at", "")):
        return {"after": after}
    return {"after": given.get("after"), "before": given.get("before"), "no": _whole(given.get("no", ""))}


def _end_of_month(typed: str) -> str | None:
    try:
        first = date.fromisoformat(f"{typed}-01")
        after = register.midnight((first.replace(day=28) + timedelta(days=4)).replace(day=1), filling.zone())
    except (ValueError, OverflowError):
        return None
    return f"{after.isoformat()}~"


def _whole(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and 0 < len(typed) < 9 else None


def _exact(wanted: Asked, page: register.Page) -> register.Totals:
    return register.totals(visit.reader(), visit.actor(), wanted.filters, page.rows[0].key if page.rows else None)


def _in_order(shown: tuple[register.Column, ...]) -> list[tuple[register.Column, bool]]:
    """Every column that may be chosen: those that are shown first, in their order."""
    others = (column for column in register.offered(visit.reader(), visit.actor()) if column not in shown)
    return [*((column, True) for column in shown), *((column, False) for column in others)]


def _chips(wanted: Asked) -> Iterator[dict[str, Any]]:
    """Each filter in force with the address that the page has without it; a whole month is one."""
    filters, query = wanted.filters, wanted.query
    whole_month = filters.since is not None and filters.since.day == 1 and filters.until == _last_day(filters.since)
    for name in NAMES:
        if name in query and not (whole_month and name == "until"):
            gone = {name, "until"} if whole_month and name == "since" else {name}
            rest: dict[str, Any] = {other: kept for other, kept in query.items() if other not in gone}
            kind = "month" if whole_month and name == "since" else name
            value = times.month(filters.since, visit.language()) if kind == "month" and filters.since else query[name]
            yield {"name": kind, "value": value, "without": url_for("register.book", **rest)}


def _last_day(first: date) -> date | None:
    try:
        return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    except OverflowError:
        return None


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
