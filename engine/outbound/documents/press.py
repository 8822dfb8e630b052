"""Long documents are laid out one at a time in a process of their own, and kept: nobody waits for one in a request."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Lock

from engine.domain.text import Text
from engine.errors import Unavailable
from engine.outbound.documents import fonts
from engine.outbound.documents.pdf import to_pdf

MOST_KEPT = 60
_SECONDS = 180
_FAILED = Text(
    "这份 PDF 没有生成出来，请稍后再试，或用浏览器打印。",
    "This PDF could not be made. Try again later, or print the page from your browser.",
)


LayOut = Callable[[str], bytes]


class Press:
    """A folder of finished PDF files, each named by the page that it was made from; equal pages are laid out once."""

    def __init__(self, folder: Path, lay_out: LayOut | None = None) -> None:
        self._folder = folder
        self._lay_out = lay_out or apart
        self._one = ThreadPoolExecutor(max_workers=1, thread_name_prefix="press")
        self._running: dict[str, Future[None]] = {}
        self._lock = Lock()

    def printed(self, html: str) -> bytes | None:
        """The PDF of a page; None while it is being made, which the first to ask begins. Unavailable where none can be made."""
        name = hashlib.sha256(html.encode()).hexdigest()
        path = self._folder / f"{name}.pdf"
        if path.is_file():
            return path.read_bytes()
        with self._lock:
            begun = self._running.get(name)
            if begun is None:
                self._running[name] = self._one.submit(self._make, html, path)
                return None
            if not begun.done():
                return None
            del self._running[name]
        begun.result()
        return path.read_bytes()

    def finish(self) -> None:
        """Return when nothing is being made."""
        with self._lock:
            running = list(self._running.values())
        for one in running:
            one.exception()

    def close(self) -> None:
        """Make nothing more."""
        self._one.shutdown(wait=True, cancel_futures=True)

    def _make(self, html: str, path: Path) -> None:
        try:
            content = self._lay_out(html)
            self._folder.mkdir(parents=True, exist_ok=True)
            half = path.with_suffix(f".{os.getpid()}")
            half.write_bytes(content)
            half.replace(path)
            self._tidy()
        except (OSError, subprocess.SubprocessError) as problem:
            raise Unavailable(_FAILED) from problem

    def _tidy(self) -> None:
        files = sorted(self._folder.glob("*.pdf"), key=lambda file: file.stat().st_mtime, reverse=True)
        for old in files[MOST_KEPT:]:
            old.unlink(missing_ok=True)


def apart(html: str) -> bytes:
    """The PDF of a page, laid out by a process of its own: it takes a core for seconds, and this one has people to answer."""
    fonts.require()
    command = [sys.executable, "-m", __name__]
    return subprocess.run(command, input=html.encode(), capture_output=True, timeout=_SECONDS, check=True).stdout


if __name__ == "__main__":
    sys.stdout.buffer.write(to_pdf(sys.stdin.buffer.read().decode()))
