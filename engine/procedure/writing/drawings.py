"""Diagrams as files of a procedure: a new one that could be called at once, another name, and none at all."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from engine.domain.text import Text, untranslated
from engine.errors import Misconfigured
from engine.procedure.bundle import Bundle
from engine.procedure.diagrams.markup import BPMN, SPIFF, children, find
from engine.procedure.diagrams.model import Element
from engine.procedure.exchange.answering import properties_holder
from engine.procedure.exchange.xml import read_xml, write_xml
from engine.procedure.findings import Findings
from engine.procedure.reading import Reading, read_all

_SUFFIX, _ENGLISH = ".bpmn", "name_en"
_LETTERS = re.compile(r"[^a-z0-9]+")
_DI, _DC, _DD = (f"http://www.omg.org/spec/{part}" for part in ("BPMN/20100524/DI", "DD/20100524/DC", "DD/20100524/DI"))
_SPACES = {"bpmn": BPMN, "bpmndi": _DI, "dc": _DC, "di": _DD, "spiffworkflow": SPIFF}
_STARTS, _ENDS = Text("开始", "Begins"), Text("办完", "Done")
#: Pool, lane and the two events between which there is room for steps: x, y, width, height.
_POOL, _LANE, _START, _END = (40, 40, 900, 200), (70, 40, 870, 200), (122, 122, 36, 36), (842, 122, 36, 36)


def begun(bundle: Bundle, name: Text, role: str) -> tuple[str, bytes]:
    """The path and content of a new diagram of that name: a lane of the role, a start and an end, nothing that is wrong."""
    reading = read_all(bundle, Findings())
    own = _free(name, bundle, reading)
    definitions = etree.Element(f"{{{BPMN}}}definitions", id=f"definitions_{own}", targetNamespace="urn:redress", nsmap=_SPACES)
    around = etree.SubElement(definitions, f"{{{BPMN}}}collaboration", id=f"collaboration_{own}")
    pool = etree.SubElement(around, f"{{{BPMN}}}participant", id=f"pool_{own}", processRef=own)
    process = etree.SubElement(definitions, f"{{{BPMN}}}process", id=own, isExecutable="true")
    lane = _named(process, "laneSet", f"lanes_{own}")
    lane = _named(lane, "lane", f"lane_{own}", reading.manifest.roles[role].label)
    _set(lane, "role", role)
    start, end, flow = f"{own}_begun", f"{own}_done", f"flow_{own}"
    for node in (start, end):
        etree.SubElement(lane, f"{{{BPMN}}}flowNodeRef").text = node
    etree.SubElement(_named(process, "startEvent", start, _STARTS), f"{{{BPMN}}}outgoing").text = flow
    etree.SubElement(_named(process, "endEvent", end, _ENDS), f"{{{BPMN}}}incoming").text = flow
    etree.SubElement(process, f"{{{BPMN}}}sequenceFlow", id=flow, sourceRef=start, targetRef=end)
    for holder in (pool, process):
        _call(holder, name)
    _draw(definitions, own, {pool: _POOL, lane: _LANE}, {start: _START, end: _END}, flow)
    return f"{own}{_SUFFIX}", write_xml(definitions)


def renamed(content: bytes, name: Text) -> bytes:
    """The diagram under another name, its pool with it; those who call it keep what they say at the call."""
    root = read_xml(content)
    if root is None:
        raise Misconfigured(Text("这张图读不出来，请先改正。", "The diagram cannot be read: mend it first."))
    processes = children(root, "process")[:1]
    ids = {process.get("id") for process in processes}
    pools = [pool for around in children(root, "collaboration") for pool in around if pool.get("processRef") in ids]
    for holder in (*processes, *pools):
        _call(holder, name)
    return write_xml(root)


def callers(reading: Reading, path: str) -> tuple[Element, ...]:
    """The elements of other diagrams that call one of this file."""
    own = {key for key, diagram in reading.diagrams.items() if diagram.file == path}
    return tuple(one for one in reading.elements.values() if one.called in own and one.file != path)


def removed(reading: Reading, path: str) -> Mapping[str, bytes | None]:
    """The change that takes the diagram away; Misconfigured while the procedure begins with it or a diagram calls it."""
    main = reading.diagrams.get(reading.manifest.main)
    if main is not None and main.file == path:
        raise Misconfigured(Text("规程从这张图开始，不能删去。", "The procedure begins with this diagram; it cannot be deleted."))
    calling = callers(reading, path)
    if calling:
        zh = "、".join(_place(one, reading, "“{}”（{}）", "zh") for one in calling)
        en = ", ".join(_place(one, reading, '"{}" ({})', "en") for one in calling)
        said = f"{zh}还在调用它；请先在那里换成别的图或删去那一步。", f"It is called by {en}: choose another diagram there first."
        raise Misconfigured(Text(*said))
    return {path: None}


def _place(element: Element, reading: Reading, pattern: str, language: str) -> str:
    diagram = reading.diagrams[element.process_id].name
    return pattern.format(element.label.in_language(language), diagram.in_language(language))


def _free(name: Text, bundle: Bundle, reading: Reading) -> str:
    """An id that is a file's name, too, and that nothing else in the procedure has."""
    stem = _LETTERS.sub("_", name.en.lower()).strip("_") or "diagram"
    stem = stem if stem[0].isalpha() else f"diagram_{stem}"
    taken = {one.get("id") for sheet in reading.sheets for one in sheet.root.iter(etree.Element)}
    wishes = (stem, *(f"{stem}_{number}" for number in range(2, len(taken) + 3)))
    return next(own for own in wishes if own not in taken and f"{own}{_SUFFIX}" not in bundle.files)


