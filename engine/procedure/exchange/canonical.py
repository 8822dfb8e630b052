"""One way to write every file, whichever editor made it, so that two versions differ where their content does."""

from __future__ import annotations

import json
from collections.abc import Callable

from lxml import etree

from engine.procedure.bundle import Bundle
from engine.procedure.diagrams.markup import BPMN, is_bpmn
from engine.procedure.exchange.xml import read_xml, write_xml
from engine.procedure.forms.written import loaded

#: What BPMN takes an attribute to say that is not written: editors leave it out, or write it, as they please.
_UNSAID = {
    "behavior": "All", "cancelActivity": "true", "cancelRemainingInstances": "true", "completionQuantity": "1",
    "eventGatewayType": "Exclusive", "expressionLanguage": "http://www.w3.org/1999/XPath", "gatewayDirection": "Unspecified",
    "instantiate": "false", "isCollection": "false", "isForCompensation": "false", "isInterrupting": "true",
    "isSequential": "false", "isUnlimited": "true", "parallelMultiple": "false", "startQuantity": "1", "testBefore": "false",
    "textFormat": "text/plain", "triggeredByEvent": "false", "typeLanguage": "http://www.w3.org/2001/XMLSchema",
    "waitForCompletion": "true",
}  # fmt: skip


def canonical(bundle: Bundle) -> Bundle:
    """The same procedure in files as they are kept and exported; doing it twice changes nothing."""
    return Bundle({path: canonical_file(path, data) for path, data in bundle.files.items()})


def canonical_file(path: str, data: bytes) -> bytes:
    """One file as it is kept; one that cannot be read stays as it came, for the check to say why."""
    write = _WRITERS.get(path.rpartition(".")[2])
    return write(data) if write else _lines(data)


def _form(data: bytes) -> bytes:
    try:
        return (json.dumps(loaded(data), ensure_ascii=False, indent=2) + "\n").encode()
    except (ValueError, RecursionError):
        return _lines(data)


def _drawing(data: bytes) -> bytes:
    root = read_xml(data)
    if root is None:
        return _lines(data)
    for element in root.iter(f"{{{BPMN}}}*"):
        for name in [name for name, value in element.attrib.items() if _UNSAID.get(str(name)) == value]:
            del element.attrib[name]
    for plane in root.iter("{*}BPMNPlane"):
        _order(plane, _places(root))
    return write_xml(root)


def _decisions(data: bytes) -> bytes:
    root = read_xml(data)
    if root is None:
        return _lines(data)
    # An editor leaves it out where it is the usual one, and yet it is what the table means.
    for table in root.iter("{*}decisionTable"):
        if table.get("hitPolicy") is None:
            table.set("hitPolicy", "UNIQUE")
    return write_xml(root)


def _places(root: etree._Element) -> dict[str, int]:
    """Where each element stands in the file: pools come before lanes, lanes before what lies in them, as they are painted."""
    named = (element.get("id") for element in root.iter(f"{{{BPMN}}}*") if is_bpmn(element))
    return {key: place for place, key in enumerate(filter(None, named))}


def _order(plane: etree._Element, places: dict[str, int]) -> None:
    # An editor shuffles the drawn shapes whenever it saves; what is not known to the model keeps its place at the end.
    drawn = [child for child in plane if isinstance(child.tag, str)]
    drawn.sort(key=lambda child: places.get((child.get("bpmnElement") or "").rpartition(":")[2], len(places)))
    for child in drawn:
        plane.remove(child)
    plane.extend(drawn)


def _lines(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n")


_WRITERS: dict[str, Callable[[bytes], bytes]] = {"bpmn": _drawing, "dmn": _decisions, "form": _form}
