"""A program that stays loaded: begun when it is first asked, begun again when it has gone, ended with this process."""

from __future__ import annotations

import atexit
import subprocess
import threading
from collections.abc import Callable

from engine.procedure.trying.pipes import framed, leave, taken


class Kept:
    """One program at a time, asked one question after another; safe to share between threads."""

    def __init__(self, begin: Callable[[], subprocess.Popen[bytes]]) -> None:
        self._begin = begin
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        atexit.register(self.end)

    def ask(self, *parts: bytes) -> bytes | None:
        """Its answer; nothing when what it did for the answer was ended, None when it went away over the question."""
        with self._lock:
            return self._asked(*parts) or self._asked(*parts)

    def end(self) -> None:
        """Let the program go; it is begun again when it is next asked."""
        with self._lock:
            self._leave()

    def _asked(self, *parts: bytes) -> bytes | None:
        try:
            process = self._running()
            assert process.stdin is not None and process.stdout is not None
            process.stdin.write(framed(*parts))
            process.stdin.flush()
            return taken(process.stdout)
        except (OSError, EOFError):
            self._leave()
            return None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._leave()
            self._process = self._begin()
        return self._process

    def _leave(self) -> None:
        if self._process is not None:
            leave(self._process)
        self._process = None
