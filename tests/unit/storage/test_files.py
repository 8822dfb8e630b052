"""Files lie under the name of their content, once, and never half-written."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from engine.errors import Unavailable
from engine.storage.files import FileStore


def test_a_file_reads_back_and_is_named_by_its_content(tmp_path: Path) -> None:
    store = FileStore(tmp_path)

    name = store.put(b"content")

    assert name == hashlib.sha256(b"content").hexdigest()
    assert store.get(name) == b"content"


def test_the_same_content_lies_there_once_and_is_not_written_again(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    store.put(b"content")
    (path,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    before = path.stat()

    store.put(b"content")

    after = path.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_write_that_fails_leaves_no_file_under_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Path, target: Path) -> Path:
        raise OSError("no space left")

    store = FileStore(tmp_path)
    with monkeypatch.context() as broken:
        broken.setattr(Path, "replace", fail)
        with pytest.raises(Unavailable):
            store.put(b"content")

    with pytest.raises(FileNotFoundError):
        store.get(hashlib.sha256(b"content").hexdigest())
    assert store.get(store.put(b"content")) == b"content"
