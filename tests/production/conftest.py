"""PostgreSQL with the demo company as of today: stories with processes of their own live by the machine's clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from engine.bootstrap import Application, build
from engine.clock import ManualClock, SystemClock
from engine.settings import Settings
from tests.installation import copied, furnish_new, settings_for
from tests.postgres import Server, free_port


@pytest.fixture(scope="session")
def furnished_today(postgresql: Server, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A database to make copies of, and the folder beside it."""
    postgresql.say("CREATE DATABASE furnished_today")
    settings = settings_for(tmp_path_factory.mktemp("today"), postgresql.url("furnished_today"))
    # A little in the past, because a story may begin before its own moment.
    return furnish_new(settings, ManualClock(SystemClock().now() - timedelta(hours=2)))


@pytest.fixture
def settings(furnished_today: Settings, postgresql: Server, tmp_path: Path) -> Iterator[Settings]:
    """Settings of the test's own installation, as every process of it is given them."""
    with postgresql.database("furnished_today") as url:
        yield copied(furnished_today.var_dir, tmp_path, url).model_copy(update={"port": free_port()})


@pytest.fixture
def clock() -> ManualClock:
    """Now, standing still."""
    return ManualClock(SystemClock().now())


@pytest.fixture
def application(settings: Settings, clock: ManualClock) -> Iterator[Application]:
    """A look into the same installation from the test's own process."""
    built = build(settings, clock)
    yield built
    built.close()
