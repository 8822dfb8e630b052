"""Where a measurement runs: a fresh SQLite file, a throwaway PostgreSQL, or the empty database that was named."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.bootstrap import Application, build
from engine.clock import Clock
from engine.demo import furnish
from engine.settings import Settings
from tests.postgres import Server, throwaway

#: What ``--database-url`` is given for a PostgreSQL of the measurement's own.
THROWAWAY = "postgresql:"
THREE_TASKS = Path(__file__).parent / "procedures"
COMPLAINT = Path(__file__).parents[1] / "processes"
_A_YEAR = 365 * 24 * 60
#: The people of a measurement are demo people who never pause, and their weeks pass in minutes.
MEASURED: dict[str, Any] = {"demo": True, "session_minutes": _A_YEAR, "session_idle_minutes": _A_YEAR, "rate_limits": False}


@dataclass(frozen=True, slots=True)
class Ground:
    """A folder and a database of the measurement's own; ``server`` is there when it was started for it."""

    folder: Path
    url: str
    server: Server | None = None

    def settings(self, processes: Path) -> Settings:
        """The settings of an installation of the demo company on this ground, which ships the procedures of a folder."""
        return Settings(var_dir=self.folder, database_url=self.url, processes_dir=processes, **MEASURED)

    def application(self, processes: Path, clock: Clock) -> Application:
        """The product with the demo company's people."""
        application = build(self.settings(processes), clock)
        furnish(application, anywhere=True)
        return application


@contextmanager
def ground(database_url: str = "") -> Iterator[Ground]:
    """Ground that is gone afterwards, save for a database that was named."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="redress-bench-")))
        if database_url != THROWAWAY:
            yield Ground(folder, database_url)
            return
        server = stack.enter_context(throwaway())
        yield Ground(folder, stack.enter_context(server.database()), server)


def kind_of(application: Application) -> str:
    """The database's name, as every measurement prints it."""
    return "sqlite" if application.database.is_sqlite else "postgresql"