def _named(holder: etree._Element, kind: str, own: str, name: Text | None = None) -> etree._Element:
    element = etree.SubElement(holder, f"{{{BPMN}}}{kind}", id=own)
    if name is not None:
        _call(element, name)
    return element


def _call(element: etree._Element, name: Text) -> None:
    element.set("name", name.zh)
    for written in find(element, f"./b:extensionElements/s:properties/s:property[@name='{_ENGLISH}']"):
        properties_holder(element).remove(written)
    if not untranslated(name):
        _set(element, _ENGLISH, name.en)


def _set(element: etree._Element, name: str, value: str) -> None:
    written = find(element, f"./b:extensionElements/s:properties/s:property[@name='{name}']")
    entry = written[0] if written else etree.SubElement(properties_holder(element), f"{{{SPIFF}}}property", name=name)
    entry.set("value", value)


def _draw(
    definitions: etree._Element, own: str, wide: Mapping[etree._Element, tuple[int, ...]], nodes: Mapping[str, tuple[int, ...]],
    flow: str,
) -> None:  # fmt: skip
    picture = etree.SubElement(definitions, f"{{{_DI}}}BPMNDiagram", id=f"diagram_{own}")
    plane = etree.SubElement(picture, f"{{{_DI}}}BPMNPlane", id=f"plane_{own}", bpmnElement=f"collaboration_{own}")
    for element, box in wide.items():
        _shape(plane, str(element.get("id")), box).set("isHorizontal", "true")
    for node, box in nodes.items():
        x, y, width, height = box
        shape = _shape(plane, node, box)
        label = etree.SubElement(shape, f"{{{_DI}}}BPMNLabel")
        _bounds(label, (x + width // 2 - 11, y + height + 7, 22, 14))
    edge = etree.SubElement(plane, f"{{{_DI}}}BPMNEdge", id=f"{flow}_di", bpmnElement=flow)
    for x, y in ((_START[0] + _START[2], _START[1] + _START[3] // 2), (_END[0], _END[1] + _END[3] // 2)):
        etree.SubElement(edge, f"{{{_DD}}}waypoint", x=str(x), y=str(y))


def _shape(plane: etree._Element, own: str, box: tuple[int, ...]) -> etree._Element:
    shape = etree.SubElement(plane, f"{{{_DI}}}BPMNShape", id=f"{own}_di", bpmnElement=own)
    _bounds(shape, box)
    return shape


def _bounds(holder: etree._Element, box: tuple[int, ...]) -> None:
    etree.SubElement(holder, f"{{{_DC}}}Bounds", dict(zip(("x", "y", "width", "height"), map(str, box), strict=True)))
