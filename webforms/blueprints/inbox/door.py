"""What all addresses of the inbox share: the blueprint, and the filters as an address holds them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, request, url_for

from engine.domain.text import Text
from engine.queries import inbox
from engine.queries.people import Option
from webforms.wording import WORDS

blueprint = Blueprint("inbox", __name__)
#: What an address calls each filter.
CHOSEN = {"estate": "estate_id", "grade": "severity", "dept": "department", "role": "role", "task": "task", "q": "words"}
TICKED = {"late": "late", "urgent": "emergency", "unsure": "provisional"}
#: Longer entries are none that a page has offered.
LONGEST = 120


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter: what it is called, and the address without it; ``known`` is False when the actor has nothing of it."""

    name: str
    label: Text
    without: str
    known: bool = True


def filters(query: Mapping[str, str] | None = None, after: str | None = None) -> inbox.Filters:
    """The filters of an address."""
    asked = active() if query is None else query
    named = {field: asked[name] for name, field in CHOSEN.items() if name in asked}
    ticked = {field: name in asked for name, field in TICKED.items()}
    return inbox.Filters(**named, **ticked, after=after)  # type: ignore[arg-type]


def active(args: Mapping[str, str] | None = None) -> dict[str, str]:
    """The filters that narrow, by their name in the address, in the order of the page; what is none of them is passed over."""
    given = request.args if args is None else args
    chosen = {name: given.get(name, "").strip()[:LONGEST] for name in CHOSEN}
    return {name: value for name, value in chosen.items() if value} | {name: "1" for name in TICKED if given.get(name) == "1"}


def chips(tab: str, query: Mapping[str, str], choices: inbox.Choices) -> Iterator[Chip]:
    """Each active filter in words."""
    rest: dict[str, Any]
    offered = {
        "estate": choices.estates,
        "grade": choices.severities,
        "dept": choices.departments,
        "role": choices.roles,
        "task": choices.tasks,
    }
    for name, value in query.items():
        rest = {other: kept for other, kept in query.items() if other != name}
        without = url_for("inbox.tab", name=tab, **rest)
        if name in TICKED:
            yield Chip(name, WORDS[f"inbox.filter.{name}"], without)
        elif name == "q":
            yield Chip(name, Text(f"“{value}”", f"“{value}”"), without)
        else:
            label = _label(offered[name], value)
            yield Chip(name, label or WORDS[f"inbox.filter.{name}_unknown"], without, label is not None)


def _label(options: tuple[Option, ...], value: str) -> Text | None:
    return next((option.label for option in options if option.value == value), None)
