"""The three-task procedure, whose cases are made faster than complaints."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.ground import THREE_TASKS, Ground
from bench.three_tasks import Desk
from engine.bootstrap import Application
from engine.clock import ManualClock


@pytest.fixture
def three_tasks(tmp_path: Path, clock: ManualClock) -> Iterator[Application]:
    """The product with that procedure on a SQLite file of its own."""
    application = Ground(tmp_path, "").application(THREE_TASKS, clock)
    yield application
    application.close()


@pytest.fixture
def desk(three_tasks: Application) -> Desk:
    """One clerk."""
    return Desk(three_tasks)
