"""What every test may use, whatever part it looks at."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from hypothesis import settings

from engine.bootstrap import Application, build
from engine.clock import ManualClock
from engine.commands.access import passwords
from engine.settings import Settings
from tests.installation import REPOSITORY, copied, furnish_new, settings_for
from tests.office import Office
from tests.postgres import Server, throwaway

TESTS = Path(__file__).parent
DATABASES = ("sqlite", "postgresql")
FURNISHED_AT = datetime(2026, 9, 28, 0, 0, tzinfo=UTC)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

# An example that takes its time on a busy machine is no fault.
settings.register_profile("unhurried", settings(), deadline=None)
settings.load_profile("unhurried")


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


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--database`` runs any test on the database named, for instance the pages on PostgreSQL."""
    parser.addoption("--database", choices=DATABASES, help="run on this database alone, whatever the tests' own choice")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What stores and what steps is tested on both databases; the rest, which only asks, on the embedded one."""
    wanted = metafunc.config.getoption("--database")
    stores = any(metafunc.definition.path.is_relative_to(TESTS / folder) for folder in ("storage", "engine"))
    if "database" in metafunc.fixturenames and (wanted or stores):
        names = [wanted] if wanted else DATABASES
        marked = [pytest.param(name, marks=pytest.mark.postgres if name == "postgresql" else ()) for name in names]
        metafunc.parametrize("database", marked, scope="session", indirect=True)


def pytest_collection_finish() -> None:
    """Everything imported by now stays to the end: looking through it for garbage again and again takes a fifth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 20)


@pytest.fixture(scope="session", autouse=True)
def real_hasher() -> Iterator[PasswordHasher]:
    """What hashes passwords in the product. Here they are hashed at a thousandth of the cost, which is meant for guessers."""
    with pytest.MonkeyPatch.context() as patch:
        real = passwords._hasher
        patch.setattr(passwords, "_hasher", PasswordHasher(time_cost=2, memory_cost=8, parallelism=1))
        yield real


@pytest.fixture(scope="session")
def database(request: pytest.FixtureRequest) -> str:
    """The kind of database that the test runs on."""
    return str(getattr(request, "param", DATABASES[0]))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A PostgreSQL of this test run's own; it does not sync, because nobody pulls the plug."""
    with throwaway(durable=False) as server:
        yield server


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database that holds the demo company and the shipped procedure; copied, never used itself."""
    return furnish_new(settings_for(tmp_path_factory.mktemp("furnished")), ManualClock(FURNISHED_AT)).var_dir


@pytest.fixture(scope="session")
def furnished_postgresql(postgresql: Server, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The same on PostgreSQL: the folder beside it and a database to make copies of."""
    postgresql.say("CREATE DATABASE furnished")
    settings = settings_for(tmp_path_factory.mktemp("furnished"), postgresql.url("furnished"))
    return furnish_new(settings, ManualClock(FURNISHED_AT))


@pytest.fixture
def settings(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings of an installation of the test's own with the demo company, on the test's database."""
    if database == "sqlite":
        yield copied(request.getfixturevalue("furnished"), tmp_path)
        return
    template: Settings = request.getfixturevalue("furnished_postgresql")
    with request.getfixturevalue("postgresql").database("furnished") as url:
        yield copied(template.var_dir, tmp_path, url)


@pytest.fixture
def application(settings: Settings, clock: ManualClock) -> Iterator[Application]:
    """The whole engine on its own database with the demo company, at the manual clock's time.

    No stories are played before a version is proposed, which takes seconds: a test about that puts them back.
    """
    built = build(settings, clock)
    built.stories = lambda _bundle: ()
    yield built
    built.close()


@pytest.fixture
def office(application: Application, clock: ManualClock) -> Office:
    """The demo company's people at work."""
    return Office(application, clock)
