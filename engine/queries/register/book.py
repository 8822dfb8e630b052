"""The register as a book: a page of rows by key, newest first, and how many rows there are.

**Order.** By the moment of registration and nothing else: it is the order of the numbers, every range of ``reach`` is kept in it,
and so the ten-thousandth page costs what the first costs. What is due next is the inbox's question.

**Counting.** A page never counts more than ``COUNTED`` rows: counting a million takes longer than anybody waits. Up to there the
totals under the columns are exact, and beyond it the page says "more than 10,000" and fetches the exact ones afterwards
(``totals``). Counts kept beside the rows were the other way: each of them would be one row that all commands of an estate wait
for, for whole estates only, and another statement a step. Words that very many cases have are counted afterwards alone.

**Places.** The number of a row in the book is told by the page before it, or by a count while that is cheap; whoever leaps into
the middle of a long book sees no numbers until the totals come.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from engine.domain.actor import Actor
from engine.queries.register.columns import Column, chosen
from engine.queries.register.filters import HISTORIC, OPEN, Filters, narrowed
from engine.queries.register.reach import Branch, everything, numbered, reach, those
from engine.queries.register.rows import Row, dressed, selected
from engine.queries.register.searching import Found, find
from engine.storage.tables import register_entry

if TYPE_CHECKING:
    from engine.queries.reader import Reader

PAGE = 50
#: Rows of one range are counted beside the page up to here; fewer when each has to be looked at for filters, and of several
#: ranges, in which a row may stand twice.
COUNTED, COUNTED_NARROWED, COUNTED_APART = 10_000, 2_000, 1_000
#: What a tenth of the next rows fits is near.
LOOKED_AT, NEAR = 200, 10
#: Where a page begins: the last row of the page before it, or the first of the one after it.
Place = tuple[datetime, str]
_entry = register_entry.c


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts over everything that the filters leave; ``before`` are those in front of the page."""

    rows: int
    open: int
    emergencies: int
    breached: int
    historic: int
    before: int


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows in order; ``newer`` and ``older`` are the keys of the neighbouring pages, None at an end.

    ``totals`` is None where counting takes longer than the page; more than ``at_least`` are then there.
    """

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    totals: Totals | None
    at_least: int
    newer: str | None
    older: str | None


@dataclass(frozen=True, slots=True)
class _Sight:
    """What of the book is looked at: ranges, and what holds for the rows of all of them."""

    branches: tuple[Branch, ...]
    filters: Filters
    conditions: tuple[ColumnElement[bool], ...] = ()
    many_by_id: bool = False

    @property
    def counted(self) -> int:
        """Up to how many rows counting is quick: 0 where each row has to be looked at for words, or in several ranges."""
        if self.conditions or self.many_by_id:
            return 0
        narrowed_by_more = self.filters != Filters(estate=self.filters.estate)
        if len(self.branches) < 2:
            return min(COUNTED, COUNTED_NARROWED) if narrowed_by_more else COUNTED
        return 0 if narrowed_by_more else COUNTED_APART


def page(
    reader: Reader,
    actor: Actor,
    filters: Filters,
    *,
    after: str | None = None,
    before: str | None = None,
    no: int | None = None,
    columns: Sequence[str] | None = None,
    size: int = PAGE,
) -> Page:
    """The rows older than the key ``after``, or newer than ``before``, whose row was the ``no``-th; the newest without a key."""
    start, end = read_key(after), read_key(before)
    backwards = end is not None and start is None
    end = end if backwards else None
    sight, shown = _sight(reader, actor, filters, start, end), chosen(reader, actor, columns)
    found = _found(reader, sight, start, end, size + 1)
    if backwards and not found:
        # Nothing is newer any more: then this is the first page.
        return page(reader, actor, filters, columns=columns, size=size)
    more = len(found) > size
    kept = list(reversed(found[:size])) if backwards else found[:size]
    totals = _counted(reader, sight, kept, whole=not (start or backwards or more))
    first = _first(totals, len(kept), start, backwards, no)
    rows = dressed(reader, actor, kept, shown, searched=bool(filters.words.strip()), first=first)
    newer = rows[0].key if rows and (more if backwards else _follows(start, totals)) else None
    older = rows[-1].key if rows and (backwards or more) else None
    return Page(rows, shown, totals, max(sight.counted, (first or 1) - 1 + len(rows)), newer, older)


def totals(reader: Reader, actor: Actor, filters: Filters, first: str | None = None) -> Totals:
    """The exact counts, however long that takes; ``before`` is meant for the page that begins with that key."""
    key = read_key(first)
    sight = _sight(reader, actor, filters)
    counted = _totals(reader, sight, key, None)
    assert counted is not None  # without a bound there is always an answer
    return counted


def chunks(reader: Reader, actor: Actor, filters: Filters, columns: Sequence[str], size: int) -> Iterator[tuple[Row, ...]]:
    """The whole book, so many rows at a time, each chunk read by the key of the one before."""
    sight, shown = _sight(reader, actor, filters), chosen(reader, actor, columns)
    start: Place | None = None
    first = 1
    while found := _found(reader, sight, start, None, size):
        yield dressed(reader, actor, found, shown, searched=False, first=first)
        start, first = (found[-1].registered_at, found[-1].case_id), first + len(found)


def read_key(text: str | None) -> Place | None:
    """Where a page begins, from the address; None for what is no key."""
    moment, found, case_id = (text or "").partition("~")
    try:
        return (datetime.fromisoformat(moment), case_id) if found and datetime.fromisoformat(moment).tzinfo else None
    except ValueError:
        return None


def _sight(reader: Reader, actor: Actor, filters: Filters, start: Place | None = None, end: Place | None = None) -> _Sight:
    if not filters.words.strip():
        return _Sight(reach(reader, actor, filters.estate, filters.department), filters)
    found = find(reader, actor, filters.words)
    if found.few is not None:
        return _Sight((those(reader, actor, found.few),), filters, many_by_id=len(found.few) > COUNTED_APART)
    if found.beginning is not None and not _is_near(reader, found, start, end):
        numbers = found.beginning.listed(reader.dialect, _entry.number, _entry.registered_at)
        return _Sight((numbered(actor, numbers, backwards=end is not None),), filters, many_by_id=True)
    conditions = (found.many,) if found.many is not None else ()
    return _Sight(reach(reader, actor, filters.estate, filters.department), filters, conditions)


def _is_near(reader: Reader, found: Found, start: Place | None, end: Place | None) -> bool:
    """Whether a walk from here meets what was found soon: numbers of a year gone by are far from the newest."""
    if reader.dialect != "postgresql" or found.many is None:
        return True
    whole = _Sight((everything(),), Filters())
    some = _of_branch(reader, whole, whole.branches[0], start, end, LOOKED_AT, ()).subquery()
    joined = some.join(register_entry, _entry.case_id == some.c.case_id)
    met = reader.connection.execute(sa.select(sa.func.count()).select_from(joined).where(found.many)).scalar_one()
    return int(met) * NEAR >= LOOKED_AT


def _found(reader: Reader, sight: _Sight, start: Place | None, end: Place | None, most: int) -> list[Any]:
    keys = _keys(reader, sight, start, end, most)
    if keys is None:
        return []
    query = selected(keys.subquery("keys"))
    order = (_entry.registered_at, _entry.case_id)
    return list(reader.connection.execute(query.order_by(*(order if end else (each.desc() for each in order)))).all())


def _keys(
    reader: Reader, sight: _Sight, start: Place | None, end: Place | None, most: int | None, *more: ColumnElement[Any]
) -> sa.Select[Any] | None:
    """So many rows of the sight, in the book's order when bounded: of each range as many, and of these again."""
    parts = [_of_branch(reader, sight, branch, start, end, most, more) for branch in sight.branches]
    if len(parts) < 2:
        return parts[0] if parts else None
    together = sa.union(*(sa.select(part.subquery()) for part in parts)).subquery()
    if most is None:
        return sa.select(together)
    order = (together.c.registered_at, together.c.case_id)
    return sa.select(together).order_by(*(order if end else (each.desc() for each in order))).limit(most)


