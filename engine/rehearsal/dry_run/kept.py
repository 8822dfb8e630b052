"""A child that answers again and again, with so much of the processor and of memory for each answer."""

from __future__ import annotations

import resource
from collections.abc import Callable
from multiprocessing.connection import Connection

from engine.rehearsal.children import Forked, allow, remember_within

#: A child that has come to use so much of its memory is left for a new one, which remembers nothing.
_FULL = 0.5
_Answer = Callable[[bytes, int], bytes]


class Child:
    """One child of this process at a time, forked when it is first asked and whenever the one before has gone."""

    def __init__(self, begin: Callable[[], _Answer], seconds: int, megabytes: int, patience: float) -> None:
        self._begin, self._within, self._patience = begin, (seconds, megabytes), patience
        self._living: Forked | None = None

    def ask(self, content: bytes, kind: int) -> bytes:
        """Its answer; nothing when a new child, too, took too much and was ended."""
        was_new = self._living is None
        answer = self._asked(content, kind)
        # What an old child stumbled over may be its own memory.
        return answer if answer or was_new else self._asked(content, kind)

    def close(self) -> None:
        """End it."""
        if self._living is not None:
            self._living.end()
        self._living = None

    def _asked(self, content: bytes, kind: int) -> bytes:
        self._living = self._living or Forked(self._live)
        answer = self._living.ask(bytes([kind]) + content, self._patience)
        if not answer:
            self.close()
        return answer

    def _live(self, line: Connection) -> None:
        answer, (seconds, megabytes) = self._begin(), self._within
        remember_within(megabytes)
        while resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < megabytes * 1024 * _FULL:
            asked = line.recv_bytes()
            allow(seconds)
            line.send_bytes(answer(asked[1:], asked[0]))
