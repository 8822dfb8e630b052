"""A file of two bundles beside each other: tables as grids, everything else that is no diagram as entries with their lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher

from engine.domain.text import Text
from engine.procedure.diff.aligned.entries import Entry, entries_of
from engine.procedure.diff.aligned.forms import pieces_of
from engine.procedure.diff.aligned.model import Block, Grid, Line, lines_between
from engine.procedure.diff.aligned.stories import story_blocks
from engine.procedure.diff.aligned.tables import table_grids
from engine.procedure.diff.change import ADDED, CHANGED, MOVED, REMOVED
from engine.procedure.diff.entries import data_of
from engine.procedure.diff.names import Names
from engine.procedure.diff.pairs import SAME, Pair, paired
from engine.procedure.reading import Reading

_STORY = "scenario"


def grids(readings: tuple[Reading, Reading], path: str, *, whole: bool = False) -> tuple[Grid, ...]:
    """The tables of a file in both states, as far as they can be read; with ``whole`` nothing is left out."""
    old, new = ({key: one for key, one in reading.decisions.items() if one.file == path} for reading in readings)
    return tuple(table_grids(old, new, _names(readings), whole=whole))


def blocks(readings: tuple[Reading, Reading], path: str) -> tuple[Block, ...]:
    """The entries of a file in both states in their order; of a file that says nothing in entries the lines that are written."""
    contents = [reading.bundle.files.get(path) for reading in readings]
    found = tuple(_told(path, contents[0], contents[1], _names(readings)))
    if any(one.fate != SAME for one in found):
        return found
    return tuple(_written(contents[0], contents[1]))


def _names(readings: tuple[Reading, Reading]) -> tuple[Names, Names]:
    return Names(readings[0]), Names(readings[1])


def _told(path: str, old: bytes | None, new: bytes | None, names: tuple[Names, Names]) -> Iterator[Block]:
    if path.endswith(".form"):
        yield from _beside(pieces_of(old), pieces_of(new))
    elif path.endswith(".yaml"):
        before, after = data_of(path, old), data_of(path, new)
        if _STORY in {**before, **after}:
            yield from story_blocks(before, after, names)
        else:
            yield from _beside(entries_of(path, before, names[0]), entries_of(path, after, names[1]))


def _beside(old: Mapping[str, Entry], new: Mapping[str, Entry]) -> Iterator[Block]:
    for pair in paired(old, new):
        was, now = pair.before or old.get(pair.place), pair.after or new.get(pair.place)
        lines = lines_between(was[1] if was else {}, now[1] if now else {})
        if pair.fate == MOVED:
            lines = tuple(_on_one_side(lines, before=pair.before is not None))
        yield Block(pair.place, pair.fate, (pair.before and pair.before[0], pair.after and pair.after[0]), lines)


def _on_one_side(lines: Iterable[Pair[Line]], *, before: bool) -> Iterator[Pair[Line]]:
    """The lines of what moved, at one of its places: marked where they differ from what stands at the other."""
    for one in lines:
        line = one.before if before else one.after
        if line is not None:
            fate = one.fate if one.fate in (SAME, CHANGED) else CHANGED
            yield Pair(one.place, fate, line if before else None, None if before else line)


def _written(old: bytes | None, new: bytes | None) -> Iterator[Block]:
    """The lines of a file as they are written, a block where they differ."""
    before, after = ((content or b"").decode("utf-8", "replace").splitlines() for content in (old, new))
    for kind, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            was, now = (f"{begin + 1}–{stop}" if stop > begin else "" for begin, stop in ((start, end), (first, last)))
            sides = [{str(at): _line(line) for at, line in enumerate(part)} for part in (before[start:end], after[first:last])]
            fate = {"insert": ADDED, "delete": REMOVED}.get(kind, CHANGED)
            yield Block("", fate, (_rows(was), _rows(now)), tuple(paired(sides[0], sides[1])))


def _line(words: str) -> Line:
    return Line(Text("", ""), Text(words, words))


def _rows(numbers: str) -> Text | None:
    return Text(f"第 {numbers} 行", f"Lines {numbers}") if numbers else None
