"""Files of the register are made: taken, written from one consistent view, and removed when they were kept long enough."""

from __future__ import annotations

import logging
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from engine.commands.exports import FinishExport, GiveUpExport, Job, NoteProgress, RemoveExpired, TakeExport
from engine.domain.actor import SYSTEM, Actor
from engine.outbound.sheets.register import Order, Unwanted, digest_of, write_register

_log = logging.getLogger(__name__)


class Reads(Protocol):
    """Whoever carries out commands, and reads as somebody."""

    def execute(self, command: Any, actor: Actor) -> Any:
        """The handler's answer."""
        ...

    def read(self) -> AbstractContextManager[Any]:
        """One consistent view."""
        ...

    def actor(self, person_id: str) -> Actor | None:
        """The person with what they may do now."""
        ...


def make_exports(engine: Reads, folder: Path, only: str | None = None) -> int:
    """Make what waits, or this one; the answer counts the files. Several may run at the same time, each file is made by one."""
    for name in engine.execute(RemoveExpired(), SYSTEM):
        (folder / name).unlink(missing_ok=True)
    made = 0
    while job := engine.execute(TakeExport(only), SYSTEM):
        made += _make(engine, folder, job)
    return made


def _make(engine: Reads, folder: Path, job: Job) -> bool:
    person, path = engine.actor(job.person_id), folder / job.file_name
    if person is None:
        engine.execute(GiveUpExport(job.export_id, job.attempt), SYSTEM)
        return False

    def told(done: int, total: int) -> bool:
        return bool(engine.execute(NoteProgress(job.export_id, job.attempt, done, total), SYSTEM))

    order = Order(job.filters, job.typed, job.columns, job.format, job.language)
    try:
        with engine.read() as reader:
            rows = write_register(path, reader, person, order, told)
    except Unwanted:
        return False
    done = FinishExport(job.export_id, job.attempt, rows, digest_of(path), path.stat().st_size)
    if engine.execute(done, SYSTEM):
        return True
    path.unlink()
    return False
