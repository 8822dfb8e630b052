"""Cases are replayed in two programs of their own: a draft may do what it likes there, and the pages have the processor first."""

from __future__ import annotations

import json
import logging
import pickle
import select
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from engine.calendar import DayOverride
from engine.domain.text import Text
from engine.errors import Misconfigured
from engine.procedure import Bundle
from engine.procedure.trying.pipes import begun, framed, leave, taken
from engine.rehearsal.replay.customs import Customs

#: The program; it is started, never imported.
PROGRAM = "engine.rehearsal.replay"
PROCESSES = 2
#: Cases of one batch: few enough to see progress, enough not to wait for each other.
BATCH = 10
#: A program that says nothing for so long about a batch has been caught by the draft.
WALL_SECONDS = 120
Outcome = dict[str, Any]
_LOG = logging.getLogger(__name__)
STOPPED = Text(
    "回放用的时间或内存太多，已停止。请先检查草稿。", "The replay took too much time or memory and was stopped. Check the draft."
)


def crew_for(cases: int) -> int:
    """How many programs are worth beginning for so many cases."""
    return min(PROCESSES, max(1, -(-cases // BATCH)))


def in_batches(cases: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """The cases, so many at a time."""
    return (cases[start : start + BATCH] for start in range(0, len(cases), BATCH))


class Stopped(Misconfigured):
    """The draft kept the program from answering, or cannot be run at all; the text says which."""


@dataclass(frozen=True)
class Brief:
    """What the programs have to know: the procedure, the company's days, what people usually take, what is asked otherwise.

    ``against`` is the procedure that cases are held against which have no way of their own on record.
    """

    bundle: Bundle
    overrides: tuple[DayOverride, ...] = ()
    customs: Customs = field(default_factory=Customs)
    asked_anew: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)
    against: Bundle | None = None

    def to_bytes(self) -> bytes:
        """As the programs are given it."""
        bundles = [None if bundle is None else bundle.to_bytes() for bundle in (self.bundle, self.against)]
        return pickle.dumps((*bundles, self.overrides, self.customs, dict(self.asked_anew), dict(self.renamed)))


class Crew:
    """The programs of one replay; they end with the ``with`` block, whatever they are at."""

    def __init__(self, brief: Brief, processes: int = PROCESSES) -> None:
        self._brief, self._count = brief, processes
        self._programs: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Crew:
        brief = self._brief.to_bytes()
        for _ in range(self._count):
            program = begun([sys.executable, "-m", PROGRAM])
            self._programs.append(program)
            _send(program, brief)
        return self

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None) -> None:
        for program in self._programs:
            leave(program)
        self._programs.clear()

    def outcomes(self, batches: Iterable[Sequence[Any]]) -> Iterator[list[Outcome]]:
        """What becomes of the cases, batch by batch as they are done; ``Stopped`` when a program gives no answer.

        A case is a Record, or its rows of the journal as ``journal.recorded`` takes them.
        """
        waiting = iter(batches)
        at_work = [program for program in self._programs if self._give(program, waiting)]
        while at_work:
            for program in self._ready(at_work):
                found = _heard(program)
                if not self._give(program, waiting):
                    at_work.remove(program)
                yield found

    def _give(self, program: subprocess.Popen[bytes], waiting: Iterator[Sequence[Any]]) -> bool:
        batch = next(waiting, None)
        if batch is not None:
            _send(program, pickle.dumps(batch))
        return batch is not None

    def _ready(self, at_work: list[subprocess.Popen[bytes]]) -> list[subprocess.Popen[bytes]]:
        pipes = {program.stdout: program for program in at_work if program.stdout is not None}
        ready = select.select(list(pipes), [], [], WALL_SECONDS)[0]
        if not ready:
            raise Stopped(STOPPED)
        return [pipes[pipe] for pipe in ready]


def _send(program: subprocess.Popen[bytes], content: bytes) -> None:
    assert program.stdin is not None
    try:
        program.stdin.write(framed(content))
        program.stdin.flush()
    except OSError as problem:
        # It may have left because the draft cannot be run at all: then that is the last thing it has said.
        _heard(program)
        raise Stopped(STOPPED) from problem


def _heard(program: subprocess.Popen[bytes]) -> list[Outcome]:
    assert program.stdout is not None
    try:
        said = json.loads(taken(program.stdout))
    except EOFError as problem:
        _LOG.error("a replay ended with %s", program.poll())
        raise Stopped(STOPPED) from problem
    if isinstance(said, dict):
        raise Stopped(Text(said["zh"], said["en"]))
    return list(said)
