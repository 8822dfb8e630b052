"""Reads a decision file, refusing it at the first error or noting all of them."""

from __future__ import annotations

from collections.abc import Collection

from engine.domain.text import Text
from engine.procedure.decisions.model import DecisionModel
from engine.procedure.decisions.reading.elements import NAMESPACES, tag
from engine.procedure.decisions.reading.linker import Linker
from engine.procedure.findings import Findings, Place
from engine.procedure.safe_xml import parse_xml

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
    model = None if root is None else Linker(root, file, own, names).model()
    findings.extend(own)
    return model
