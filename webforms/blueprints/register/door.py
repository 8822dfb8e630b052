"""What the pages of the register share: the blueprint, and what an address asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import Blueprint

from engine.queries import register

blueprint = Blueprint("register", __name__)
#: Filters that are a text in the address, in the order of the page.
TEXTS = ("estate", "severity", "validity", "category", "channel", "department", "state")
NAMES = ("q", *TEXTS, "urgent", "since", "until")
COLUMNS = "cols"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked at: ``query`` is all of it as an address says it, ``columns`` None when the address names none."""

    filters: register.Filters
    query: dict[str, str]
    columns: tuple[str, ...] | None


def asked(given: Mapping[str, str]) -> Asked:
    """What an address, or the hidden fields of a form, ask for; what makes no sense there is left out."""
    query = {name: value for name in (*NAMES, COLUMNS) if (value := given.get(name, "").strip())}
    texts = {name: query.get(name) for name in TEXTS}
    filters = register.Filters(
        **texts,
        emergency=query.get("urgent") == "1",
        since=_day(query.get("since", "")),
        until=_day(query.get("until", "")),
        words=query.get("q", ""),
    )
    columns = tuple(key for key in query.get(COLUMNS, "").split(",") if key) or None
    return Asked(filters, query, columns)


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None
