"""Rules about a drawing's looks: shapes, lines and names that cover each other, leave their lane, or are missing."""

from __future__ import annotations

from itertools import combinations

from lxml import etree

from engine.domain.text import Text
from engine.procedure.check.layout.geometry import Box
from engine.procedure.check.layout.plane import LETTER, Plane, Shape, elements_of, planes, width_of
from engine.procedure.check.subject import Drawings, title
from engine.procedure.diagrams.lanes import lanes
from engine.procedure.diagrams.markup import NODES, TASKS, children, local, text_of
from engine.procedure.diagrams.reader import Sheet
from engine.procedure.findings import Mending

#: What counts as touching only; half an event lies outside the task on whose border it sits.
TOUCH, EVENT = 2.0, 18.0
#: A name farther from its element than this belongs to nobody's eye.
ASTRAY = 60.0
#: Room for the name inside a task: letters are one unit bigger there, lines leave a border free.
INSIDE_LETTER, BORDER = LETTER + 1, 5
#: Moved apart, two shapes have this between them, and stand on this grid.
BETWEEN, GRID = 30, 10
SOLID = NODES | {"textAnnotation"}
DRAWN = NODES | {"lane", "participant", "sequenceFlow", "textAnnotation"}


def check_layout(subject: Drawings) -> None:
    """Every canvas of every file."""
    for sheet in subject.sheets:
        drawn = planes(sheet)
        _check_missing(subject, sheet, drawn)
        for plane in drawn:
            _check_shapes(subject, sheet, plane)
            _check_places(subject, sheet, plane)
            _check_lines(subject, sheet, plane)
            _check_names(subject, sheet, plane)


def _check_missing(subject: Drawings, sheet: Sheet, drawn: list[Plane]) -> None:
    """A file without any canvas is told once."""
    if not any(plane.shapes for plane in drawn):
        subject.warning(
            "no-drawing", sheet.place(sheet.root), "文件里的流程没有画出来。", "The process of the file is not drawn.",
            "请在图形编辑器里打开，排好再保存。", "Open it in the diagram editor, arrange and save it.",
        )  # fmt: skip
        return
    seen = {one.element for plane in drawn for one in plane.drawn}
    for element in elements_of(sheet).values():
        if local(element) in DRAWN and element not in seen:
            subject.warning(
                "not-drawn", sheet.place(element), f"“{title(element)}”没有画出来。", f'"{title(element)}" is not drawn.',
                "请在图形编辑器里把它画上，或删去。", "Draw it in the diagram editor, or delete it.",
            )  # fmt: skip


def _check_shapes(subject: Drawings, sheet: Sheet, plane: Plane) -> None:
    solid = [(shape, shape.box.grown(-TOUCH)) for shape in plane.shapes if local(shape.element) in SOLID]
    for (one, box), (other, beside) in combinations(solid, 2):
        if box.meets(beside) and not _belongs(plane, one, other):
            _covers(subject, sheet, other.element, title(one.element), mending=_apart(other, one))


def _apart(shape: Shape, other: Shape) -> Mending | None:
    """The shape moved by the shorter way past the other, on the grid; what sits on a border stays there."""
    if shape.element.get("attachedToRef"):
        return None
    right, down = other.box.right + BETWEEN - shape.box.x, other.box.bottom + BETWEEN - shape.box.y
    way = f"{_on_grid(right)},0" if right <= down else f"0,{_on_grid(down)}"
    return Mending("move", Text("挪开", "Move it aside"), shape.element.get("id"), value=way)


