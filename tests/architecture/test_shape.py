"""Rooms small enough to be understood: a sentence at the door, few lines, few files."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

from tests.architecture.source import files, modules

MOST_LINES = 400
MOST_FILES = 12
EVERYWHERE = ("engine", "webforms", "bench", "tests")
# Alembic adds one file a schema change, as long as the change is, and never joins them.
GROWING = {"engine/storage/migrations/versions"}


def silent(root: Path) -> list[str]:
    return [path for path, tree in modules(root, EVERYWHERE) if tree.body and not ast.get_docstring(tree)]


def too_long(root: Path) -> dict[str, int]:
    lengths = {path.relative_to(root).as_posix(): lines_of(path) for path in files(root, {".py"}, EVERYWHERE)}
    return {path: lines for path, lines in lengths.items() if lines > MOST_LINES and not path.startswith(tuple(GROWING))}


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def crowded(root: Path) -> dict[str, int]:
    found = (path for path in files(root, {".py"}, EVERYWHERE) if path.name != "__init__.py")
    rooms = Counter(path.parent.relative_to(root).as_posix() for path in found)
    return {room: count for room, count in rooms.items() if count > MOST_FILES and room not in GROWING}


def test_every_module_opens_with_a_sentence(repository: Path) -> None:
    assert silent(repository) == []


def test_no_module_is_too_long(repository: Path) -> None:
    assert too_long(repository) == {}


def test_no_folder_holds_too_many_files(repository: Path) -> None:
    assert crowded(repository) == {}


def test_a_silent_a_long_and_a_crowded_room_are_seen(tmp_path: Path) -> None:
    room = tmp_path / "engine" / "room"
    room.mkdir(parents=True)
    for number in range(MOST_FILES + 1):
        (room / f"m{number}.py").write_text('"""Says what it is."""\n', encoding="utf-8")
    (room / "m0.py").write_text("x = 1\n" * (MOST_LINES + 1), encoding="utf-8")

    assert silent(tmp_path) == ["engine/room/m0.py"]
    assert too_long(tmp_path) == {"engine/room/m0.py": MOST_LINES + 1}
    assert crowded(tmp_path) == {"engine/room": MOST_FILES + 1}
