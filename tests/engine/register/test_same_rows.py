"""However the book is read, somebody finds in it what the plain rule lets them read, in its order, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import ColumnElement, event

from bench.register.shelf import COMMON, fill
from engine.bootstrap import Application
from engine.domain.actor import Actor
from engine.queries import register, scope
from engine.queries.reader import Reader
from engine.queries.register import Filters, searching
from engine.queries.register.filters import narrowed
from engine.storage import tables as t
from engine.storage.blind import NAME, index
from tests.office import Office

ROWS, SIZE = 2_400, 40
#: A few days into a year, so that the numbers of the year before are far from the newest.
NEWEST = datetime(2027, 1, 2, 12, tzinfo=UTC)
READERS = ("director", "supervisor", "engineer", "guard", "accountant", "liaison", "bitong", "reception", "admin")
NARROWED = (
    Filters(),
    Filters(severity="major", category="charge"),
    Filters(department="finance"),
    Filters(department="engineering", emergency=True),
    Filters(department="security", state="open"),
    Filters(state="historic"),
    Filters(since=date(2026, 12, 29), until=date(2026, 12, 30), channel="letter"),
)
FAR, NEAR, PERSON = "YH-2026", "BT-2027", "赵伟一"
SEARCHED = (
    *(Filters(words=words) for words in (FAR, "yh-20", NEAR, COMMON, PERSON)),
    Filters(words=FAR, department="finance"),
    Filters(words=COMMON, severity="important"),
)
_entry = t.register_entry.c


@pytest.fixture
def book(office: Office, application: Application, monkeypatch: pytest.MonkeyPatch) -> Office:
    """A book in which every way of reading has something to find, of which twenty are many."""
    fill(application, ROWS, NEWEST)
    monkeypatch.setattr(searching, "FEW", 20)
    return office


def test_everybody_turns_the_pages_of_what_they_may_read(book: Office) -> None:
    with book.application.read() as reader:
        for login in READERS:
            actor = book.actor(login)
            for filters in (*NARROWED, *SEARCHED):
                _turn(reader, actor, filters, list(_plain(reader, actor, filters)))


def test_few_names_are_found_by_their_ids(book: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "FEW", ROWS)

    with book.application.read() as reader:
        for login in ("director", "guard", "liaison"):
            actor = book.actor(login)
            for filters in SEARCHED:
                _turn(reader, actor, filters, list(_plain(reader, actor, filters)))


def test_who_had_a_task_in_anothers_case_finds_it_among_that_departments(book: Office) -> None:
    guard = book.actor("guard")
    with book.application.read() as reader:
        page = register.page(reader, guard, Filters(department="finance"))

    passed_on = book.rows(sa.select(t.work_item.c.case_id).where(t.work_item.c.department == "security"))
    assert page.rows and {row.case_id for row in page.rows} <= {row["case_id"] for row in passed_on}


def test_a_year_gone_by_is_put_in_order_by_its_numbers(book: Office) -> None:
    postgresql = not book.application.database.is_sqlite
    asked: list[str] = []
    event.listen(book.application.database.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))

    with book.application.read() as reader:
        for words in (FAR, NEAR):
            asked.clear()
            register.page(reader, book.actor("director"), Filters(words=words))
            assert any("register_entry.number = anon" in statement for statement in asked) is (postgresql and words == FAR)


def _turn(reader: Reader, actor: Actor, filters: Filters, expected: list[str]) -> None:
    """Two pages on, and back again; what they say of all the others; and the whole book at once."""
    told = f"{actor.person_id} {filters}"
    first = register.page(reader, actor, filters, size=SIZE)
    assert [row.case_id for row in first.rows] == expected[:SIZE], told
    assert first.totals is None or first.totals.rows == len(expected), told
    assert first.totals is not None or first.at_least < len(expected), told
    assert register.totals(reader, actor, filters).rows == len(expected), told
    if first.older:
        second = register.page(reader, actor, filters, after=first.older, size=SIZE)
        assert [row.case_id for row in second.rows] == expected[SIZE : 2 * SIZE], told
        back = register.page(reader, actor, filters, before=second.newer, size=SIZE)
        assert [row.case_id for row in back.rows] == expected[:SIZE], told
    chunks = register.chunks(reader, actor, filters, ("number",), 1_000)
    assert [row.case_id for chunk in chunks for row in chunk] == expected, told


def _plain(reader: Reader, actor: Actor, filters: Filters) -> Iterator[str]:
    """The rule itself, asked of one row after the other."""
    may_read = scope.may_read_case(actor, _entry.case_id, _entry.estate_id, _entry.department)
    query = sa.select(_entry.case_id).where(
        may_read, *narrowed(filters, reader.zone, _entry.registered_at), *_meant(reader, filters)
    )
    yield from reader.connection.execute(query.order_by(_entry.registered_at.desc(), _entry.case_id.desc())).scalars()


def _meant(reader: Reader, filters: Filters) -> Iterator[ColumnElement[Any]]:
    words = filters.words
    if words == PERSON:
        named = (t.blind_index.c.kind == NAME, t.blind_index.c.digest == index(reader.secret, NAME, words))
        yield _entry.case_id.in_(sa.select(t.blind_index.c.case_id).where(*named))
    elif words == COMMON:
        yield _entry.case_id.in_(sa.select(t.bigram.c.case_id).where(t.bigram.c.gram == words))
    elif words:
        yield _entry.number.like(f"{words.upper()}%")
