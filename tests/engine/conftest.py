"""An office that the tests of a module share, because none of them changes it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.bootstrap import build
from engine.clock import ManualClock
from engine.settings import Settings
from tests.conftest import REPOSITORY
from tests.office import Office


@pytest.fixture(scope="module")
def shared_office(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The demo company on Monday, 28 September 2026, nine in the morning in Shanghai."""
    folder = tmp_path_factory.mktemp("shared") / "var"
    shutil.copytree(furnished, folder)
    clock = ManualClock(datetime(2026, 9, 28, 1, 0, tzinfo=UTC))
    application = build(Settings(var_dir=folder, processes_dir=REPOSITORY / "processes"), clock)
    yield Office(application, clock)
    application.close()
