"""What was typed to narrow a list may be a number, a room, or words of the case; telephones and names are for the register."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from engine.domain.actor import Actor
from engine.storage.blind import grams
from engine.storage.tables import bigram, household, register_entry, unit, work_item

if TYPE_CHECKING:
    from engine.queries.reader import Reader

LONGEST = 100
_MOST_GRAMS = 16
#: Up to so many cases are named one by one; beyond, each item is asked whether it is meant.
_FEW = 400


def narrowing(reader: Reader, actor: Actor, typed: str) -> Iterator[ColumnElement[bool]]:
    """The condition that the words make; none without words."""
    text = typed.strip()[:LONGEST]
    if not text:
        return
    rooms = _rooms(reader, text)
    candidates = sa.union(*_candidates(text, rooms)).limit(_FEW + 1)
    found = list(reader.connection.execute(candidates).scalars())
    # Few are looked up among many items; where there are many, the next ones in the list's own order are soon found.
    yield work_item.c.case_id.in_(found) if len(found) <= _FEW else sa.or_(*_meant(text, rooms))


def _rooms(reader: Reader, text: str) -> list[str]:
    """The households of the rooms whose number begins so."""
    joined = household.join(unit, unit.c.id == household.c.unit_id)
    query = sa.select(household.c.id).select_from(joined).where(unit.c.room.startswith(text, autoescape=True))
    return list(reader.connection.execute(query.limit(_FEW)).scalars())


def _candidates(text: str, rooms: list[str]) -> Iterator[sa.Select[tuple[str]]]:
    case_id = register_entry.c.case_id
    yield sa.select(case_id).where(register_entry.c.number.startswith(text.upper(), autoescape=True))
    yield sa.select(case_id).where(register_entry.c.household_id.in_(rooms))
    pairs = _pairs(text)
    if pairs:
        rest = (_has(gram, bigram.c.case_id) for gram in pairs[1:])
        yield sa.select(bigram.c.case_id).where(bigram.c.gram == pairs[0], *rest)


def _meant(text: str, rooms: list[str]) -> Iterator[ColumnElement[bool]]:
    numbered = register_entry.c.number.startswith(text.upper(), autoescape=True)
    entry = sa.or_(numbered, register_entry.c.household_id.in_(rooms))
    yield sa.exists().where(register_entry.c.case_id == work_item.c.case_id, entry)
    pairs = _pairs(text)
    if pairs:
        yield sa.and_(*(_has(gram, work_item.c.case_id) for gram in pairs))


def _has(gram: str, case_id: ColumnElement[str] | sa.Column[str]) -> ColumnElement[bool]:
    kept = bigram.alias()
    return sa.exists().where(kept.c.gram == gram, kept.c.case_id == case_id).correlate_except(kept)


def _pairs(text: str) -> list[str]:
    # The longest first: it is the rarest.
    return sorted((gram for gram in grams(text) if len(gram) > 1), key=len, reverse=True)[:_MOST_GRAMS]
