"""Rules about what other tools write into a diagram: kept as it is, and not followed."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from engine.domain.text import Text
from engine.procedure.check.foreign.tags import BPMN_TAGS
from engine.procedure.check.subject import Drawings, title
from engine.procedure.diagrams.markup import BPMN, SPIFF, is_bpmn, local
from engine.procedure.diagrams.reader import Sheet

_DIAGRAM = "{http://www.omg.org/spec/BPMN/20100524/DI}BPMNDiagram"
#: Namespaces that are no extension of another tool.
_OURS = ("http://www.omg.org/", "http://www.w3.org/", SPIFF, "urn:redress:")
#: What stands in a namespace, who writes it, and whether it steers that tool's engine.
_VENDORS = (
    ("camunda.org/schema/zeebe", "Camunda 8", True), ("camunda.org", "Camunda 7", True), ("activiti", "Activiti", True),
    ("flowable", "Flowable", True), ("jboss.org", "jBPM", True), ("bonitasoft", "Bonita", True), ("ibm.com", "IBM", True),
    ("oracle.com", "Oracle", True), ("bizagi", "Bizagi", True), ("signavio", "SAP Signavio", False), ("w4.eu", "W4", False),
    ("trisotech", "Trisotech", False), ("itp-commerce", "itp-commerce", False), ("bpsim", "BPSim", False),
    ("yaoqiang", "Yaoqiang", False), ("visual-paradigm", "Visual Paradigm", False),
    ("sparxsystems", "Enterprise Architect", False),
)  # fmt: skip
_AGAIN = Text(
    "谁来办、填什么表、调什么服务，请在属性栏重新设定。",
    "Set again in the properties panel who does it, which form is filled in and which service is called.",
)
_LEAVE = Text(
    "不用处理；想去掉，请在原来的工具里导出不带扩展的 BPMN。",
    "Nothing need be done; to be rid of it, export plain BPMN from that tool.",
)


def check_extensions(subject: Drawings) -> None:
    """Every file: each tool once, where it first writes something; and every element that BPMN does not know."""
    for sheet in subject.sheets:
        seen: set[str] = set()
        for element in _elements(sheet.root):
            for namespace in _namespaces(element):
                if namespace not in seen:
                    seen.add(namespace)
                    _tell(subject, sheet, _holder(element), namespace)
            if is_bpmn(element) and local(element) not in BPMN_TAGS and not _within_extension(element):
                _unknown(subject, sheet, element)


def _elements(root: etree._Element) -> Iterator[etree._Element]:
    """Everything but the root and the drawing."""
    for part in root.iterchildren(etree.Element):
        if part.tag != _DIAGRAM:
            yield from part.iter(etree.Element)


def _namespaces(element: etree._Element) -> Iterator[str]:
    """The namespaces of an element and its attributes that belong to other tools."""
    for name in map(str, (element.tag, *element.keys())):
        namespace = name[1:].partition("}")[0] if name[0] == "{" else ""
        if namespace and not namespace.startswith(_OURS):
            yield namespace


def _within_extension(element: etree._Element) -> bool:
    """Whether a tool wrote the element among its own: names without a namespace are BPMN's there by mistake."""
    return next(element.iterancestors(f"{{{BPMN}}}extensionElements"), None) is not None


def _holder(element: etree._Element) -> etree._Element:
    """The BPMN element that carries it."""
    around = (one for one in (element, *element.iterancestors()) if is_bpmn(one) and one.get("id"))
    return next(around, element)


def _tell(subject: Drawings, sheet: Sheet, holder: etree._Element, namespace: str) -> None:
    tool, steers = next(((tool, steers) for part, tool, steers in _VENDORS if part in namespace.lower()), (namespace, False))
    mend = _AGAIN if steers else _LEAVE
    subject.warning(
        "foreign-extension", sheet.place(holder), f"“{title(holder)}”等处带有 {tool} 的内容，会原样保留，但引擎不按它办。",
        f'"{title(holder)}" and perhaps others carry content of {tool}: it is kept as it is and not followed.', mend.zh, mend.en,
    )  # fmt: skip


def _unknown(subject: Drawings, sheet: Sheet, element: etree._Element) -> None:
    subject.error(
        "unknown-element", sheet.place(_holder(element)), f"“{title(_holder(element))}”里的 {local(element)} 不是 BPMN 的元素。",
        f'{local(element)} in "{title(_holder(element))}" is no element of BPMN.',
        "请删去，或在原来的工具里重新导出。", "Delete it, or export the diagram again from its tool.",
    )  # fmt: skip
