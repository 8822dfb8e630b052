"""What can be killed and frozen: the product's own processes and the database, each started again by the kit."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Protocol

from engine.settings import Settings
from tests.postgres import Server

_ROOT = Path(__file__).parents[2]
_PATIENCE = 60.0
_BETWEEN_LOOKS = 0.25


class Target(Protocol):
    """Something with processes; all of it stops and goes on together."""

    name: str

    def start(self) -> None:
        """Start unless it runs; returns when it is of use again."""
        ...

    def pids(self) -> list[int]:
        """The processes that live now, the oldest first."""
        ...


def kill(target: Target, chance: random.Random) -> None:
    """SIGKILL to all of its processes; at times to one alone, which whoever is left has to cope with."""
    pids = target.pids()
    struck = [chance.choice(pids)] if len(pids) > 1 and chance.random() < 1 / 4 else pids
    _signal(struck, signal.SIGKILL)
    eventually(lambda: set(struck).isdisjoint(target.pids()), f"{target.name} is gone")
    target.start()


def freeze(target: Target, seconds: float) -> None:
    """SIGSTOP to all of its processes, and SIGCONT after so long."""
    pids = target.pids()
    _signal(pids, signal.SIGSTOP)
    time.sleep(seconds)
    _signal(reversed(pids), signal.SIGCONT)


class Program:
    """``redress`` with some arguments, in processes of its own; ``ready`` says when it is of use."""

    def __init__(self, name: str, settings: Settings, *arguments: str, ready: Callable[[], bool] | None = None) -> None:
        self.name = name
        self._arguments = arguments
        self._settings = settings
        self._ready = ready
        self._process: subprocess.Popen[bytes] | None = None
        self._starting = threading.Lock()
        self._stopped = False

    def start(self) -> None:
        """See Target."""
        self.keep_alive()
        if self._ready:
            eventually(self._ready, f"{self.name} is ready")

    def keep_alive(self) -> None:
        """Start it again when it has ended, as a machine's service manager does."""
        with self._starting:
            if not self._stopped and (self._process is None or self._process.poll() is not None):
                self._process = self._started()

    def _started(self) -> subprocess.Popen[bytes]:
        told = {
            "REDRESS_VAR_DIR": self._settings.var_dir,
            "REDRESS_DATABASE_URL": self._settings.database_url,
            "REDRESS_PROCESSES_DIR": self._settings.processes_dir,
            "REDRESS_PORT": self._settings.port,
            "REDRESS_DEMO": self._settings.demo,
        }
        environment = {**os.environ, **{name: str(value) for name, value in told.items()}}
        command = [sys.executable, "-c", "from engine.cli import main; main()", *self._arguments]
        with (self._settings.var_dir / f"{self.name}.log").open("ab") as log:
            return subprocess.Popen(command, env=environment, cwd=_ROOT, stdout=log, stderr=log, start_new_session=True)

    def pids(self) -> list[int]:
        """See Target."""
        with self._starting:
            if self._process is None or self._process.poll() is not None:
                return []
            return [self._process.pid, *_children(self._process.pid)]

    def stop(self) -> None:
        """End it for good."""
        self._stopped = True
        _signal(self.pids(), signal.SIGKILL)
        if self._process is not None:
            self._process.wait()


@contextmanager
def supervised(programs: Sequence[Program]) -> Iterator[None]:
    """The programs run while the block does, started again whenever one of them ends."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(_BETWEEN_LOOKS):
            for program in programs:
                program.keep_alive()

    watcher = threading.Thread(target=watch, name="supervisor", daemon=True)
    try:
        for program in programs:
            program.start()
        watcher.start()
        yield
    finally:
        over.set()
        for program in programs:
            program.stop()


class Postgres:
    """The database server with all its processes."""

    name = "postgresql"

    def __init__(self, server: Server) -> None:
        self._server = server

    def start(self) -> None:
        """See Target."""
        # What was killed may hold its shared memory for a moment longer.
        eventually(self._starts, "PostgreSQL is back")

    def pids(self) -> list[int]:
        """See Target."""
        try:
            first = self._server.pid
        except (FileNotFoundError, IndexError):
            return []
        return [first, *_children(first)] if _lives(first) else []

    def _starts(self) -> bool:
        with suppress(RuntimeError):
            if not self.pids():
                self._server.start()
            return True
        return False


def healthy(port: int) -> bool:
    """Whether the pages answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def eventually(holds: Callable[[], bool], what: str, seconds: float = _PATIENCE) -> None:
    """Return as soon as it holds; TimeoutError when it does not in time."""
    given_up = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > given_up:
            raise TimeoutError(f"not within {seconds:.0f} s: {what}")
        time.sleep(0.05)


def _children(pid: int) -> list[int]:
    with suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def _lives(pid: int) -> bool:
    # A killed process that nobody has waited for yet is not alive.
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    return False


def _signal(pids: Iterable[int], number: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)
