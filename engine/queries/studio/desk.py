"""A draft on its owner's desk: the file that is worked on among all the others, and what the check finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import NotFound
from engine.procedure import Bundle, Finding
from engine.procedure.exchange.examining import findings_of, first_findings_of, story_findings_of
from engine.procedure.exchange.signers import is_at_it
from engine.procedure.findings import Findings
from engine.procedure.reading import Reading, read_all
from engine.queries.procedure.drafts import draft_row
from engine.queries.studio.files import Kind, Listed, kind_of, listed
from engine.queries.studio.mends import LOST, with_carriers
from engine.storage.tables import person

if TYPE_CHECKING:
    from engine.queries.reader import Reader

NO_SUCH_FILE = Text("这份草稿里没有这个文件。", "The draft has no such file.")


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody else who is at work on the draft, and when they last saved."""

    name: str
    saved_at: datetime


@dataclass(frozen=True)
class Desk:
    """A draft with one of its files opened; ``reading`` is what could be read of all of them."""

    draft_id: str
    procedure_key: str
    base_number: int
    path: str
    bundle: Bundle
    reading: Reading
    holder: Holder | None = None

    @property
    def content(self) -> bytes:
        """The opened file as it stands."""
        return self.bundle.files[self.path]

    @property
    def kind(self) -> Kind:
        """What the opened file is."""
        return kind_of(self.path) or Kind.MANIFEST

    @cached_property
    def files(self) -> dict[Kind, tuple[Listed, ...]]:
        """All files by kind, every kind in its order."""
        return listed(self.reading)


def desk(reader: Reader, actor: Actor, draft_id: str, path: str = "") -> Desk:
    """The file, or the main diagram without a path; NotFound for what is not there, Forbidden for those who may not change it."""
    row, bundle = opened(reader, actor, draft_id)
    reading = read_all(bundle, Findings())
    path = path or _first(reading)
    _content(bundle, path)
    holder = _holder(reader, actor, row)
    return Desk(draft_id, row["procedure_key"], row["base_number"], path, bundle, reading, holder)


def _holder(reader: Reader, actor: Actor, row: Mapping[str, Any]) -> Holder | None:
    if not is_at_it(row, actor.person_id, reader.now):
        return None
    name = reader.connection.execute(sa.select(person.c.name).where(person.c.id == row["person_id"])).scalar()
    return Holder(name, row["saved_at"]) if name else None


def file_of(reader: Reader, actor: Actor, draft_id: str, path: str) -> bytes:
    """One file of a draft as it stands."""
    return _content(opened(reader, actor, draft_id)[1], path)


def findings(reader: Reader, actor: Actor, draft_id: str, *, first: bool = False) -> tuple[Finding, ...]:
    """Everything the check finds in the draft and its stories, by file and line; with ``first`` what the rules say at once."""
    row, bundle = opened(reader, actor, draft_id)
    found = first_findings_of(bundle) if first else (*findings_of(bundle), *story_findings_of(bundle))
    if not any(one.rule == LOST for one in found):
        return found
    before = reader.catalogue.latest(row["procedure_key"])
    if before is None:
        return found
    return tuple(with_carriers(found, read_all(before.procedure.bundle, Findings()), read_all(bundle, Findings())))


def titles(reader: Reader, actor: Actor, draft_id: str) -> dict[str, Text]:
    """What people call the files of the draft, by path."""
    reading = read_all(opened(reader, actor, draft_id)[1], Findings())
    return {one.path: one.name for files in listed(reading).values() for one in files}


def opened(reader: Reader, actor: Actor, draft_id: str) -> tuple[Mapping[str, Any], Bundle]:
    """The draft's row and its files; NotFound and Forbidden as ``desk``."""
    row = draft_row(reader, actor, draft_id)
    return row, _unpacked(row["bundle"])


@lru_cache(maxsize=8)
def _unpacked(content: bytes) -> Bundle:
    """One state of a draft is asked for several times: by its page, its findings, each file."""
    return Bundle.from_bytes(content)


def _content(bundle: Bundle, path: str) -> bytes:
    if path not in bundle.files or kind_of(path) is None:
        raise NotFound(NO_SUCH_FILE)
    return bundle.files[path]


def _first(reading: Reading) -> str:
    """The main diagram, else whatever there is."""
    files = listed(reading)
    main = reading.diagrams.get(reading.manifest.main)
    return main.file if main else next(one.path for some in files.values() for one in some)
