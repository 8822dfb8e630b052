"""Installations for tests: furnished once, copied for each test, and served from processes of their own where a story asks."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.bootstrap import build
from engine.clock import Clock
from engine.demo import furnish
from engine.settings import Settings

REPOSITORY = Path(__file__).parents[1]
A_YEAR = 365 * 24 * 60


def settings_for(folder: Path, url: str = "") -> Settings:
    """Settings of an installation in this folder, on SQLite unless a URL says otherwise."""
    # A version published in a test must never be written over the shipped procedure.
    released = folder / "released"
    # Stories let weeks pass between two pages of one browser; how long a session lasts is a test of its own.
    lasting = {"session_minutes": A_YEAR, "session_idle_minutes": A_YEAR}
    return Settings(var_dir=folder, database_url=url, processes_dir=REPOSITORY / "processes", export_dir=released, **lasting)


def furnish_new(settings: Settings, clock: Clock) -> Settings:
    """The same settings, once the demo company and the shipped procedure are there."""
    application = build(settings, clock)
    furnish(application, anywhere=True)
    # What all tests share is read once and, as in production, left alone by the garbage collector.
    application.settle()
    application.close()
    return settings


def copied(furnished: Path, folder: Path, url: str = "") -> Settings:
    """Settings of a copy of a furnished folder, its secret included."""
    shutil.copytree(furnished, folder / "var")
    return settings_for(folder / "var", url)


@contextmanager
def running(settings: Settings, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """``redress`` with these arguments in a process of its own, ended as an operator ends it."""
    told = {
        "REDRESS_VAR_DIR": str(settings.var_dir),
        "REDRESS_DATABASE_URL": settings.database_url,
        "REDRESS_PROCESSES_DIR": str(settings.processes_dir),
        "REDRESS_PORT": str(settings.port),
        "REDRESS_DEMO": "1",
    }
    script = Path(sys.executable).with_name("redress")
    log_path = settings.var_dir / f"{arguments[0]}-{time.monotonic_ns()}.log"
    with log_path.open("wb") as log:
        process = subprocess.Popen([script, *arguments], env={**os.environ, **told}, stdout=log, stderr=log)
        try:
            yield process
            assert process.poll() is None, log_path.read_text("utf-8")
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def eventually(holds: Callable[[], object], seconds: float = 30.0) -> None:
    """Return as soon as it holds; other processes give no other sign."""
    patience, end = threading.Event(), time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"not within {seconds} seconds: {holds}"
        patience.wait(0.05)
