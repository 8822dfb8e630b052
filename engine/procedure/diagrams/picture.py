"""What a drawing shows, as boxes, lines and words, for those who draw it again without knowing XML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from lxml import etree

from engine.domain.text import Text, named
from engine.procedure.diagrams.markup import BPMN, children, local, properties
from engine.procedure.diagrams.model import Diagram
from engine.procedure.findings import Findings
from engine.procedure.safe_xml import parse_xml

DI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
WAYPOINT = "{http://www.omg.org/spec/DD/20100524/DI}waypoint"
#: Room around everything.
_MARGIN = 10
_FARTHEST = 100_000

Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in whole units of the drawing."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Shape:
    """An element: its BPMN name, words and place; ``marks`` are its event definitions, ``dashed`` that it interrupts nothing."""

    id: str
    kind: str
    text: Text
    box: Box
    label: Box | None
    marks: tuple[str, ...] = ()
    dashed: bool = False
    expanded: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A flow: its BPMN name, words and way; ``usual`` is the one taken when no condition holds."""

    id: str
    kind: str
    text: Text
    points: tuple[Point, ...]
    label: Box | None
    usual: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything drawn, containers first, and the rectangle that holds it."""

    frame: Box
    shapes: tuple[Shape, ...]
    lines: tuple[Line, ...]

    @property
    def names(self) -> dict[str, Text]:
        """What everything with a name is called, lanes and branches among it."""
        return {
            **{one.id: one.text for one in self.shapes if one.text.zh},
            **{one.id: one.text for one in self.lines if one.text.zh},
        }


@lru_cache(maxsize=128)
def picture_of(diagram: Diagram) -> Picture | None:
    """The picture of a diagram's file; None where nothing is drawn or it cannot be read."""
    root = parse_xml(diagram.xml, diagram.file, Findings())
    plane = None if root is None else next(root.iter(f"{{{DI}}}BPMNPlane"), None)
    if root is None or plane is None:
        return None
    elements = {str(element.get("id")): element for element in root.iter(f"{{{BPMN}}}*") if element.get("id")}
    shapes = [shape for drawn in plane.iter(f"{{{DI}}}BPMNShape") if (shape := _shape(drawn, elements)) is not None]
    lines = [line for drawn in plane.iter(f"{{{DI}}}BPMNEdge") if (line := _line(drawn, elements)) is not None]
    return Picture(_frame(shapes, lines), tuple(shapes), tuple(lines)) if shapes else None


def _shape(drawn: etree._Element, elements: dict[str, etree._Element]) -> Shape | None:
    element, box = elements.get(str(drawn.get("bpmnElement"))), _box(drawn.find(f"{{{DC}}}Bounds"))
    if element is None or box is None:
        return None
    process = elements.get(str(element.get("processRef")))
    return Shape(
        id=str(element.get("id")),
        kind=local(element),
        text=_words(element, process),
        box=box,
        label=_label(drawn),
        marks=tuple(local(child).removesuffix("EventDefinition") for child in element if _defines(child)),
        dashed="false" in (element.get("cancelActivity"), element.get("isInterrupting")),
        expanded=drawn.get("isExpanded") == "true",
    )


def _defines(child: etree._Element) -> bool:
    return isinstance(child.tag, str) and local(child).endswith("EventDefinition")


def _line(drawn: etree._Element, elements: dict[str, etree._Element]) -> Line | None:
    element = elements.get(str(drawn.get("bpmnElement")))
    points = [point for waypoint in drawn.iter(WAYPOINT) if (point := _point(waypoint)) is not None]
    if element is None or len(points) < 2:
        return None
    source = elements.get(str(element.get("sourceRef")))
    usual = source is not None and source.get("default") == element.get("id")
    return Line(str(element.get("id")), local(element), _words(element), tuple(points), _label(drawn), usual)


def _words(element: etree._Element, process: etree._Element | None = None) -> Text:
    notes = children(element, "text")
    zh = element.get("name") or ("".join(map(str, notes[0].itertext())) if notes else "")
    own = properties(element).get("name_en") or (properties(process).get("name_en") if process is not None else "")
    return named(" ".join(zh.split()), " ".join((own or zh).split()))


def _label(drawn: etree._Element) -> Box | None:
    return _box(drawn.find(f"{{{DI}}}BPMNLabel/{{{DC}}}Bounds"))


def _box(bounds: etree._Element | None) -> Box | None:
    if bounds is None:
        return None
    numbers = [_number(bounds.get(name)) for name in ("x", "y", "width", "height")]
    return None if None in numbers else Box(*(number or 0 for number in numbers))


def _point(waypoint: etree._Element) -> Point | None:
    x, y = _number(waypoint.get("x")), _number(waypoint.get("y"))
    return None if x is None or y is None else (x, y)


def _number(text: str | None) -> int | None:
    try:
        number = Decimal(text or "")
        # Compared before it is made whole: a number of a million digits is no place.
        return round(number) if abs(number) <= _FARTHEST else None
    except InvalidOperation:
        return None


def _frame(shapes: list[Shape], lines: list[Line]) -> Box:
    corners = [*_corners(shapes), *(point for line in lines for point in line.points)]
    left, top = min(x for x, _ in corners) - _MARGIN, min(y for _, y in corners) - _MARGIN
    right, bottom = max(x for x, _ in corners) + _MARGIN, max(y for _, y in corners) + _MARGIN
    return Box(left, top, right - left, bottom - top)


def _corners(shapes: list[Shape]) -> Iterator[Point]:
    for shape in shapes:
        for box in filter(None, (shape.box, shape.label)):
            yield box.x, box.y
            yield box.x + box.width, box.y + box.height
