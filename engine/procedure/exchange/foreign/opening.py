"""A diagram drawn in another tool becomes a new diagram of a procedure: nothing of it is lost, what is plain is filled in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from lxml import etree

from engine.domain.text import Text
from engine.errors import Misconfigured
from engine.procedure.bundle import Bundle
from engine.procedure.check.drawing.identity import ID, RESERVED
from engine.procedure.diagrams.lanes import lanes
from engine.procedure.diagrams.markup import BPMN, NODES, SPIFF, children, is_bpmn, local, properties, without_prefix
from engine.procedure.diagrams.reader import SUFFIX, Sheet, read_sheets
from engine.procedure.exchange.foreign.alone import taken_as
from engine.procedure.findings import Findings
from engine.procedure.manifest import FILE as MANIFEST
from engine.procedure.manifest import Role, read_manifest
from engine.procedure.safe_yaml import read_yaml

_UNTYPED = (f"{{{BPMN}}}task", f"{{{BPMN}}}manualTask")
_USER_TASK = f"{{{BPMN}}}userTask"
_EXTENSIONS, _PROPERTIES = f"{{{BPMN}}}extensionElements", f"{{{SPIFF}}}properties"
#: Attributes and elements that hold the id of another element, beside those that end in Ref or Refs.
_POINTING = frozenset({"default", "calledElement", "bpmnElement", "labelStyle", "incoming", "outgoing"})
_LETTERS = re.compile(r"[^a-z0-9]+")
_MEND = Text("请选一张 BPMN 2.0 的图。", "Choose a diagram of BPMN 2.0.")


@dataclass(frozen=True, slots=True)
class Opened:
    """The new file, the lanes by name with the role they got (None for those of no role's name), and the tasks that changed."""

    path: str
    content: bytes
    lanes: Mapping[str, str | None]
    tasks: int


def opened(bundle: Bundle, name: str, content: bytes, tasks_are_people: bool) -> Opened:
    """The diagram as a file of that procedure: its ids free there, lanes with the role whose name they have.

    ``tasks_are_people`` makes user tasks of those that were drawn without a type. Misconfigured for what is no diagram.
    """
    root = _read(name, content)
    _speak_plainly(root)
    _free_ids(root, _taken(bundle))
    roles = read_manifest(read_yaml(bundle.files.get(MANIFEST), MANIFEST, Findings()), Findings()).roles
    matched = dict(_matched(root, roles))
    tasks = list(root.iter(*_UNTYPED)) if tasks_are_people else []
    for task in tasks:
        task.tag = _USER_TASK
    return Opened(_path(bundle, name), etree.tostring(root, encoding="UTF-8", xml_declaration=True), matched, len(tasks))


def _read(name: str, content: bytes) -> etree._Element:
    findings = Findings()
    file = PurePosixPath(taken_as(name)).with_suffix(SUFFIX).name
    sheets = read_sheets(Bundle({file: content}), findings)
    findings.refuse()
    if not any(children(process, *NODES) for sheet in sheets for process in sheet.processes):
        raise Misconfigured(Text("文件里没有画出流程。", "No process is drawn in the file."), _MEND, name)
    # Read again with what people wrote between the elements; that the file is harmless is known by now.
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _taken(bundle: Bundle) -> frozenset[str]:
    return frozenset(own for sheet in read_sheets(bundle, Findings()) for own in _own_ids(sheet))


def _own_ids(sheet: Sheet) -> Iterator[str]:
    return (str(one.get("id")) for one in sheet.root.iter(etree.Element) if one.get("id") and is_bpmn(one))


def _speak_plainly(root: etree._Element) -> None:
    """References with the prefix of a namespace, as some tools write them, lose it: editors look for the id alone."""
    mine = {one.get("id") for one in root.iter(etree.Element)}
    _repoint(root, lambda said: plain if said not in mine and (plain := without_prefix(said)) in mine else said)


def _free_ids(root: etree._Element, taken: frozenset[str]) -> None:
    """Ids are used once in a procedure: one that is taken gets a number, wherever it is spoken of."""
    mine = {str(one.get("id")) for one in root.iter(etree.Element) if one.get("id")}
    changed: dict[str, str] = {}
    for element in root.iter(etree.Element):
        own = element.get("id")
        if own and is_bpmn(element) and (own in taken or own in RESERVED or not ID.fullmatch(own)):
            changed.setdefault(own, _free(own, taken | mine | set(changed.values())))
    if changed:
        _repoint(root, lambda said: changed.get(said, said), "id")


def _repoint(root: etree._Element, renamed: Callable[[str], str], *others: str) -> None:
    """Every attribute and element that holds an id, and those others."""
    for element in root.iter(etree.Element):
        for name, value in element.attrib.items():
            if name in others or _points(str(name)):
                element.set(name, renamed(str(value)))
        if _points(local(element)) and element.text and not len(element):
            element.text = renamed(element.text.strip())


def _free(own: str, taken: frozenset[str]) -> str:
    stem = re.sub(r"[^A-Za-z0-9_.-]+", "_", own) or "element"
    stem = stem if ID.fullmatch(stem) and stem not in RESERVED else f"element_{stem}"
    number = 2
    while f"{stem}_{number}" in taken:
        number += 1
    return stem if stem not in taken else f"{stem}_{number}"


def _points(name: str) -> bool:
    return name.endswith(("Ref", "Refs")) or name in _POINTING


def _matched(root: etree._Element, roles: Mapping[str, Role]) -> Iterator[tuple[str, str | None]]:
    """Every lane that has steps, by its name or that of its pool, with the role it got."""
    named = {_plain(said): key for key, role in roles.items() for said in (key, role.label.zh, role.label.en)}
    pools = {one.get("processRef"): one.get("name") for around in children(root, "collaboration") for one in around}
    for lane in lanes(root):
        if not children(lane, "flowNodeRef"):
            continue
        process = next(lane.iterancestors(f"{{{BPMN}}}process"), None)
        name = lane.get("name") or pools.get(None if process is None else process.get("id")) or str(lane.get("id"))
        role = properties(lane).get("role") or named.get(_plain(name))
        if role and not properties(lane).get("role"):
            _give_role(lane, role)
        yield " ".join(name.split()), role


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()


def _give_role(lane: etree._Element, role: str) -> None:
    holder = lane.find(_EXTENSIONS)
    if holder is None:
        holder = etree.Element(_EXTENSIONS)
        lane.insert(len(children(lane, "documentation")), holder)
    held = holder.find(_PROPERTIES)
    if held is None:
        held = etree.SubElement(holder, _PROPERTIES, nsmap={"spiffworkflow": SPIFF})
    etree.SubElement(held, f"{{{SPIFF}}}property", {"name": "role", "value": role})


def _path(bundle: Bundle, name: str) -> str:
    """A free name of plain letters, as near to the file's own as may be."""
    stem = _LETTERS.sub("_", PurePosixPath(taken_as(name)).stem.lower()).strip("_") or "diagram"
    paths = (f"{stem}{number}{SUFFIX}" for number in ("", *(f"_{count}" for count in range(2, len(bundle.files) + 3))))
    return next(path for path in paths if path not in bundle.files)
