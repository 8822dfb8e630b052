"""What the places of a procedure are called in both languages where people read of them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from engine.domain.text import Text, named
from engine.procedure.check.subject import Graph, Node
from engine.procedure.diagrams.markup import local, properties
from engine.procedure.diff.kinds import KINDS, PIECES, SECTIONS
from engine.procedure.forms import Component, Form
from engine.procedure.reading import Reading

_EMERGENCY = Text("紧急登记", "Emergency record")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def section(key: str) -> Text:
    """A section of procedure.yaml; the key of one that nobody has named."""
    return SECTIONS.get(key, Text(key, key))


def titles_of_forms(reading: Reading) -> dict[str, Text]:
    """The forms by name, each called like the task that it is filled in at."""
    tasks = [element for element in reading.elements.values() if element.kind == "userTask"]
    intake = reading.intake.emergency_form
    return {**({intake: _EMERGENCY} if intake else {}), **{element.form or element.id: element.label for element in tasks}}


def piece(reading: Reading, form: Form, part: Component) -> Text:
    """What a part of a form is called; one without a label by its kind and its form."""
    if part.label.zh.strip():
        return part.label
    return within(titles_of_forms(reading).get(form.name, Text(form.name, form.name)), PIECES.get(part.kind))


def within(whole: Text, part: Text | None) -> Text:
    """Something and the part of it that is meant."""
    return Text(f"{whole.zh}（{part.zh}）", f"{whole.en} ({part.en})") if part else whole


class Drawn:
    """What is drawn, by what people call it: its name, else its kind and what it stands beside."""

    def __init__(self, graphs: Iterable[Graph]) -> None:
        held = list(graphs)
        self._nodes = {key: (graph, node) for graph in held for key, node in graph.nodes.items()}
        self._flows = {flow.id: (flow.source, flow.target, flow.element) for graph in held for flow in graph.drawn}

    def __contains__(self, key: str) -> bool:
        return key in self._nodes or key in self._flows

    def name(self, key: str) -> Text:
        """A flow by its two ends and what is written on it; in English never by a Chinese name alone."""
        if key in self._flows:
            return self._flow(*self._flows[key])
        graph, node = self._nodes[key]
        return _named(node, _kind(node)) or self._beside(graph, node, key)

    def _flow(self, source: str, target: str, element: Node) -> Text:
        start, end, own = self._end(source), self._end(target), _own(element)
        zh = f"（{own.zh}）" if own else ""
        en = f" ({own.en})" if own and not _CHINESE.search(own.en) else ""
        return Text(f"{start.zh} → {end.zh}{zh}", f"{start.en} → {end.en}{en}")

    def _end(self, key: str) -> Text:
        if key not in self._nodes:
            return Text("没有接上", "joined to nothing")
        node = self._nodes[key][1]
        return _named(node, _kind(node)) or _kind(node)

    def _beside(self, graph: Graph, node: Node, key: str) -> Text:
        """By the first neighbour that has a name."""
        kind = _kind(node)
        before = [str(node.get("attachedToRef")), *(flow.source for flow in graph.into(key))]
        for zh, en, keys in (("之后", "after", before), ("之前", "before", [flow.target for flow in graph.out(key)])):
            for name in (self._own_name(one) for one in keys):
                if name:
                    return Text(f"“{name.zh}”{zh}的{kind.zh}", f'{kind.en} {en} "{name.en}"')
        return kind

    def _own_name(self, key: str) -> Text | None:
        return _named(self._nodes[key][1], _kind(self._nodes[key][1])) if key in self._nodes else None


def _own(element: Node) -> Text | None:
    name = " ".join((element.get("name") or "").split())
    return named(name, properties(element).get("name_en")) if name else None


def _named(element: Node, kind: Text) -> Text | None:
    """Its name; to an English reader one that has no English is what is written on a thing of that kind."""
    own = _own(element)
    return Text(own.zh, f'{kind.en} "{own.en}"') if own and _CHINESE.search(own.en) else own


def _kind(node: Node) -> Text:
    return KINDS.get(local(node), Text("元素", "element"))