def _on_grid(distance: float) -> int:
    return -int(-distance // GRID) * GRID


def _belongs(plane: Plane, one: Shape, other: Shape) -> bool:
    """Whether one lies in the other or sits on its border."""
    for inner, outer in ((one, other), (other, one)):
        host = plane.by_id.get(inner.element.get("attachedToRef") or "")
        if outer is host or outer in plane.around.get(inner, ()) or (host and outer in plane.around.get(host, ())):
            return True
    return False


def _check_places(subject: Drawings, sheet: Sheet, plane: Plane) -> None:
    for lane in lanes(sheet.root):
        around = plane.by_id.get(str(lane.get("id")))
        for own in map(text_of, children(lane, "flowNodeRef")) if around else ():
            shape = plane.by_id.get(own)
            if shape is not None and around is not None and not _room(around.box, shape).holds(shape.box):
                _strays(subject, sheet, shape.element, title(lane))
    for shape, hosts in plane.around.items():
        if hosts and not _room(hosts[0].box, shape).holds(shape.box):
            _strays(subject, sheet, shape.element, title(hosts[0].element))


def _room(box: Box, shape: Shape) -> Box:
    return box.grown(EVENT if shape.element.get("attachedToRef") else 0)


def _check_lines(subject: Drawings, sheet: Sheet, plane: Plane) -> None:
    open_hosts = _hosts(plane)
    solid = [(shape, shape.box.grown(-TOUCH)) for shape in plane.nodes if shape.element not in open_hosts]
    for line in plane.lines:
        ends = {line.element.get("sourceRef"), line.element.get("targetRef")}
        left, right = min(x for x, _ in line.points), max(x for x, _ in line.points)
        for shape, inside in solid:
            if shape.element.get("id") in ends or shape.box.right <= left or shape.box.x >= right:
                continue
            if any(inside.crossed_by(begin, end) for begin, end in zip(line.points, line.points[1:], strict=False)):
                subject.warning(
                    "line-through", sheet.place(line.element),
                    f"连线“{title(line.element)}”穿过了“{title(shape.element)}”。",
                    f'The line "{title(line.element)}" runs through "{title(shape.element)}".',
                    "请绕开画。", "Lead it around.",
                )  # fmt: skip


def _hosts(plane: Plane) -> set[etree._Element]:
    """Subprocesses that are drawn open: lines inside them are meant to be there."""
    return {host.element for hosts in plane.around.values() for host in hosts}


def _check_names(subject: Drawings, sheet: Sheet, plane: Plane) -> None:
    labels, open_hosts = [(element, box.grown(-TOUCH)) for element, box in plane.labels()], _hosts(plane)
    for (one, box), (other, beside) in combinations(labels, 2):
        if box.meets(beside):
            _covers(subject, sheet, other, title(one), "的名称")
    for shape in plane.nodes:
        inside = shape.box.grown(-TOUCH)
        for element, box in labels if shape.element not in open_hosts else ():
            if inside.meets(box):
                _covers(subject, sheet, element, title(shape.element), "的名称")
        if shape.label is not None and not shape.box.grown(ASTRAY).meets(shape.label):
            _strays(subject, sheet, shape.element, title(shape.element), "的名称")
        if local(shape.element) in TASKS | {"callActivity"} and not _fits(shape):
            subject.warning(
                "name-too-long", sheet.place(shape.element), f"“{title(shape.element)}”的名称写不进框里。",
                f'The name of "{title(shape.element)}" does not fit into its box.',
                "请写短些，或把框拉大。", "Shorten it, or make the box bigger.",
            )  # fmt: skip


def _fits(shape: Shape) -> bool:
    room = shape.box.width - 2 * BORDER
    lines = -(-width_of(title(shape.element), INSIDE_LETTER) // room) if room > 0 else 99
    return lines * (INSIDE_LETTER + 3) <= shape.box.height - 2 * BORDER


def _covers(
    subject: Drawings, sheet: Sheet, element: etree._Element, other: str, what: str = "", mending: Mending | None = None
) -> None:  # fmt: skip
    english = f'The name of "{title(element)}"' if what else f'"{title(element)}"'
    subject.warning(
        "covered", sheet.place(element), f"“{title(element)}”{what}和“{other}”重叠。", f'{english} overlaps with "{other}".',
        "请挪开。", "Move them apart.", mending,
    )  # fmt: skip


def _strays(subject: Drawings, sheet: Sheet, element: etree._Element, home: str, what: str = "") -> None:
    english = f'The name of "{title(element)}" is far from it.' if what else f'"{title(element)}" lies outside "{home}".'
    subject.warning(
        "strayed", sheet.place(element),
        f"“{title(element)}”{what}离得太远。" if what else f"“{title(element)}”画在“{home}”外面。", english,
        "请移回来。", "Move it back.",
    )  # fmt: skip
