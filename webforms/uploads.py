"""Posted files that are too large are read to their end and thrown away, so that what was typed beside them is kept."""

from __future__ import annotations

import io
from typing import IO, Any

import flask
from flask import current_app

_MEGABYTE = 1024 * 1024


class BoundedFile(io.BytesIO):
    """Holds at most ``limit`` bytes; ``too_large`` says that more came, and then nothing is held."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit
        self.too_large = False

    def write(self, data: Any) -> int:
        """Take the data, or drop everything once the limit is passed."""
        if self.too_large or self.tell() + len(data) > self.limit:
            self.too_large = True
            self.seek(0)
            self.truncate()
            return len(data)
        return super().write(data)


class Request(flask.Request):
    """A request whose files never need more memory than one upload may have."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return BoundedFile(current_app.config["MAX_UPLOAD_BYTES"])


def largest_megabytes() -> str:
    """How large a file may be, in megabytes."""
    return f"{most_bytes() / _MEGABYTE:.3g}"


def most_bytes() -> int:
    """How large a file may be, in bytes."""
    return int(current_app.config["MAX_UPLOAD_BYTES"])


def is_too_large(file: Any) -> bool:
    """Whether a posted file was dropped for its size."""
    return bool(getattr(file.stream, "too_large", False))
