"""Two bundles held against each other, file by file; whatever differs is told at least once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from engine.domain.text import Text
from engine.procedure.bundle import VERSION_FILE, Bundle
from engine.procedure.diff.change import ADDED, CHANGED, MOVED, REMOVED, Change, Comparison, added, differing, removed
from engine.procedure.diff.drawing import Drawing, compare_drawings, marks, moved, read_drawing
from engine.procedure.diff.entries import compare_yaml
from engine.procedure.diff.forms import compare_form, looks_of
from engine.procedure.diff.names import Names
from engine.procedure.diff.tables import compare_decisions, rest_of
from engine.procedure.exchange.canonical import canonical_file
from engine.procedure.exchange.xml import read_xml, write_xml
from engine.procedure.findings import Findings
from engine.procedure.reading import Reading, read_all
from engine.procedure.safe_yaml import read_yaml

_FILE = Text("文件", "file")
_DRAWN = frozenset({"BPMNDiagram", "DMNDI"})
#: What stands in these stands in no order: an editor writes a box that was moved at the end.
_UNORDERED = frozenset({"process", "subProcess", "lane"})


@dataclass
class _Sides:
    """The two states, read as far as they can be read."""

    before: Reading
    after: Reading
    names: tuple[Names, Names] = field(init=False)

    def __post_init__(self) -> None:
        self.names = (Names(self.before), Names(self.after))


def compare(before: Bundle, after: Bundle) -> Comparison:
    """What people should know about the step from one to the other; files of either may hold errors."""
    sides = _Sides(read_all(before, Findings()), read_all(after, Findings()))
    changes: list[Change] = []
    layout: list[Change] = []
    elsewhere: dict[str, tuple[str, ...]] = {}
    for file, old, new in differing(before.files, after.files):
        if file == VERSION_FILE:
            continue
        found = list(_told(file, old, new, sides))
        changes += found
        if not found and _says_the_same(file, old, new):
            layout.append(Change(file, None, Text(f"{file} 只改了写法或位置", f"{file}: only its layout differs"), MOVED))
        elif not found:
            changes.append(Change(file, None, _at_large(file, old, new), _became(old, new)))
        if file.endswith(".bpmn") and (there := moved(*_drawings(old, new))):
            elsewhere[file] = there
            if found:
                layout.append(
                    Change(file, None, Text(f"{file} 里有元素移了位置", f"{file}: elements are drawn elsewhere"), MOVED)
                )
    return Comparison(tuple(changes), tuple(layout), elsewhere)


def marks_of(old: bytes | None, new: bytes | None) -> tuple[dict[str, str], dict[str, str]]:
    """What became of each element of a diagram, by its id in the file before and in the one after."""
    return marks(*_drawings(old, new))


def _became(old: bytes | None, new: bytes | None) -> str:
    return ADDED if old is None else REMOVED if new is None else CHANGED


def _told(file: str, old: bytes | None, new: bytes | None, sides: _Sides) -> Iterator[Change]:
    kind = file.rpartition(".")[2]
    if kind == "yaml":
        yield from compare_yaml(file, old, new, sides.names)
    elif kind == "form":
        yield from compare_form(file, old, new, {**sides.names[0].forms, **sides.names[1].forms})
    elif kind == "bpmn":
        yield from compare_drawings(file, *_drawings(old, new), sides.names)
    elif kind == "dmn":
        yield from _decisions(file, old, new, sides)


def _drawings(old: bytes | None, new: bytes | None) -> tuple[Drawing, Drawing]:
    return read_drawing(_root(old)), read_drawing(_root(new))


def _decisions(file: str, old: bytes | None, new: bytes | None, sides: _Sides) -> Iterator[Change]:
    tables = [reading.tables[file].decisions if file in reading.tables else {} for reading in (sides.before, sides.after)]
    found = list(compare_decisions(file, tables[0], tables[1], sides.names))
    yield from found
    roots = [_root(data) for data in (old, new)]
    rest = [{} if root is None else rest_of(root) for root in roots]
    told = {change.about for change in found if (change.about in tables[0]) != (change.about in tables[1])}
    for key, was, now in differing(rest[0], rest[1]):
        if key not in told:
            name = (now or was)[0]
            yield Change(file, key, Text(f"决策 {name.zh} 的内容有改动", f"The decision {name.en} is changed beside its rows"))


def _root(data: bytes | None) -> etree._Element | None:
    return None if data is None else read_xml(data)


def _says_the_same(file: str, old: bytes | None, new: bytes | None) -> bool:
    if old is None or new is None:
        return False
    if file.endswith(".form"):
        return bool(looks_of(old)) and looks_of(old) == looks_of(new)
    if file.endswith(".yaml"):
        findings = Findings()
        read = [read_yaml(data, file, findings).data for data in (old, new)]
        return not len(findings) and read[0] == read[1]
    return _bare(file, old) == _bare(file, new)


def _bare(file: str, data: bytes) -> bytes:
    """A file without what only draws it."""
    root = _root(data) if file.endswith((".bpmn", ".dmn")) else None
    if root is None:
        return canonical_file(file, data)
    for part in [part for part in root if isinstance(part.tag, str) and etree.QName(part).localname in _DRAWN]:
        root.remove(part)
    # A connection says itself where it leads; only the order of those that go out decides anything.
    etree.strip_elements(root, "{*}incoming", with_tail=False)
    for part in [part for part in root.iter(etree.Element) if etree.QName(part).localname in _UNORDERED]:
        part[:] = sorted(part, key=lambda one: (one.get("id") or "", (one.text or "").strip()))
    for name in ("exporter", "exporterVersion"):
        root.attrib.pop(name, "")
    return write_xml(root)


def _at_large(file: str, old: bytes | None, new: bytes | None) -> Text:
    name = Text(file, file)
    if old is None or new is None:
        return removed(_FILE, name) if new is None else added(_FILE, name)
    return Text(f"文件 {file} 有其他改动", f"The file {file} is changed otherwise")
