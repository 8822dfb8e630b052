"""Drafts kept opened, each in a child process of its own that answers for it and is ended with it."""

from __future__ import annotations

import json
from collections import OrderedDict
from functools import partial
from multiprocessing.connection import Connection

from engine.errors import EngineError
from engine.procedure import Bundle
from engine.procedure.trying.program import STOPPED
from engine.rehearsal.children import Forked, allow, remember_within
from engine.rehearsal.trying.walks import House
from engine.rehearsal.trying.wire import why, written

#: For one answer, by the wall; on the processor each has what the program is given.
_PATIENCE = 45
_MOST_OPEN = 3


class Street:
    """The drafts that are opened now, the one asked last at the end."""

    def __init__(self, seconds: int, megabytes: int) -> None:
        self._within = seconds, megabytes
        self._open: OrderedDict[bytes, Forked] = OrderedDict()

    def ask(self, digest: bytes, bundle: bytes, question: bytes) -> bytes:
        """The draft's answer; nothing when it took too long, after which its child is gone."""
        if digest not in self._open:
            self._open[digest] = Forked(partial(_live, bundle, *self._within), self._open.values())
            while len(self._open) > _MOST_OPEN:
                self._shut(next(iter(self._open)))
        self._open.move_to_end(digest)
        answer = self._open[digest].ask(question, _PATIENCE)
        if not answer:
            self._shut(digest)
        return answer

    def close(self) -> None:
        """End all of them."""
        for digest in list(self._open):
            self._shut(digest)

    def _shut(self, digest: bytes) -> None:
        self._open.pop(digest).end()


def _live(bundle: bytes, seconds: int, megabytes: int, line: Connection) -> None:
    remember_within(megabytes)
    allow(seconds)
    house: House | EngineError
    try:
        house = House(Bundle.from_bytes(bundle))
    except EngineError as problem:
        house = problem
    while True:
        question = line.recv_bytes()
        allow(seconds)
        answer = {STOPPED: why(house)} if isinstance(house, EngineError) else house.answer(json.loads(question))
        line.send_bytes(written(answer))
