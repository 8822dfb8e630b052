"""Cases are played by hand in a draft that a process of its own keeps opened, with so much time and memory for each answer."""

from __future__ import annotations

import atexit
import json
import struct
import subprocess
import threading
from collections.abc import Mapping, Sequence
from typing import Any

from engine.procedure.bundle import Bundle
from engine.procedure.trying.program import LENGTH, SLOW, STAND, STOPPED, Stopped, leave, packed, program, read


def asked(bundle: Bundle, question: Mapping[str, Any]) -> dict[str, Any]:
    """What the standing program answers about a case in the draft; Stopped when it had to be ended."""
    return _standing.ask(bundle, question)


def end_standing() -> None:
    """Let the standing program go; it is begun again when it is next asked."""
    _standing.end()


class _Standing:
    """The program that keeps drafts opened, one for this process: begun when first asked, begun again when it has gone."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, bundle: Bundle, question: Mapping[str, Any]) -> dict[str, Any]:
        parts = (bundle.digest.encode(), packed(bundle), json.dumps(question, ensure_ascii=False).encode())
        with self._lock:
            answer = self._answer(parts) or self._answer(parts)
        if not answer:
            raise Stopped(SLOW)
        said: dict[str, Any] = read(answer)
        if STOPPED in said:
            raise Stopped(said[STOPPED])
        return said

    def end(self) -> None:
        """Let it go."""
        with self._lock:
            self._leave()

    def _answer(self, parts: Sequence[bytes]) -> bytes | None:
        """None when the program has gone, nothing when what it did for the answer was ended."""
        try:
            process = self._running()
            assert process.stdin is not None and process.stdout is not None
            for part in parts:
                process.stdin.write(LENGTH.pack(len(part)) + part)
            process.stdin.flush()
            (length,) = LENGTH.unpack(process.stdout.read(LENGTH.size))
            return process.stdout.read(length)
        except (OSError, struct.error):
            self._leave()
            return None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._leave()
            self._process = program(STAND)
        return self._process

    def _leave(self) -> None:
        if self._process is not None:
            leave(self._process)
        self._process = None


_standing = _Standing()
atexit.register(_standing.end)
