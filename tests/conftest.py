"""What every test may use, whatever part it looks at."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.bootstrap import Application, build
from engine.clock import ManualClock
from engine.demo import furnish
from engine.settings import Settings
from tests.office import Office

REPOSITORY = Path(__file__).parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder that holds ``engine``, ``webforms`` and ``processes``."""
    return REPOSITORY


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The installed browser's path, for Playwright's ``executable_path``; a browser test without one is an error."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        raise FileNotFoundError("no Chromium on the path; make test says how to install one")
    return found


@pytest.fixture
def clock() -> ManualClock:
    """Monday, 28 September 2026, nine in the morning in Shanghai: three days before the National Day holiday."""
    return ManualClock(datetime(2026, 9, 28, 1, 0, tzinfo=UTC))


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database that holds the demo company and the shipped procedure; copied, never used itself."""
    folder = tmp_path_factory.mktemp("furnished")
    application = build(_settings(folder), ManualClock(datetime(2026, 9, 28, 0, 0, tzinfo=UTC)))
    furnish(application)
    application.close()
    return folder


@pytest.fixture
def application(furnished: Path, tmp_path: Path, clock: ManualClock) -> Iterator[Application]:
    """The whole engine on its own SQLite file with the demo company, at the manual clock's time."""
    shutil.copytree(furnished, tmp_path / "var")
    built = build(_settings(tmp_path / "var"), clock)
    yield built
    built.close()


@pytest.fixture
def office(application: Application, clock: ManualClock) -> Office:
    """The demo company's people at work."""
    return Office(application, clock)


def _settings(folder: Path) -> Settings:
    return Settings(var_dir=folder, processes_dir=REPOSITORY / "processes")
