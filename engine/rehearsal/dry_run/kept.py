"""A child that answers again and again, with so much of the processor and of memory for each answer."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Callable
from multiprocessing import Pipe
from multiprocessing.connection import Connection

#: What one child may use of the processor in all its life.
_LIFE_SECONDS = 3600
#: A child that has come to use so much of its memory is left for a new one, which remembers nothing.
_FULL = 0.5
_Answer = Callable[[bytes, int], bytes]


class Child:
    """One child of this process at a time, forked when it is first asked and whenever the one before has gone."""

    def __init__(self, begin: Callable[[], _Answer], seconds: int, megabytes: int, patience: float) -> None:
        self._begin, self._within, self._patience = begin, (seconds, megabytes), patience
        self._living: tuple[int, Connection] | None = None

    def ask(self, content: bytes, kind: int) -> bytes:
        """Its answer; nothing when a new child, too, took too much and was ended."""
        was_new = self._living is None
        answer = self._asked(content, kind)
        # What an old child stumbled over may be its own memory.
        return answer if answer or was_new else self._asked(content, kind)

    def close(self) -> None:
        """End it."""
        if self._living is not None:
            child, line = self._living
            line.close()
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        self._living = None

    def _asked(self, content: bytes, kind: int) -> bytes:
        self._living = self._living or self._forked()
        _, line = self._living
        try:
            line.send_bytes(bytes([kind]) + content)
            if line.poll(self._patience):
                return line.recv_bytes()
        except (EOFError, OSError):
            pass
        self.close()
        return b""

    def _forked(self) -> tuple[int, Connection]:
        ours, theirs = Pipe()
        child = os.fork()
        if child == 0:
            # However it ends, nothing of the parent's is done again by the child.
            status = 1
            try:
                ours.close()
                _live(self._begin(), theirs, *self._within)
                status = 0
            finally:
                os._exit(status)
        theirs.close()
        return child, ours


def _live(answer: _Answer, line: Connection, seconds: int, megabytes: int) -> None:
    for what, most in ((resource.RLIMIT_AS, megabytes * 2**20), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(what, (most, most))
    while resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < megabytes * 1024 * _FULL:
        asked = line.recv_bytes()
        _allow(seconds)
        line.send_bytes(answer(asked[1:], asked[0]))


def _allow(seconds: int) -> None:
    """So many more seconds of the processor from now on."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (min(most, _LIFE_SECONDS), _LIFE_SECONDS))
