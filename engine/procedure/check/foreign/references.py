"""Rules about references that lead nowhere: flows of messages, notes, pools, shapes, and other files."""

from __future__ import annotations

from lxml import etree

from engine.procedure.check.layout.plane import elements_of
from engine.procedure.check.subject import Drawings, title
from engine.procedure.diagrams.markup import BPMN, children, without_prefix
from engine.procedure.diagrams.reader import Sheet

_DI = "http://www.omg.org/spec/BPMN/20100524/DI"
#: Element: the attributes that point to others, whether it must have them, and what people call it.
_POINTING = {
    f"{{{BPMN}}}messageFlow": (("sourceRef", "targetRef"), True, "消息流", "message flow"),
    f"{{{BPMN}}}association": (("sourceRef", "targetRef"), True, "注释线", "association"),
    f"{{{BPMN}}}participant": (("processRef",), False, "泳池", "pool"),
    f"{{{BPMN}}}dataObjectReference": (("dataObjectRef",), False, "数据对象", "data object"),
}
_SHAPES = (f"{{{_DI}}}BPMNShape", f"{{{_DI}}}BPMNEdge")


def check_loose(subject: Drawings) -> None:
    """Every reference of every file; and files that a file wants to import."""
    for sheet in subject.sheets:
        ids = {element.get("id") for element in sheet.root.iter(etree.Element)}
        for element in sheet.root.iter(*_POINTING):
            _check_ends(subject, sheet, element, ids)
        _check_shapes(subject, sheet, ids)
        _check_drawn_twice(subject, sheet)
        _check_imports(subject, sheet)


def _check_ends(subject: Drawings, sheet: Sheet, element: etree._Element, ids: set[str | None]) -> None:
    attributes, must, zh, en = _POINTING[str(element.tag)]
    for attribute in attributes:
        reference = element.get(attribute)
        if reference is None and not must:
            continue
        if reference is None or without_prefix(reference) not in ids:
            said = f"“{reference}”不存在" if reference else "没有接上"
            english = f'"{reference}" does not exist' if reference else "one end of it is loose"
            subject.warning(
                "broken-reference", sheet.place(element), f"{zh}“{title(element)}”指向的元素找不到：{said}。",
                f'The {en} "{title(element)}" leads nowhere: {english}.',
                "请重新接上，或删去它。", "Join it again, or delete it.",
            )  # fmt: skip


def _check_shapes(subject: Drawings, sheet: Sheet, ids: set[str | None]) -> None:
    """One file, one sentence: editors leave such shapes out by themselves."""
    astray = [drawn for drawn in sheet.root.iter(*_SHAPES) if without_prefix(str(drawn.get("bpmnElement"))) not in ids]
    if astray:
        subject.warning(
            "broken-reference", sheet.place(astray[0]), f"有 {len(astray)} 个图形不对应任何元素，打开时看不见。",
            f"{len(astray)} shapes belong to no element and are not shown.",
            "请在图形编辑器里打开再保存，它们就去掉了。", "Open the file in the diagram editor and save it: they go away.",
        )  # fmt: skip


def _check_drawn_twice(subject: Drawings, sheet: Sheet) -> None:
    """Of several shapes with one id editors show the first."""
    seen: set[str | None] = {None}
    elements = elements_of(sheet)
    for drawn in sheet.root.iter(*_SHAPES):
        own, element = drawn.get("id"), elements.get(without_prefix(str(drawn.get("bpmnElement"))))
        if own in seen and own and element is not None:
            subject.warning(
                "duplicate-id", sheet.place(element), f"“{title(element)}”的图形和别的图形同用 id“{own}”，可能看不见。",
                f'The shape of "{title(element)}" has the id "{own}" of another shape; an editor may not show it.',
                "请在原来的工具里重新导出；或在编辑器里删去它，重画一个。",
                "Export it again from its tool; or delete it in the editor and draw it anew.",
            )  # fmt: skip
        seen.add(own)


def _check_imports(subject: Drawings, sheet: Sheet) -> None:
    for asked in children(sheet.root, "import"):
        location = str(asked.get("location") or asked.get("namespace") or "")
        subject.warning(
            "import", sheet.place(sheet.root), f"这个文件要引用另一个文件“{location}”，引擎不会去取。",
            f'This file refers to another, "{location}", which the engine does not fetch.',
            "请把那个文件也放进规程，用“调用流程”调用里面的流程。",
            "Put that file into the procedure, too, and call the process in it.",
        )  # fmt: skip
