"""Attached files, named by their content and written before the transaction that names them."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from engine.errors import Unavailable
from engine.storage.races import DISK_FULL


class FileStore:
    """A folder of files that never change; equal contents lie there once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, content: bytes) -> str:
        """Store and sync the bytes; the answer is their SHA-256. Unavailable, with nothing left, when they cannot be kept."""
        name = hashlib.sha256(content).hexdigest()
        path = self._path(name)
        if not path.exists():
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                _write_synced(path, content)
            except OSError as problem:
                raise Unavailable(DISK_FULL) from problem
        return name

    def get(self, name: str) -> bytes:
        """The bytes of a stored file."""
        return self._path(name).read_bytes()

    def remove(self, name: str) -> None:
        """Take a stored file away; nothing happens where it is gone already."""
        self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self.folder / name[:2] / name


def _write_synced(path: Path, content: bytes) -> None:
    # Renaming makes a half-written file impossible to see under its final name.
    half = path.with_suffix(f".{os.getpid()}")
    try:
        with half.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
