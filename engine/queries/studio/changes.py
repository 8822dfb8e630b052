"""Two states of a procedure side by side: what differs by kind of file and by file, and one diagram of it in both states."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.procedure import Bundle
from engine.procedure.diagrams import Diagram
from engine.procedure.diagrams.markup import properties
from engine.procedure.diagrams.picture import Picture, picture_of
from engine.procedure.diff import Change, Comparison, marks_of
from engine.procedure.diff.aligned import Block, Grid, blocks, grids
from engine.procedure.exchange.apart import STOPPED
from engine.procedure.exchange.examining import first_findings_of
from engine.procedure.exchange.xml import read_xml
from engine.procedure.findings import Findings
from engine.procedure.forms import Form
from engine.procedure.reading import Reading, read_all
from engine.queries.procedure.drafts import draft_row
from engine.queries.procedure.versions import told, version_bundle
from engine.queries.studio.files import Kind, listed

if TYPE_CHECKING:
    from engine.queries.reader import Reader


@dataclass(frozen=True, slots=True)
class FileChanges:
    """What differs in one file; ``there`` says in which of both states the file exists, before and after."""

    path: str
    kind: Kind
    name: Text
    changes: tuple[Change, ...]
    there: tuple[bool, bool]


@dataclass(frozen=True, slots=True)
class Marked:
    """A diagram in one state: what became of its elements by id, and what they are called; None where it does not exist."""

    names: Mapping[str, Text]
    marks: Mapping[str, str]
    picture: Picture | None


@dataclass(frozen=True)
class Compared:
    """Two states of a procedure; ``numbers`` are those of the versions, None for the draft, which changes ``base_number``."""

    procedure_key: str
    numbers: tuple[int, int | None]
    bundles: tuple[Bundle, Bundle]
    comparison: Comparison
    draft_id: str | None = None
    base_number: int | None = None

    @cached_property
    def files(self) -> dict[Kind, tuple[FileChanges, ...]]:
        """What differs by kind and file, kinds and files in the order of the desk; what only looks different is not among it."""
        by_file: dict[str, list[Change]] = {}
        for change in self.comparison.changes:
            by_file.setdefault(change.file, []).append(change)
        readings = self._readings
        found: dict[Kind, list[FileChanges]] = {kind: [] for kind in Kind}
        for path, kind, name in _named(readings):
            if path in by_file:
                there = (path in self.bundles[0].files, path in self.bundles[1].files)
                found[kind].append(FileChanges(path, kind, name, tuple(by_file[path]), there))
        return {kind: tuple(files) for kind, files in found.items() if files}

    @property
    def diagrams(self) -> tuple[FileChanges, ...]:
        """The diagrams that differ; those of which only the drawing differs come last."""
        moved = [path for path in self.comparison.moved if not any(path == one.file for one in self.comparison.changes)]
        names = {path: name for path, _, name in _named(self._readings)}
        rest = (FileChanges(path, Kind.DIAGRAM, names.get(path, Text(path, path)), (), (True, True)) for path in moved)
        return (*self.files.get(Kind.DIAGRAM, ()), *rest)

    @property
    def sheets(self) -> tuple[FileChanges, ...]:
        """Every file that differs, in the order of the list; diagrams of which only the drawing differs come last."""
        drawn = self.diagrams
        listed = tuple(one for files in self.files.values() for one in files)
        return (*listed, *(one for one in drawn if not one.changes))

    def grids(self, path: str, *, whole: bool = False) -> tuple[Grid, ...]:
        """The tables of a file in both states; with ``whole`` those rows too that stayed as they were."""
        return grids(self._readings, path, whole=whole)

    def blocks(self, path: str) -> tuple[Block, ...]:
        """The entries of a file that is neither diagram nor table in both states, those that stayed among them."""
        return blocks(self._readings, path)

    def forms(self, path: str) -> tuple[Form | None, Form | None]:
        """A form before and after, as it could be read; None where it does not exist."""
        before, after = (next((one for one in reading.forms.values() if one.file == path), None) for reading in self._readings)
        return before, after

    @property
    def _readings(self) -> tuple[Reading, Reading]:
        return _read(self.bundles[0]), _read(self.bundles[1])

    def sides(self, path: str) -> tuple[Marked | None, Marked | None]:
        """A diagram before and after."""
        contents = [bundle.files.get(path) for bundle in self.bundles]
        before, after = marks_of(*contents)
        return _marked(path, contents[0], before), _marked(path, contents[1], after)


def changes(reader: Reader, actor: Actor, draft_id: str, before: int | None = None) -> Compared:
    """A draft against the version it changes, or another one; NotFound for an unknown one, Forbidden for those who may not
    change it."""
    row = draft_row(reader, actor, draft_id)
    base, bundle = Bundle.from_bytes(row["base"]), Bundle.from_bytes(row["bundle"])
    if any(finding.rule == STOPPED for finding in first_findings_of(bundle)):
        # What the check could not finish reading is not read here either.
        bundle = base
    number = row["base_number"] if before is None else before
    bundles = (base if number == row["base_number"] else version_bundle(reader, actor, row["procedure_key"], number), bundle)
    return Compared(row["procedure_key"], (number, None), bundles, told(*bundles), draft_id, row["base_number"])


def against(reader: Reader, actor: Actor, key: str, before: int, after: int) -> Compared:
    """Two versions, proposals among them; all staff may read them. NotFound when there is none of that number."""
    bundles = (version_bundle(reader, actor, key, before), version_bundle(reader, actor, key, after))
    return Compared(key, (before, after), bundles, told(*bundles))


@lru_cache(maxsize=16)
def _read(bundle: Bundle) -> Reading:
    return read_all(bundle, Findings())


def _named(readings: Iterable[Reading]) -> Iterable[tuple[str, Kind, Text]]:
    """Every file of either state, those of the later one first, with its kind and name."""
    found: dict[str, tuple[str, Kind, Text]] = {}
    for reading in reversed(list(readings)):
        for files in listed(reading).values():
            found |= {one.path: (one.path, one.kind, one.name) for one in files if one.path not in found}
    order = list(Kind)
    return sorted(found.values(), key=lambda one: order.index(one[1]))


def _marked(path: str, content: bytes | None, marks: dict[str, str]) -> Marked | None:
    root = None if content is None else read_xml(content)
    if content is None or root is None:
        return None
    named = [element for element in root.iter("{*}*") if element.get("id") and element.get("name")]
    names = {str(one.get("id")): Text(name := str(one.get("name")), properties(one).get("name_en") or name) for one in named}
    return Marked(names, marks, picture_of(Diagram(path, path, Text(path, path), content)))
