"""What was typed into the search box may be a number, a room, a telephone, a name, or words of the complaint.

Each reading has an index of its own. A reading that few cases fit is looked up; one that many fit (a common word, half a number)
is tested on the way through the book, where the next of many is never far. Which of both it is, a bounded look tells first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from engine.domain.actor import Actor
from engine.queries.register.lists import among, is_one
from engine.storage.blind import NAME, PHONE, PHONE_TAIL, grams, index, phone_digits
from engine.storage.tables import bigram, blind_index, household, register_entry, unit

if TYPE_CHECKING:
    from engine.queries.reader import Reader

#: So many cases are looked up one by one; of more than these one is met soon by whoever walks through the book.
FEW = 5000
TAIL, FEWEST_PHONE_DIGITS = 4, 7
LONGEST = 200
MOST_GRAMS = 24
#: A number as people say it: its last part, with or without the zeros and the year before it.
_SERIAL = re.compile(r"(?:.*?(\d{4})[-/ ])?0*([1-9]\d{0,8})", re.ASCII)
_entry = register_entry.c


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a number begins with in many cases; the few other cases that the same words mean are named."""

    holds: ColumnElement[bool]
    others: frozenset[str]

    def listed(self, dialect: str, *columns: ColumnElement[Any]) -> sa.Select[Any]:
        """Columns of the register's rows that are meant: each way to them has its own index."""
        query = sa.select(*columns)
        if not self.others:
            return query.where(self.holds)
        named = query.where(among(dialect, _entry.case_id, self.others))
        return sa.select(sa.union(query.where(self.holds), named).subquery())


@dataclass(frozen=True, slots=True)
class Found:
    """The cases that the words mean: ``few`` of them by id, or else a condition that holds for each of the many.

    ``beginning`` is there when it is the beginning of a number that makes them many.
    """

    few: frozenset[str] | None
    many: ColumnElement[bool] | None = None
    beginning: Beginning | None = None


@dataclass(frozen=True, slots=True)
class _Reading:
    listed: sa.Select[tuple[str]]
    holds: ColumnElement[bool]
    of_numbers: bool = False


def find(reader: Reader, actor: Actor, typed: str) -> Found:
    """What the text means, whatever it is and whoever asks: of it the book shows what they may read."""
    text = typed.strip()[:LONGEST]
    readings = tuple(_readings(reader, text))
    if not readings:
        return Found(frozenset())
    found = _looked_at(reader, readings)
    if all(few is not None for few in found):
        return Found(frozenset().union(*(few for few in found if few)))
    fits = (
        reading.holds if few is None else is_one(reader.dialect, _entry.case_id, few)
        for reading, few in zip(readings, found, strict=True)
        if few is None or few
    )
    return Found(None, sa.or_(*fits), _beginning(readings, found))


def _beginning(readings: Sequence[_Reading], found: Sequence[frozenset[str] | None]) -> Beginning | None:
    many = [reading for reading, few in zip(readings, found, strict=True) if few is None]
    if len(many) != 1 or not many[0].of_numbers:
        return None
    return Beginning(many[0].holds, frozenset().union(*(few for few in found if few)))


def _looked_at(reader: Reader, readings: Sequence[_Reading]) -> list[frozenset[str] | None]:
    """The cases that each reading fits, None where they are many; the ids come as one text, which thousands of rows would not."""
    limited = [reading.listed.limit(FEW + 1).subquery() for reading in readings]
    count, ids = sa.func.count(), (sa.func.aggregate_strings(each.c.case_id, ",") for each in limited)
    told = [sa.select(sa.literal(place), count, sa.case((count <= FEW, each))) for place, each in enumerate(ids)]
    rows = sorted(tuple(row) for row in reader.connection.execute(sa.union_all(*told)))
    return [None if number > FEW else frozenset((text or "").split(",")) - {""} for _, number, text in rows]


def marks(typed: str) -> re.Pattern[str] | None:
    """What is to be marked in a text that was found: the words typed, else their pairs of signs; None for nothing typed."""
    text = typed.strip()[:LONGEST]
    if not text:
        return None
    parts = sorted({*text.split(), *(gram for gram in grams(text) if len(gram) > 1)}, key=len, reverse=True)
    return re.compile("|".join(re.escape(part) for part in parts), re.IGNORECASE)


def _readings(reader: Reader, text: str) -> Iterator[_Reading]:
    if any(sign.isdigit() for sign in text):
        yield replace(_of_entry(_begins(reader, text.upper())), of_numbers=True)
        yield _of_entry(_entry.household_id.in_(_in_room(text)))
    if serial := _SERIAL.fullmatch(text):
        within = _entry.year == int(serial[1]) if serial[1] else sa.true()
        yield _of_entry(sa.and_(_entry.serial == int(serial[2]), within))
    for kind, wanted in _blind(text, reader.secret):
        here = (blind_index.c.kind == kind, blind_index.c.digest == wanted)
        holds = sa.exists().where(blind_index.c.case_id == _entry.case_id, *here)
        yield _Reading(sa.select(blind_index.c.case_id).where(*here), holds)
    pairs = sorted(gram for gram in grams(text) if len(gram) > 1)[:MOST_GRAMS]
    if pairs:
        yield _with_all(_rarest_first(reader, pairs))


def _of_entry(condition: ColumnElement[bool]) -> _Reading:
    return _Reading(sa.select(_entry.case_id).where(condition), condition)


def _begins(reader: Reader, text: str) -> ColumnElement[bool]:
    if reader.dialect == "postgresql":
        return _entry.number.startswith(text, autoescape=True)
    # The embedded database compares signs by their code: the last of them all ends the range.
    return sa.and_(_entry.number >= text, _entry.number < f"{text}\U0010ffff")


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


def _rarest_first(reader: Reader, pairs: list[str]) -> list[str]:
    """The rarest pair leads: the others are only looked up in the cases that have it."""
    if len(pairs) == 1:
        return pairs
    some = [sa.select(bigram.c.case_id).where(bigram.c.gram == gram).limit(FEW + 1).subquery() for gram in pairs]
    counted = reader.connection.execute(
        sa.select(*(sa.select(sa.func.count()).select_from(each).scalar_subquery() for each in some))
    )
    return [gram for _, gram in sorted(zip(counted.one(), pairs, strict=True))]


def _with_all(wanted: list[str]) -> _Reading:
    listed = sa.select(bigram.c.case_id).where(bigram.c.gram == wanted[0])
    for gram in wanted[1:]:
        other = bigram.alias()
        listed = listed.where(sa.exists().where(other.c.case_id == bigram.c.case_id, other.c.gram == gram))
    aliases = [(gram, bigram.alias()) for gram in wanted]
    holds = (sa.exists().where(each.c.case_id == _entry.case_id, each.c.gram == gram) for gram, each in aliases)
    return _Reading(listed, sa.and_(*holds))
