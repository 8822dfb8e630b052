"""What the frame of every page shows: where one can go, how much waits, who is signed in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from flask import Flask, current_app, g, request, url_for

from engine.queries import incidents, messages, shell
from webforms import visit


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the sidebar: endpoint, wording key, and whether only administrators, owners too, or any staff see it."""

    endpoint: str
    wording: str
    administrators: bool = False
    owners: bool = False
    staff: bool = False

    @property
    def address(self) -> str:
        """Where it leads."""
        return url_for(self.endpoint)

    @property
    def is_current(self) -> bool:
        """Whether the present page belongs to it."""
        return request.blueprint == self.endpoint.partition(".")[0]


INBOX = Place("inbox.tab", "shell.inbox")
RECORD = Place("record.page", "shell.record", staff=True)
PLACES = (
    INBOX,
    Place("dashboard.home", "shell.dashboard", staff=True),
    RECORD,
    Place("register.book", "shell.register"),
    Place("reports.home", "shell.reports"),
    Place("procedure.home", "shell.procedure"),
    Place("company.home", "shell.company"),
    Place("directory.home", "shell.directory", administrators=True),
    Place("operations.home", "shell.operations", administrators=True, owners=True),
)


def init_app(app: Flask) -> None:
    """Give every template what the frame needs."""
    app.context_processor(_frame)
    app.jinja_env.globals.update(page_address=page_address, case_address=case_address)


def page_address(endpoint: str, **values: Any) -> str | None:
    """The address of a page, or None when no such page is part of this application."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else None


def _frame() -> dict[str, Any]:
    return {
        "places": lambda: tuple(_places()),
        "counts": _counts,
        "may_record": lambda: bool(visit.actor().grants),
        "pressing": lambda: messages.pressing(visit.reader(), visit.actor()),
        "signed_in": visit.signed_in(),
        "demo": visit.application().settings.demo,
        "language": visit.language(),
        "here": request.full_path.rstrip("?"),
        "now": visit.now,
        "person_name": visit.actor().name if visit.signed_in() else None,
        "person_id": visit.actor().person_id if visit.signed_in() else "",
    }


def _counts() -> shell.Counts:
    if "counts" not in g:
        g.counts = shell.counts(visit.reader(), visit.actor())
    return cast(shell.Counts, g.counts)


def _places() -> Iterator[Place]:
    person = visit.actor()
    for place in PLACES:
        kept_out = place.administrators and not (person.administrator or _owns(place))
        if place.endpoint in current_app.view_functions and not kept_out and (person.grants or not place.staff):
            yield place


def _owns(place: Place) -> bool:
    # Asked once a process: which role owns a procedure hardly ever changes, and the page itself asks each time.
    if "owning_roles" not in current_app.extensions:
        current_app.extensions["owning_roles"] = incidents.owning_roles(visit.reader(), visit.actor())
    return place.owners and bool(visit.actor().roles & current_app.extensions["owning_roles"])


def case_address(case_id: str) -> str:
    """Where a case is shown: its file, or the inbox when this application has no case files."""
    return page_address("case_file.overview", case_id=case_id) or url_for("inbox.tab")
