"""Rules about ids and names: present, unique across the procedure, none that the engine keeps for itself."""

from __future__ import annotations

import re

from lxml import etree

from engine.domain.text import Text, untranslated
from engine.procedure.check.drawing.mending import ask, free_id, named_by_id
from engine.procedure.check.subject import Subject, title
from engine.procedure.diagrams.markup import ACTIVITIES, BPMN, NODES, is_bpmn, local, properties
from engine.procedure.diagrams.reader import Sheet

#: Ids that the workflow library gives to nodes of its own.
RESERVED = frozenset({"Start", "End", "Root"})
#: What people read on a drawing beside the activities, whose names are asked for one by one.
_NAMED = tuple(f"{{{BPMN}}}{name}" for name in sorted({"participant", "lane", "sequenceFlow"} | (NODES - ACTIVITIES)))
ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


def check_identity(subject: Subject) -> None:
    """Every id and name of every drawing."""
    seen: dict[str, str] = {}
    for sheet in subject.reading.sheets:
        if not sheet.processes:
            subject.error(
                "no-process", sheet.place(sheet.root), "文件里没有流程。", "The file has no process.",
                "请画一个流程，或删去这个文件。", "Draw a process, or remove the file.",
            )  # fmt: skip
        _check_sheet(subject, sheet, seen)
    if subject.alone:
        _count_names(subject)
        return
    for _, node in subject.nodes():
        _check_name(subject, node)
    for sheet in subject.sheets:
        _check_english(subject, sheet)


def _check_sheet(subject: Subject, sheet: Sheet, seen: dict[str, str]) -> None:
    inside: set[str] = set()
    for element in sheet.root.iter(etree.Element):
        if not is_bpmn(element):
            continue
        own = element.get("id")
        if local(element) in NODES or local(element) == "process":
            _check_id(subject, sheet, element)
            _check_unique(subject, sheet, element, seen)
        if own and own in inside:
            _duplicate(subject, sheet, element, sheet.file)
        inside.add(str(own))


def _check_id(subject: Subject, sheet: Sheet, element: etree._Element) -> None:
    own = str(element.get("id") or "")
    if not ID.fullmatch(own):
        subject.error(
            "id", sheet.place(element), f"“{title(element)}”没有可用的 id。", f'"{title(element)}" has no usable id.',
            "请用英文字母、数字和下划线写 id，例如 record_complaint。",
            "Write an id of letters, digits and underscores, such as record_complaint.",
        )  # fmt: skip
    elif own in RESERVED or own.endswith(".EndJoin"):
        subject.error(
            "reserved-id", sheet.place(element), f"id“{own}”留给引擎自己用。",
            f'The id "{own}" is kept by the engine for itself.',
            "请换一个 id，例如 complaint_received。", "Choose another id, such as complaint_received.",
        )  # fmt: skip


def _check_unique(subject: Subject, sheet: Sheet, element: etree._Element, seen: dict[str, str]) -> None:
    own = str(element.get("id") or "")
    if own and seen.setdefault(own, sheet.file) != sheet.file:
        _duplicate(subject, sheet, element, seen[own])


def _duplicate(subject: Subject, sheet: Sheet, element: etree._Element, other: str) -> None:
    own = element.get("id")
    subject.error(
        "duplicate-id", sheet.place(element), f"id“{own}”在 {other} 里已经用了。", f'The id "{own}" is already used in {other}.',
        "同一规程里每个 id 只能用一次，请改其中一个。", "An id is used once in a procedure; change one of them.",
        free_id(own, str(own), _taken(subject)) if other != sheet.file else None,
    )  # fmt: skip


def _taken(subject: Subject) -> set[str]:
    return {str(element.get("id")) for sheet in subject.reading.sheets for element in sheet.root.iter(etree.Element)}


def _count_names(subject: Subject) -> None:
    """Diagrams of other tools have one language: that is said once a file."""
    for sheet in subject.reading.sheets:
        tasks = [node for graph, node in subject.nodes(*ACTIVITIES) if graph.sheet is sheet]
        lacking = [node for node in tasks if not node.get("name") or not properties(node).get("name_en")]
        if lacking:
            first, count = lacking[0], len(lacking)
            subject.warning(
                "name", sheet.place(first), f"“{title(first)}”等 {count} 个步骤没有写全中文名和英文名。",
                f'"{title(first)}" and others lack a Chinese or an English name: {count} in all.',
                "请在属性栏补上；英文界面的人看英文名。",
                "Add them in the properties panel; people who read English see the English name.",
                named_by_id(first.get("id")) if first.get("name") else ask(first.get("id"), "name", "填名称", "Fill in the name"),
            )  # fmt: skip


def _check_english(subject: Subject, sheet: Sheet) -> None:
    """Lanes, branches, events and the like that have a Chinese name alone, once a file: English readers see that."""
    named = (element for element in sheet.root.iter(*_NAMED) if (element.get("name") or "").strip())
    lacking = [one for one in named if untranslated(Text(one.get("name") or "", properties(one).get("name_en") or ""))]
    if lacking:
        first, count = lacking[0], len(lacking)
        subject.warning(
            "english", sheet.place(first), f"“{title(first)}”等 {count} 处没有英文名称，英文界面上看到的是中文。",
            f'"{title(first)}" and others lack an English name: {count} in all. Who reads English sees the Chinese.',
            "请在属性栏补上；没有人看英文的，可以不管。",
            "Add it in the properties panel; where nobody reads English, leave it.",
            ask(first.get("id"), "name_en", "填英文名称", "Fill in the English name"),
        )  # fmt: skip


def _check_name(subject: Subject, node: etree._Element) -> None:
    own = str(node.get("id"))
    element = subject.reading.elements.get(own)
    if local(node) not in ACTIVITIES or element is None:
        return
    missing = "中文名称" if not node.get("name") else "英文名称" if not properties(node).get("name_en") else ""
    if missing:
        sheet = next(sheet for sheet in subject.reading.sheets if sheet.file == element.file)
        english = "English name" if node.get("name") else "Chinese name"
        subject.warning(
            "name", sheet.place(node), f"“{title(node)}”缺少{missing}。", f'"{title(node)}" lacks its {english}.',
            "请在属性栏补上。", "Add it in the properties panel.",
            named_by_id(own) if node.get("name") else ask(own, "name", "填名称", "Fill in the name"),
        )  # fmt: skip
