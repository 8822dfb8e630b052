"""Drafts kept opened, each in a child process of its own that answers for it and is ended with it."""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import sys
from collections import OrderedDict
from multiprocessing import Pipe
from multiprocessing.connection import Connection

from engine.errors import EngineError
from engine.procedure import Bundle
from engine.procedure.trying.program import LENGTH, STOPPED
from engine.rehearsal.trying.walks import House
from engine.rehearsal.trying.wire import why, written

#: A program that nobody asks goes home; it is begun again when it is needed.
_IDLE_SECONDS = 600
#: For one answer, by the wall; on the processor each has what the program is given.
_PATIENCE = 45
_MOST_OPEN = 3
_MOST_ANSWERS_SECONDS = 3600


def stand(seconds: int, megabytes: int) -> None:
    """Answer one question after another until there are no more; an answer of no length says that the work was ended."""
    asked, answers, street = sys.stdin.buffer, sys.stdout.buffer, Street(seconds, megabytes)
    while select.select([asked], [], [], _IDLE_SECONDS)[0] and (head := asked.read(LENGTH.size)):
        digest = asked.read(LENGTH.unpack(head)[0])
        bundle, question = (asked.read(LENGTH.unpack(asked.read(LENGTH.size))[0]) for _ in range(2))
        answer = street.ask(digest, bundle, question)
        answers.write(LENGTH.pack(len(answer)) + answer)
        answers.flush()
    street.close()


class Street:
    """The drafts that are opened now, the one asked last at the end."""

    def __init__(self, seconds: int, megabytes: int) -> None:
        self._within = seconds, megabytes
        self._open: OrderedDict[bytes, tuple[int, Connection]] = OrderedDict()

    def ask(self, digest: bytes, bundle: bytes, question: bytes) -> bytes:
        """The draft's answer; nothing when it took too long, after which its child is gone."""
        if digest not in self._open:
            self._open[digest] = self._opened(bundle)
            while len(self._open) > _MOST_OPEN:
                self._shut(next(iter(self._open)))
        self._open.move_to_end(digest)
        line = self._open[digest][1]
        try:
            line.send_bytes(question)
            if line.poll(_PATIENCE):
                return line.recv_bytes()
        except (EOFError, OSError):
            pass
        self._shut(digest)
        return b""

    def close(self) -> None:
        """End all of them."""
        for digest in list(self._open):
            self._shut(digest)

    def _opened(self, bundle: bytes) -> tuple[int, Connection]:
        ours, theirs = Pipe()
        child = os.fork()
        if child == 0:
            # However it ends, nothing of the parent's is done again by the child, nor kept open by it.
            status = 1
            try:
                for line in (ours, *(line for _, line in self._open.values())):
                    line.close()
                _live(bundle, theirs, *self._within)
                status = 0
            finally:
                os._exit(status)
        theirs.close()
        return child, ours

    def _shut(self, digest: bytes) -> None:
        child, line = self._open.pop(digest)
        line.close()
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _live(bundle: bytes, line: Connection, seconds: int, megabytes: int) -> None:
    for what, most in ((resource.RLIMIT_AS, megabytes * 2**20), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(what, (most, most))
    _allow(seconds)
    house: House | EngineError
    try:
        house = House(Bundle.from_bytes(bundle))
    except EngineError as problem:
        house = problem
    while True:
        question = line.recv_bytes()
        _allow(seconds)
        answer = {STOPPED: why(house)} if isinstance(house, EngineError) else house.answer(json.loads(question))
        line.send_bytes(written(answer))


def _allow(seconds: int) -> None:
    """So many more seconds of the processor from now on."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (min(most, _MOST_ANSWERS_SECONDS), _MOST_ANSWERS_SECONDS))
