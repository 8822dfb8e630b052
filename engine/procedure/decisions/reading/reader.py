"""Reads a decision file, refusing it at the first error or noting all of them."""

from __future__ import annotations

import re
from collections.abc import Collection

from lxml import etree

from engine.domain.text import Text
from engine.procedure.decisions.model import DecisionModel
from engine.procedure.decisions.reading.elements import NAMESPACES, place_of, tag
from engine.procedure.decisions.reading.linker import Linker
from engine.procedure.findings import Findings, Place
from engine.procedure.safe_xml import parse_xml

#: What XML calls a name without colon.
_ID = re.compile(r"[^\W\d][\w.\-·]*")
_MEND_ID = Text(
    "请用字母、数字、下划线、连字符或句点写 id，以字母或下划线开头。",
    "Write the id with letters, digits, underscores, hyphens or dots, beginning with a letter or an underscore.",
)
_MEND_FILE = Text("请用本系统的决策编辑器保存这个文件。", "Save this file with the decision editor of this system.")


def parse_decisions(xml: bytes, file: str, names: Collection[str] = ()) -> DecisionModel:
    """The decisions of a file; ``Misconfigured`` with place and mend for the first error in it."""
    findings = Findings()
    model = read_decisions(xml, file, findings, names)
    findings.refuse()
    if model is None:
        raise AssertionError("a file that cannot be read has a finding")
    return model


def read_decisions(xml: bytes, file: str, findings: Findings, names: Collection[str] = ()) -> DecisionModel | None:
    """The same for a check that goes on: all faults are noted; None when nothing can be read at all."""
    own = Findings()
    root = parse_xml(xml, file, own)
    if root is not None and (tag(root) != "definitions" or root.tag[1 : -len("}definitions")] not in NAMESPACES):
        text = Text("这不是 DMN 1.1 至 1.5 的决策文件。", "This is no decision file of DMN 1.1 to 1.5.")
        own.error("decision-file", Place(file, 1), text, _MEND_FILE)
        root = None
    else:
        _note_ids(root, file, own)
    model = None if root is None else Linker(root, file, own, names).model()
    findings.extend(own)
    return model


def _note_ids(root: etree._Element | None, file: str, findings: Findings) -> None:
    # The engine does not mind, but a decision editor drops whatever has such an id, with all that is in it.
    for element in root.iter(etree.Element) if root is not None else ():
        own = element.get("id")
        if own is not None and not _ID.fullmatch(own):
            text = Text(
                f"id“{own}”不是合法的名称，决策编辑器读不了。",
                f'The id "{own}" is no XML name; a decision editor cannot read it.',
            )
            findings.warning("unreadable-id", place_of(element, file), text, _MEND_ID)
