"""What stands beside the form while a call is recorded: earlier cases that may be the same matter, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.queries import scope
from engine.queries.labels import personal_columns
from engine.queries.similar.around import around
from engine.queries.similar.texts import alike
from engine.storage.tables import cases, register_entry

if TYPE_CHECKING:
    from engine.queries.reader import Reader

MOST = 8
#: From this likeness on a case is listed, in thousandths; what else they share lifts it.
LISTED, HOUSEHOLD, PLACE, CATEGORY = 320, 320, 160, 80
#: A category is suggested when so much of the likeness, in hundredths, speaks for it.
AGREED = 60
#: Many who call about one thing call within these hours; so many before the present one make an event of it.
TOGETHER, ENOUGH = timedelta(hours=12), 3


@dataclass(frozen=True, slots=True)
class Typed:
    """What is known of the call so far; ``text`` is everything that was written down of it."""

    estate_id: str
    household_id: str | None = None
    category: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a case is listed: what it shares with the call."""

    household: bool
    place: bool
    category: bool
    text: bool


@dataclass(frozen=True, slots=True)
class Alike:
    """An earlier case; ``event`` is the number of the case that leads its event, its own when it leads."""

    case_id: str
    number: str
    subject: str | None
    open: bool
    registered_at: datetime
    reason: Reason
    likeness: int
    event: str | None
    runs: bool
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Whole:
    """The cases, open ones first and the newest first, and the case whose event the call may belong to.

    ``together`` counts the cases that are open for the same cause; ``known`` says that these are an event already.
    ``category`` is what most of those were about whose words are alike; None where they do not agree.
    """

    cases: tuple[Alike, ...]
    lead: Alike | None = None
    together: int = 0
    known: bool = False
    category: str | None = None


def similar(reader: Reader, actor: Actor, typed: Typed) -> Whole:
    """What the actor may see of the cases that are like the call."""
    near = around(reader, actor, typed.household_id) if typed.household_id else {}
    likeness = alike(reader, actor, typed.text, typed.estate_id, near)
    rows = _rows(reader, actor, {*near, *likeness})
    found = [_alike(row, typed, near.get(row.case_id), likeness.get(row.case_id, 0)) for row in rows]
    listed = sorted((case for case in found if case.likeness >= LISTED), key=lambda case: (-case.likeness, case.case_id))[:MOST]
    lead, together, known = _event(found, typed, reader.now)
    shown = {case.case_id: case for case in (*listed, *([lead] if lead else []))}
    named = _named(reader, actor, {row.case_id: row.version_id for row in rows if row.case_id in shown}, shown)
    ordered = sorted(named.values(), key=lambda case: (case.open, case.registered_at, case.case_id), reverse=True)
    return Whole(tuple(ordered), named[lead.case_id] if lead else None, together, known, _about(found))


def _about(found: list[Alike]) -> str | None:
    weights: dict[str, int] = {}
    for case in found:
        if case.reason.text and case.category:
            weights[case.category] = weights.get(case.category, 0) + case.likeness
    best = max(weights, key=lambda category: (weights[category], category), default=None)
    return best if best and weights[best] * 100 >= AGREED * sum(weights.values()) else None


def _rows(reader: Reader, actor: Actor, case_ids: set[str]) -> Sequence[Any]:
    entry = register_entry.c
    query = sa.select(register_entry, cases.c.version_id).join(cases, cases.c.id == entry.case_id)
    query = query.where(entry.case_id.in_(case_ids), scope.may_read_case(actor, entry.case_id, entry.estate_id, entry.department))
    return reader.connection.execute(query).all() if case_ids else []


def _alike(row: Any, typed: Typed, near: str | None, likeness: int) -> Alike:
    same_category = typed.category is not None and row.category == typed.category
    reason = Reason(near == "household", near is not None, same_category, likeness >= LISTED // 2)
    lifted = likeness + HOUSEHOLD * reason.household + PLACE * reason.place + CATEGORY * same_category
    return Alike(
        row.case_id,
        row.number,
        None,
        row.status == "open",
        row.registered_at,
        reason,
        lifted,
        row.event,
        row.version_id is not None,
        row.category,
    )


def _event(found: list[Alike], typed: Typed, now: datetime) -> tuple[Alike | None, int, bool]:
    same = [case for case in found if case.open and _one_cause(case, typed)]
    joined = [case for case in same if case.event is not None]
    leads = [case for case in joined if case.event == case.number]
    if leads:
        best = max(leads, key=lambda case: (case.likeness, case.case_id))
        return best, sum(case.event == best.number for case in joined), True
    # The same household again is one complaint told twice, not a second one.
    lately = [case for case in same if now - case.registered_at <= TOGETHER and not case.reason.household]
    if len(lately) < ENOUGH:
        return None, 0, False
    return min(lately, key=lambda case: (case.registered_at, case.case_id)), len(lately), False


def _one_cause(case: Alike, typed: Typed) -> bool:
    """In the same building and about the same; where the building is not known, the words alone must be alike."""
    if typed.household_id and not case.reason.place:
        return False
    return case.reason.category or case.reason.text if typed.household_id else case.likeness >= LISTED


def _named(reader: Reader, actor: Actor, versions: dict[str, str | None], shown: dict[str, Alike]) -> dict[str, Alike]:
    subjects = personal_columns(reader, actor, versions, ("subject",))
    return {case_id: _with_subject(case, subjects.get(case_id, {}).get("subject")) for case_id, case in shown.items()}


def _with_subject(case: Alike, subject: str | None) -> Alike:
    return replace(case, subject=subject)
