"""Reading BPMN files: every flow node with its properties, by element id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from engine.domain.text import Text, named
from engine.feel import Expression
from engine.procedure.bundle import Bundle
from engine.procedure.diagrams.lanes import lane_properties
from engine.procedure.diagrams.markup import (
    LISTS,
    children,
    decision_of,
    limits_drawn_on,
    line_of,
    local,
    nodes,
    operator_of,
    properties,
)
from engine.procedure.diagrams.model import Diagram, Element
from engine.procedure.diagrams.recognising import is_diagram
from engine.procedure.expressions import Compiler
from engine.procedure.findings import Findings, Place
from engine.procedure.safe_xml import parse_xml

SUFFIX = ".bpmn"


@dataclass(frozen=True)
class Sheet:
    """One BPMN file as parsed XML."""

    file: str
    xml: bytes
    root: etree._Element

    @property
    def processes(self) -> list[etree._Element]:
        """The processes drawn in the file; participants of other companies have none."""
        return [process for process in children(self.root, "process") if process.get("id")]

    def place(self, element: etree._Element) -> Place:
        """The place of an element of this file."""
        name = element.get("name") or None
        return Place(self.file, line_of(element), element.get("id"), name, properties(element).get("name_en") if name else None)


def read_sheets(bundle: Bundle, findings: Findings) -> list[Sheet]:
    """Every BPMN file that can be parsed; the others become findings."""
    read = (read_sheet(file, data, findings) for file, data in bundle.named(SUFFIX).items())
    return [sheet for sheet in read if sheet is not None]


def read_sheet(file: str, data: bytes, findings: Findings) -> Sheet | None:
    """One BPMN file; None after noting why it cannot be parsed."""
    root = parse_xml(data, file, findings)
    return Sheet(file, data, root) if root is not None and is_diagram(root, file, findings) else None


def read_diagrams(sheet: Sheet, compiler: Compiler) -> tuple[list[Diagram], list[Element]]:
    """The processes of the file and their flow nodes."""
    diagrams: list[Diagram] = []
    elements: list[Element] = []
    lanes = lane_properties(sheet.root)
    for process in sheet.processes:
        process_id = str(process.get("id"))
        diagrams.append(Diagram(process_id, sheet.file, _label(process), sheet.xml))
        elements += _Reader(sheet, process_id, lanes, compiler).read(process, None, {})
    return diagrams, elements


class _Reader:
    """Reads one process, handing the lane of a subprocess down to what lies in it."""

    def __init__(self, sheet: Sheet, process_id: str, lanes: Mapping[str, Mapping[str, str]], compiler: Compiler) -> None:
        self._sheet, self._process_id, self._lanes, self._compiler = sheet, process_id, lanes, compiler

    def read(self, container: etree._Element, host: str | None, inherited: Mapping[str, str]) -> list[Element]:
        found: list[Element] = []
        for node in nodes(container):
            if node.get("id"):
                lane = self._lane(node, inherited)
                found.append(self._element(node, host, lane))
                found.extend(self.read(node, node.get("id"), lane))
        return found

    def _lane(self, node: etree._Element, inherited: Mapping[str, str]) -> Mapping[str, str]:
        own = self._lanes.get(str(node.get("id")))
        if own is None and node.get("attachedToRef"):
            own = self._lanes.get(str(node.get("attachedToRef")))
        return inherited if own is None else own

    def _element(self, node: etree._Element, host: str | None, lane: Mapping[str, str]) -> Element:
        own = properties(node)
        kind, node_id = local(node), str(node.get("id"))
        lists = {name: tuple(part.strip() for part in own.get(name, "").split(",") if part.strip()) for name in LISTS}
        return Element(
            id=node_id,
            kind=kind,
            label=_label(node),
            process_id=self._process_id,
            file=self._sheet.file,
            line=line_of(node),
            role=own.get("role") or lane.get("role") or None,
            department=self._expression(node, own.get("department") or lane.get("department")),
            assignee=self._expression(node, own.get("assignee")),
            excludes=lists["excludes"],
            limit=lists["limit"],
            opens=lists["opens"],
            stops=lists["stops"],
            moment=lists["moment"],
            clauses=lists["clause"],
            instructions=_pair(own.get("instructions"), own.get("instructions_en")),
            form=own.get("form") or (node_id if kind == "userTask" else None),
            operator=operator_of(node) if kind == "serviceTask" else None,
            scope=own.get("scope") == "true",
            sensitivity=own.get("sensitivity") or None,
            attached_to=node.get("attachedToRef"),
            host=host,
            called=node.get("calledElement") if kind == "callActivity" else None,
            decision=decision_of(node) if kind == "businessRuleTask" else None,
            drawn_limits=limits_drawn_on(node),
            interrupting=node.get("cancelActivity", node.get("isInterrupting", "true")) != "false",
        )

    def _expression(self, node: etree._Element, source: str | None) -> Expression | None:
        return self._compiler.compile(source, self._sheet.place(node)) if source else None


def _label(node: etree._Element) -> Text:
    name = " ".join((node.get("name") or "").split()) or str(node.get("id"))
    return named(name, properties(node).get("name_en"))


def _pair(zh: str | None, en: str | None) -> Text | None:
    return named(str(zh or en), str(en or zh)) if zh or en else None
