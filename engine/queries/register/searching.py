"""What was typed into the search box may be a number, a room, a telephone, a name, or words of the complaint."""

from __future__ import annotations

import re
from collections.abc import Iterator

import sqlalchemy as sa

from engine.storage.blind import NAME, PHONE, PHONE_TAIL, grams, index, phone_digits
from engine.storage.tables import bigram, blind_index, household, register_entry, unit

TAIL, FEWEST_PHONE_DIGITS = 4, 7
LONGEST = 200
MOST_GRAMS = 24
# A single sign is no word of the index: it would mean nearly every case.
_NOTHING = sa.select(register_entry.c.case_id).where(sa.false())


def found_by(typed: str, secret: bytes) -> sa.CompoundSelect[tuple[str]]:
    """The cases that the text may mean, whatever it is; each reading has an index of its own."""
    text = typed.strip()[:LONGEST]
    return sa.union(_NOTHING, *_readings(text, secret))


def _readings(text: str, secret: bytes) -> Iterator[sa.Select[tuple[str]]]:
    if any(sign.isdigit() for sign in text):
        yield sa.select(register_entry.c.case_id).where(register_entry.c.number.startswith(text.upper(), autoescape=True))
        yield sa.select(register_entry.c.case_id).where(register_entry.c.household_id.in_(_in_room(text)))
    for kind, wanted in _blind(text, secret):
        yield sa.select(blind_index.c.case_id).where(blind_index.c.kind == kind, blind_index.c.digest == wanted)
    pairs = sorted(gram for gram in grams(text) if len(gram) > 1)[:MOST_GRAMS]
    if pairs:
        yield _with_all(pairs)


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
    query = sa.select(bigram.c.case_id).where(bigram.c.gram == wanted[0])
    for gram in wanted[1:]:
        other = bigram.alias()
        query = query.where(sa.exists().where(other.c.case_id == bigram.c.case_id, other.c.gram == gram))
    return query
