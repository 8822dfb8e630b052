"""The database is away: every page says so, and what was typed can be sent again as it was, and counts once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bench.browse import Page, Person, Times
from bench.ground import THREE_TASKS, Ground
from bench.serving import served
from engine.bootstrap import Application
from engine.clock import ManualClock
from engine.demo import PASSWORD
from engine.errors import Unavailable
from engine.storage import tables as t
from tests.postgres import Server, throwaway

pytestmark = pytest.mark.postgres
AWAY = "数据库暂时连不上"


@pytest.fixture
def server() -> Iterator[Server]:
    """A PostgreSQL that the test may stop."""
    with throwaway() as started:
        yield started


@pytest.fixture
def on_server(server: Server, tmp_path: Path, clock: ManualClock) -> Iterator[Application]:
    """The product on it."""
    application = Ground(tmp_path, server.url(), server).application(THREE_TASKS, clock)
    yield application
    application.close()


def test_pages_say_so_and_nothing_is_lost(server: Server, on_server: Application) -> None:
    with served(on_server) as address:
        clerk = Person(address, "reception", PASSWORD, Times())
        page = clerk.get("/record", "page")
        server.stop()

        for path in ("/inbox", "/record", "/register", "/sign-in", "/healthz"):
            refused = clerk.get(path, "page")
            assert refused.status == 503 and AWAY in refused.words(), path
        refused = _record(clerk, page.form("/record"), page)
        assert refused.status == 503 and AWAY in refused.words() and "三号楼漏水" in refused.words()

        server.start()
        again = refused.form("/record")
        assert _record(clerk, again, refused).status == 200
        assert _record(clerk, again, refused).status == 409

    with on_server.database.read() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(t.register_entry)).scalar_one() == 1


def _record(clerk: Person, form: object, page: Page) -> Page:
    return clerk.submit(form, lambda name, *_: {"subject": "三号楼漏水"}.get(name), page, "page", "_open")


def test_a_reader_whose_connection_is_lost_ends_quietly(server: Server, on_server: Application) -> None:
    with on_server.read() as reader:
        reader.connection.execute(sa.select(t.estate)).all()
        server.stop()

    with pytest.raises(Unavailable), on_server.read() as reader:
        reader.connection.execute(sa.select(t.estate)).all()
