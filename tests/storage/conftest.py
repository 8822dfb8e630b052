"""One long day in the office, told once for all tests that only look at what was written."""

from __future__ import annotations

import pytest

from tests.office import Case, Office
from tests.storage.stories import STORIES


@pytest.fixture
def told(office: Office) -> dict[str, Case]:
    """Every story, told in one database; by name."""
    return {name: story(office) for name, story in STORIES.items()}
