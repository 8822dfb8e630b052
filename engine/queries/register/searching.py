"""What was typed into the search box may be a number, a room, a telephone, a name, or words of the complaint."""

from __future__ import annotations

import re
from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from engine.storage.blind import NAME, PHONE, PHONE_TAIL, grams, index, phone_digits
from engine.storage.tables import bigram, blind_index, household, register_entry, unit

TAIL, FEWEST_PHONE_DIGITS = 4, 7
LONGEST = 200
MOST_GRAMS = 24
_LAST_SIGN = "\U0010ffff"


def found_by(typed: str, secret: bytes) -> Iterator[ColumnElement[bool]]:
    """Everything the text may mean, as conditions on the register of which one is enough."""
    text = typed.strip()[:LONGEST]
    case_id = register_entry.c.case_id
    if any(sign.isdigit() for sign in text):
        yield _begins(register_entry.c.number, text.upper())
        yield register_entry.c.household_id.in_(_in_room(text))
    for kind, wanted in _blind(text, secret):
        yield case_id.in_(sa.select(blind_index.c.case_id).where(blind_index.c.kind == kind, blind_index.c.digest == wanted))
    wanted_grams = sorted(grams(text), key=lambda gram: (-len(gram), gram))[:MOST_GRAMS]
    if wanted_grams:
        yield case_id.in_(_with_all(wanted_grams))


def marks(typed: str) -> re.Pattern[str] | None:
    """What is to be marked in a text that was found: the words typed, else their pairs of signs; None for nothing typed."""
    text = typed.strip()[:LONGEST]
    if not text:
        return None
    parts = sorted({*text.split(), *(gram for gram in grams(text) if len(gram) > 1)}, key=len, reverse=True)
    return re.compile("|".join(re.escape(part) for part in parts), re.IGNORECASE)


def _blind(text: str, secret: bytes) -> Iterator[tuple[str, str]]:
    digits = phone_digits(text)
    if len(digits) >= FEWEST_PHONE_DIGITS:
        yield PHONE, index(secret, PHONE, text)
    elif len(digits) == TAIL and digits == text:
        yield PHONE_TAIL, index(secret, PHONE_TAIL, text)
    if not digits:
        yield NAME, index(secret, NAME, text)


def _in_room(text: str) -> sa.Select[tuple[str]]:
    joined = household.join(unit, unit.c.id == household.c.unit_id)
    return sa.select(household.c.id).select_from(joined).where(unit.c.room == text)


def _with_all(wanted: list[str]) -> sa.Select[tuple[str]]:
    """Cases that have every gram: those of the first one, each looked up in the others."""
    query = sa.select(bigram.c.case_id).where(_gram(bigram, wanted[0]))
    for gram in wanted[1:]:
        other = bigram.alias()
        query = query.where(sa.exists().where(other.c.case_id == bigram.c.case_id, _gram(other, gram)))
    return query


def _gram(table: sa.FromClause, gram: str) -> ColumnElement[bool]:
    # A single sign stands in the index only where it stood alone: it is looked for as the beginning of a pair.
    return table.c.gram == gram if len(gram) > 1 else _begins(table.c.gram, gram)


def _begins(column: sa.ColumnElement[str], start: str) -> ColumnElement[bool]:
    # A range can use the index, where LIKE cannot on every database.
    return sa.and_(column >= start, column < start + _LAST_SIGN)
