"""Is an XML file a BPMN diagram, and if not, what is it: so that its owner knows what to export instead."""

from __future__ import annotations

from lxml import etree

from engine.domain.text import Text
from engine.procedure.diagrams.markup import BPMN, line_of
from engine.procedure.findings import Findings, Place

_EXPORT = Text("请在原来的工具里导出为 BPMN 2.0 XML。", "Export it from its tool as BPMN 2.0 XML.")
_DRAW = Text("请选 .bpmn 图，或用图形编辑器重画。", "Choose a .bpmn diagram, or draw it with the diagram editor.")
#: What stands in the namespace or tag of other files that people take for diagrams, and what they are called.
_OTHERS = (
    ("xpdl", "XPDL"), ("/dmn/", "DMN"), ("/cmmn/", "CMMN"), ("wsdl", "WSDL"), ("bpel", "BPEL"), ("/uml/", "UML"), ("/xmi", "XMI"),
    ("mxfile", "draw.io"), ("mxgraph", "draw.io"), ("visio", "Visio"), ("svg", "SVG"), ("html", "HTML"),
)  # fmt: skip


def is_diagram(root: etree._Element, file: str, findings: Findings) -> bool:
    """Whether the root is that of BPMN 2.0; otherwise it is noted what the file is."""
    name = etree.QName(root)
    if name.namespace == BPMN and name.localname == "definitions":
        return True
    place, spoken = Place(file, line_of(root), root.get("id")), f"{name.namespace or ''}/{name.localname}".lower()
    if "bpmn" in spoken:
        text = Text(
            f"这是旧版的 BPMN（{name.namespace or name.localname}），不是 BPMN 2.0。",
            f"This is an older BPMN ({name.namespace or name.localname}), not BPMN 2.0.",
        )
        findings.error("old-bpmn", place, text, _EXPORT)
        return False
    other = next((called for part, called in _OTHERS if part in spoken), None)
    what = Text(f"这是 {other} 文件，不是 BPMN 图。", f"This is a file of {other}, not a BPMN diagram.")
    plain = Text("这不是 BPMN 图。", "This is not a BPMN diagram.")
    findings.error("not-bpmn", place, what if other else plain, _EXPORT if other else _DRAW)
    return False
