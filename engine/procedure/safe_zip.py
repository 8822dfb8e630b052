"""Archives that people upload: neither what one says of itself nor how it is broken can hurt whoever opens it."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

#: How archives begin that hold anything.
BEGINS = b"PK\x03\x04"
_PORTION = 256 * 1024
#: All that the library and its decompressors raise for bytes that are no archive, or one with a password.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError, IndexError, OverflowError,
    NotImplementedError, RuntimeError,
)  # fmt: skip

Part = zipfile.ZipInfo


class Damaged(Exception):
    """No archive, a broken one, or one with a password."""


class TooMuch(Exception):
    """More parts or more bytes than whoever opened it wants."""


class Archive:
    """An archive with bounds for its parts and for all that is unpacked of it; Damaged or TooMuch whenever that shows."""

    def __init__(self, content: bytes, most_parts: int, most_bytes: int) -> None:
        with _damage():
            self._archive = zipfile.ZipFile(io.BytesIO(content))
            self.parts: list[Part] = [part for part in self._archive.infolist() if not part.is_dir()]
        if len(self.parts) > most_parts or sum(part.file_size for part in self.parts) > most_bytes:
            raise TooMuch
        self._left = most_bytes

    def read(self, part: Part) -> bytes:
        """All of a part."""
        return b"".join(self.portions(part))

    def portions(self, part: Part) -> Iterator[bytes]:
        """A part piece by piece; what it says of its own size is not believed."""
        with _damage():
            file = self._archive.open(part)
        with file:
            while portion := _next(file):
                self._left -= len(portion)
                if self._left < 0:
                    raise TooMuch
                yield portion


def _next(file: IO[bytes]) -> bytes:
    with _damage():
        return file.read(_PORTION)


@contextmanager
def _damage() -> Iterator[None]:
    try:
        yield
    except _BROKEN as problem:
        raise Damaged(str(problem)) from problem
