"""The browser packages are pinned by content, and by no address of the machine that resolved them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

EXACT = re.compile(r"\d+\.\d+\.\d+")


@pytest.fixture
def lock(repository: Path) -> dict[str, Any]:
    text = (repository / "webforms" / "frontend" / "package-lock.json").read_text(encoding="utf-8")
    return dict(json.loads(text)["packages"])


def test_the_lock_file_names_no_registry(lock: dict[str, Any]) -> None:
    assert [name for name, package in lock.items() if "resolved" in package] == []


def test_every_package_is_held_to_its_content(lock: dict[str, Any]) -> None:
    assert [name for name, package in lock.items() if name and "integrity" not in package] == []


def test_what_we_ask_for_is_one_exact_version(lock: dict[str, Any]) -> None:
    asked = {**lock[""]["dependencies"], **lock[""]["devDependencies"]}

    assert {name: version for name, version in asked.items() if not EXACT.fullmatch(version)} == {}
