"""A diagram of a draft as a whole: what it is called, who calls it, and what a new one may begin with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import NotFound
from engine.procedure.findings import Findings
from engine.procedure.reading import Reading, read_all
from engine.procedure.writing.drawings import callers
from engine.queries.studio.desk import NO_SUCH_FILE, opened
from engine.queries.studio.options import Option

if TYPE_CHECKING:
    from engine.queries.reader import Reader


@dataclass(frozen=True, slots=True)
class Beginning:
    """The roles that a new diagram may be for, and the names that are taken."""

    roles: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Caller:
    """A call of the diagram: the element, its file, and the names of both."""

    file: str
    element: str
    name: Text
    diagram: Text


@dataclass(frozen=True, slots=True)
class Sheet:
    """``main`` is the diagram with which the procedure begins."""

    path: str
    name: Text
    content: bytes
    main: bool
    callers: tuple[Caller, ...]


def beginning(reader: Reader, actor: Actor, draft_id: str) -> Beginning:
    """NotFound and Forbidden as for every page of a draft."""
    reading = _reading(reader, actor, draft_id)
    return Beginning(tuple(Option(key, role.label) for key, role in reading.manifest.roles.items()))


def sheet(reader: Reader, actor: Actor, draft_id: str, path: str) -> Sheet:
    """The diagram in the file, the main one without a path; NotFound for a file that holds none."""
    reading = _reading(reader, actor, draft_id)
    main = reading.diagrams.get(reading.manifest.main)
    drawn = main if not path else next((one for one in reading.diagrams.values() if one.file == path), None)
    if drawn is None:
        raise NotFound(NO_SUCH_FILE)
    path = drawn.file
    calling = tuple(
        Caller(one.file, one.id, one.label, reading.diagrams[one.process_id].name) for one in callers(reading, path)
    )
    return Sheet(path, drawn.name, reading.bundle.files[path], main is not None and main.file == path, calling)


def _reading(reader: Reader, actor: Actor, draft_id: str) -> Reading:
    return read_all(opened(reader, actor, draft_id)[1], Findings())
