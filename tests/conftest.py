"""What every test may use, whatever part it looks at."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

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
