"""Children of a program that answers for strangers' files: forked to answer, with so much of the processor and of memory."""

from __future__ import annotations

import os
import resource
import select
import signal
import sys
from collections.abc import Callable, Iterable
from multiprocessing import Pipe
from multiprocessing.connection import Connection

from engine.procedure.trying.pipes import framed, taken

#: A standing program that nobody asks goes home; it is begun again when it is needed.
_IDLE_SECONDS = 600
#: What one child may use of the processor in all its life.
_LIFE_SECONDS = 3600


def keep_within(seconds: int, megabytes: int) -> None:
    """From now on this process ends when it takes more of the processor or of memory."""
    for what, most in ((resource.RLIMIT_CPU, seconds), *_memory(megabytes)):
        resource.setrlimit(what, (most, most))


def remember_within(megabytes: int) -> None:
    """From now on this process ends when it takes more memory."""
    for what, most in _memory(megabytes):
        resource.setrlimit(what, (most, most))


def allow(seconds: int) -> None:
    """So many more seconds of the processor from now on, and no more than a child has in all its life."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (min(most, _LIFE_SECONDS), _LIFE_SECONDS))


def stand(parts: int, answer: Callable[..., bytes]) -> None:
    """Answer questions of so many parts on standard input until no more are asked; no words say that the work was ended."""
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    while select.select([asked], [], [], _IDLE_SECONDS)[0]:
        try:
            question = [taken(asked) for _ in range(parts)]
        except EOFError:
            return
        answers.write(framed(answer(*question)))
        answers.flush()


class Forked:
    """A child of this process that lives on its end of a line, until it is asked no more; ``others`` stay ours alone."""

    def __init__(self, live: Callable[[Connection], None], others: Iterable[Forked] = ()) -> None:
        self._line, theirs = Pipe()
        self._id = os.fork()
        if self._id == 0:
            # However it ends, nothing of the parent's is done again by the child, nor kept open by it.
            status = 1
            try:
                for one in (self, *others):
                    one._line.close()
                live(theirs)
                status = 0
            finally:
                os._exit(status)
        theirs.close()

    def ask(self, content: bytes, patience: float) -> bytes:
        """Its answer; nothing when it took too much, or longer than that: then it is to be ended."""
        try:
            self._line.send_bytes(content)
            return self._line.recv_bytes() if self._line.poll(patience) else b""
        except (EOFError, OSError):
            return b""

    def end(self) -> None:
        """End it, whatever it is at."""
        self._line.close()
        os.kill(self._id, signal.SIGKILL)
        os.waitpid(self._id, 0)


def _memory(megabytes: int) -> tuple[tuple[int, int], ...]:
    return (resource.RLIMIT_AS, megabytes * 2**20), (resource.RLIMIT_CORE, 0)
