"""What every rule of the check looks at: the procedure as read, its drawings as graphs, and where to note findings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from lxml import etree

from engine.domain.text import Text
from engine.procedure.diagrams.markup import BPMN, children, containers, flows, local, nodes, properties, text_of
from engine.procedure.diagrams.reader import Sheet
from engine.procedure.diff.kinds import KINDS
from engine.procedure.findings import Findings, Mending, Place
from engine.procedure.manifest import FILE as MANIFEST
from engine.procedure.reading import Memory, Reading

#: What a sentence quotes, unless it says that it is an id.
_QUOTED_ZH, _QUOTED_EN = re.compile(r"(?<!id)“([^“”]+)”"), re.compile(r'(?<!id )"([^"]+)"')

#: What people call elements that they never see as such, beside those of a drawing.
_CALLED = KINDS | {
    "collaboration": Text("整张图", "whole drawing"),
    "definitions": Text("整个文件", "whole file"),
    "itemDefinition": Text("数据类型", "type of data"),
}

#: An element of a drawing, for those who read drawings without parsing XML themselves.
Node = etree._Element


@dataclass(frozen=True)
class Flow:
    """One sequence flow between two nodes of one container."""

    id: str
    source: str
    target: str
    condition: str | None
    element: etree._Element


class Graph:
    """The flow nodes of one process or embedded subprocess and the sequence flows between them."""

    def __init__(self, sheet: Sheet, process_id: str, container: etree._Element, begun: Mapping[str, list[Flow]]) -> None:
        self.sheet, self._begun = sheet, begun
        self.process_id = process_id
        self.container = container
        self.nodes = {str(node.get("id")): node for node in nodes(container) if node.get("id")}
        self.drawn = [_flow(element) for element in flows(container)]
        self.flows = [flow for flow in self.drawn if flow.source in self.nodes and flow.target in self.nodes]
        self._out: dict[str, list[Flow]] = {}
        self._into: dict[str, list[Flow]] = {}
        for flow in self.flows:
            self._out.setdefault(flow.source, []).append(flow)
            self._into.setdefault(flow.target, []).append(flow)

    def out(self, node_id: str) -> list[Flow]:
        """The flows that leave a node."""
        return self._out.get(node_id, [])

    def begun(self, node_id: str) -> list[Flow]:
        """The flows drawn from a node, those that lead nowhere or out of its process among them."""
        return self._begun.get(node_id, [])

    def into(self, node_id: str) -> list[Flow]:
        """The flows that enter a node."""
        return self._into.get(node_id, [])

    def of_kind(self, *kinds: str) -> list[etree._Element]:
        """The nodes of these BPMN names."""
        return [node for node in self.nodes.values() if local(node) in kinds]

    @cached_property
    def boundaries(self) -> dict[str, list[str]]:
        """The boundary events on each activity."""
        found: dict[str, list[str]] = {}
        for node in self.of_kind("boundaryEvent"):
            found.setdefault(str(node.get("attachedToRef")), []).append(str(node.get("id")))
        return found

    def next(self, node_id: str, boundaries: bool = True) -> list[str]:
        """The nodes after a node, the boundary events on it among them."""
        attached = self.boundaries.get(node_id, []) if boundaries else []
        return [flow.target for flow in self.out(node_id)] + attached

    def reachable(self, starts: Iterable[str], avoid: frozenset[str] = frozenset()) -> frozenset[str]:
        """Every node that a token can reach from these, without entering those to avoid."""
        found: set[str] = set()
        pending = [node for node in starts if node not in avoid]
        while pending:
            node = pending.pop()
            if node not in found:
                found.add(node)
                pending.extend(following for following in self.next(node) if following not in avoid)
        return frozenset(found)

    @property
    def starts(self) -> list[str]:
        """The start events."""
        return [str(node.get("id")) for node in self.of_kind("startEvent")]


@dataclass(frozen=True, slots=True)
class Note:
    """A finding as a rule words it: what it quotes by id alone gets a name when the whole procedure is known."""

    rule: str
    level: str
    place: Place
    zh: str
    en: str
    mend: Text
    mending: Mending | None


class Drawings:
    """Drawings under check, and where to note findings: a rule that takes these can tell nothing from any other file."""

    def __init__(self, sheets: Sequence[Sheet], memory: Memory) -> None:
        self.sheets, self.memory = sheets, memory
        self.notes: list[Note] = []

    @cached_property
    def graphs(self) -> list[Graph]:
        """Every process and embedded subprocess of every sheet."""
        drawn = (self.memory.recall(("graphs", sheet.file, sheet.xml), partial(_graphs, sheet)) for sheet in self.sheets)
        return [graph for graphs in drawn for graph in graphs]

    def nodes(self, *kinds: str) -> Iterator[tuple[Graph, etree._Element]]:
        """Every flow node of these kinds (of all, without kinds), with its graph."""
        for graph in self.graphs:
            for node in graph.nodes.values():
                if not kinds or local(node) in kinds:
                    yield graph, node

    def error(
        self, rule: str, place: Place, zh: str, en: str, mend_zh: str, mend_en: str, mending: Mending | None = None
    ) -> None:  # fmt: skip
        """Note an error."""
        self.note(Note(rule, "error", place, zh, en, Text(mend_zh, mend_en), mending))

    def warning(
        self, rule: str, place: Place, zh: str, en: str, mend_zh: str, mend_en: str, mending: Mending | None = None
    ) -> None:  # fmt: skip
        """Note a warning."""
        self.note(Note(rule, "warning", place, zh, en, Text(mend_zh, mend_en), mending))

    def note(self, note: Note) -> None:
        """Take over what a rule has found."""
        self.notes.append(note)


class Subject(Drawings):
    """A procedure under check."""

    def __init__(self, reading: Reading, findings: Findings, memory: Memory | None = None) -> None:
        super().__init__(reading.sheets, memory or Memory())
        self.reading, self.findings = reading, findings

    @cached_property
    def user_tasks(self) -> frozenset[str]:
        """The ids of all user tasks."""
        return frozenset(element.id for element in self.reading.elements.values() if element.kind == "userTask")

    @property
    def alone(self) -> bool:
        """Whether diagrams are looked at without the procedure to which they would belong."""
        return MANIFEST not in self.reading.bundle.files

    def note(self, note: Note) -> None:
        """Make a finding of it."""
        write = self.findings.error if note.level == "error" else self.findings.warning
        names, mending = self._english(note.place.file), note.mending
        if mending is not None:
            mending = replace(mending, words=self._said(mending.words, names))
        kind = self._unnamed.get(note.place.element or "")
        place = replace(note.place, name=kind.zh, name_en=kind.en) if kind and not note.place.name else note.place
        write(note.rule, place, self._said(Text(note.zh, note.en), names), self._said(note.mend, names), mending)

    def _english(self, file: str) -> dict[str, str]:
        """What is drawn in a file by its name, as English calls it."""
        sheet = next((sheet for sheet in self.sheets if sheet.file == file), None)
        return self.memory.recall(("english", sheet.file, sheet.xml), partial(_english, sheet)) if sheet else {}

    @cached_property
    def _unnamed(self) -> dict[str, Text]:
        """What people call elements without a name, by id: ids of other tools tell them nothing."""
        kinds: dict[str, Text] = {}
        for sheet in self.sheets:
            kinds |= self.memory.recall(("unnamed", sheet.file, sheet.xml), partial(_unnamed, sheet))
        return kinds

    def _said(self, said: Text, english: dict[str, str]) -> Text:
        """The sentence, with what is quoted by its id alone called by its kind, and in English by its English name."""
        zh = {key: f"{kind.zh}（没有名称）" for key, kind in self._unnamed.items()}
        en = {key: f"{kind.en} (no name)" for key, kind in self._unnamed.items()} | english
        return Text(
            _QUOTED_ZH.sub(lambda found: f"“{zh.get(found[1], found[1])}”", said.zh),
            _QUOTED_EN.sub(lambda found: f'"{en.get(found[1], found[1])}"', said.en),
        )


def title(element: etree._Element) -> str:
    """What a sentence calls an element: its name, else its id."""
    return " ".join((element.get("name") or element.get("id") or local(element)).split())


def _english(sheet: Sheet) -> dict[str, str]:
    """The English name by the other; a name that stands for several has none."""
    found: dict[str, set[str]] = {}
    for element in sheet.root.iter(f"{{{BPMN}}}*"):
        if element.get("name"):
            found.setdefault(title(element), set()).add(properties(element).get("name_en", ""))
    return {name: own for name, (own, *more) in found.items() if own and not more}


def _flow(element: etree._Element) -> Flow:
    conditions = children(element, "conditionExpression")
    condition = text_of(conditions[0]) if conditions else None
    ends = str(element.get("sourceRef") or ""), str(element.get("targetRef") or "")
    return Flow(str(element.get("id") or ""), *ends, condition or None, element)


def _graphs(sheet: Sheet) -> list[Graph]:
    begun: dict[str, list[Flow]] = {}
    for flow in map(_flow, sheet.root.iter(f"{{{BPMN}}}sequenceFlow")):
        begun.setdefault(flow.source, []).append(flow)
    return [Graph(sheet, str(process.get("id")), inside, begun) for process in sheet.processes for inside in containers(process)]


def _unnamed(sheet: Sheet) -> dict[str, Text]:
    unnamed = (one for one in sheet.root.iter(f"{{{BPMN}}}*") if not (one.get("name") or "").strip())
    return {str(one.get("id")): _CALLED[local(one)] for one in unnamed if local(one) in _CALLED}