def _of_branch(
    reader: Reader,
    sight: _Sight,
    branch: Branch,
    start: Place | None,
    end: Place | None,
    most: int | None,
    more: Sequence[ColumnElement[Any]],
) -> sa.Select[Any]:
    at, case_id = branch.at, branch.case_id
    conditions = (*branch.where, *narrowed(sight.filters, reader.zone, at), *sight.conditions)
    query = sa.select(at.label("registered_at"), case_id.label("case_id"), *more).select_from(branch.source).where(*conditions)
    query = query.distinct() if branch.repeats else query
    if start:
        query = query.where(sa.tuple_(at, case_id) < _bound(start))
    if end:
        query = query.where(sa.tuple_(at, case_id) > _bound(end))
    if most is None:
        return query
    return query.order_by(*((at, case_id) if end else (at.desc(), case_id.desc()))).limit(most)


def _bound(key: Place) -> sa.Tuple:
    return sa.tuple_(sa.literal(key[0], _entry.registered_at.type), sa.literal(key[1]))


def _counted(reader: Reader, sight: _Sight, shown: Sequence[Any], *, whole: bool) -> Totals | None:
    """The counts as far as they cost nothing beside the page: of all that there is when it is shown, or up to a bound."""
    if whole:
        states = [row.status for row in shown]
        emergencies, breached = sum(row.emergency for row in shown), sum(row.breach_count > 0 for row in shown)
        return Totals(len(shown), states.count(OPEN), emergencies, breached, states.count(HISTORIC), 0)
    first = (shown[0].registered_at, shown[0].case_id) if shown else None
    return _totals(reader, sight, first, sight.counted) if sight.counted else None


def _totals(reader: Reader, sight: _Sight, first: Place | None, most: int | None) -> Totals | None:
    """The counts, None when there are more than ``most``."""
    # Of ranges in which a row may stand twice the rows are told apart by their keys alone, which lie in order in an index: with
    # what is counted beside them, a range would be sorted whole before the first of it is known.
    apart = most is not None and any(branch.repeats for branch in sight.branches)
    shown = (_entry.status, _entry.emergency, _entry.breach_count)
    keys = _keys(reader, sight, None, None, None if most is None else most + 1, *(() if apart else shown))
    if keys is None:
        return Totals(0, 0, 0, 0, 0, 0)
    row = keys.subquery()
    of = _entry if apart else row.c
    in_front = sa.tuple_(row.c.registered_at, row.c.case_id) > _bound(first) if first else sa.false()
    counted = (of.status == OPEN, of.emergency, of.breach_count > 0, of.status == HISTORIC, in_front)
    sums = (sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0) for condition in counted)
    source = row.join(register_entry, _entry.case_id == row.c.case_id) if apart else row
    found = [int(value) for value in reader.connection.execute(sa.select(sa.func.count(), *sums).select_from(source)).one()]
    return None if most is not None and found[0] > most else Totals(*found)


def _first(totals: Totals | None, length: int, start: Place | None, backwards: bool, no: int | None) -> int | None:
    """The place in the book of the first row shown."""
    if totals is not None:
        return totals.before + 1
    if no is not None and (start or backwards):
        return no + 1 if start else max(no - length, 1)
    return None if start or backwards else 1


def _follows(start: Place | None, totals: Totals | None) -> bool:
    return totals.before > 0 if totals is not None else start is not None
