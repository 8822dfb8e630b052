"""The lists behind the numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import abort, render_template, request, url_for

from engine.queries import dashboard, people
from engine.queries.dashboard import expecting, listing
from webforms import visit
from webforms.blueprints.dashboard.door import blueprint, estate, estates, kept, page_number
from webforms.wording import said, t

Chip = tuple[str, str]


@blueprint.get("/dashboard/tasks/<which>")
def tasks(which: str) -> str:
    """Open tasks of one kind, of one person or department when the address says so."""
    if which not in dashboard.TASKS:
        abort(404)
    narrowed = kept("estate", "person", "department")
    filters = dashboard.TaskFilters(estate(), narrowed.get("person"), narrowed.get("department"), page_number())
    rows = dashboard.tasks(visit.reader(), visit.actor(), which, filters)
    shown = {"which": which, "page": filters.page, "size": listing.PAGE, "query": narrowed}
    return render_template("dashboard/tasks.html", rows=rows, chips=list(_chips(which, narrowed)), **shown)


@blueprint.get("/dashboard/limits/<of>")
def limits(of: str) -> str:
    """Limits that were missed today, or that fall due in the next working days."""
    if of not in dashboard.LIMITS:
        abort(404)
    rows = dashboard.limits(visit.reader(), visit.actor(), of, estate(), page_number())
    shown = {"which": of, "page": page_number(), "size": listing.PAGE, "query": kept("estate")}
    return render_template("dashboard/limits.html", rows=rows, fewest=expecting.USUAL_FEWEST, **shown)


def _chips(which: str, narrowed: dict[str, str]) -> Iterator[Chip]:
    """What the list is narrowed by, in words, each with the address without it."""
    for name, value in narrowed.items():
        rest: dict[str, Any] = {other: there for other, there in narrowed.items() if other != name}
        yield t(f"dashboard.filter.{name}", name=_called(name, value)), url_for("dashboard.tasks", which=which, **rest)


def _called(name: str, value: str) -> str:
    if name == "person":
        return people.names(visit.reader(), visit.actor(), [value]).get(value, "—")
    if name == "estate":
        return next((said(option.label) for option in estates() if option.value == value), "—")
    if value == listing.NO_DEPARTMENT:
        return t("dashboard.no_department")
    return next((said(one.label) for one in _departments() if one.value == value), request.args["department"])


def _departments() -> list[people.Option]:
    return [one for option in estates() for one in people.departments(visit.reader(), visit.actor(), option.value)]
