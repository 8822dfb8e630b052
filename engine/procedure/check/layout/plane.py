"""What a drawing shows: the shapes of elements, the lines of flows, and where their names stand."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from engine.procedure.check.layout.geometry import Box, Point
from engine.procedure.diagrams.markup import EVENTS, GATEWAYS, NODES, SUBPROCESSES, is_bpmn, local, without_prefix
from engine.procedure.diagrams.reader import Sheet

DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
WAYPOINT = "{http://www.omg.org/spec/DD/20100524/DI}waypoint"
#: Names of these stand beside the shape; all other names stand inside.
NAMED_OUTSIDE = EVENTS | GATEWAYS
#: How editors write a name beside its element: letters of this size, in lines of this width and height.
LETTER, LINE_WIDTH, LINE_HEIGHT = 11, 90, 14
#: The distance of a name from the middle of its flow, where the file does not place it.
BESIDE_FLOW = 15


@dataclass(frozen=True, eq=False, slots=True)
class Shape:
    """An element as drawn; ``label`` is where its name stands when that is outside."""

    element: etree._Element
    box: Box
    label: Box | None


@dataclass(frozen=True, eq=False, slots=True)
class Line:
    """A flow as drawn, and where its name stands."""

    element: etree._Element
    points: tuple[Point, ...]
    label: Box | None


class Plane:
    """One canvas of a file."""

    def __init__(self, sheet: Sheet, plane: etree._Element) -> None:
        self._elements = elements_of(sheet)
        self.shapes = [shape for drawn in plane.iter(f"{DI}BPMNShape") if (shape := self._shape(drawn)) is not None]
        self.lines = [line for drawn in plane.iter(f"{DI}BPMNEdge") if (line := self._line(drawn)) is not None]

    @cached_property
    def nodes(self) -> list[Shape]:
        """The flow nodes."""
        return [shape for shape in self.shapes if local(shape.element) in NODES]

    @cached_property
    def by_id(self) -> dict[str, Shape]:
        """The shapes by the id of their element."""
        return {str(shape.element.get("id")): shape for shape in self.shapes}

    @cached_property
    def around(self) -> dict[Shape, list[Shape]]:
        """Each flow node with the subprocesses on this canvas in which it lies."""
        hosts = {shape.element: shape for shape in self.nodes if local(shape.element) in SUBPROCESSES}
        return {shape: [hosts[one] for one in shape.element.iterancestors() if one in hosts] for shape in self.nodes}

    @property
    def drawn(self) -> list[Shape | Line]:
        """Everything on the canvas."""
        return [*self.shapes, *self.lines]

    def labels(self) -> Iterator[tuple[etree._Element, Box]]:
        """Every name that stands beside its element."""
        for drawn in self.drawn:
            if drawn.label is not None:
                yield drawn.element, drawn.label

    def _element(self, drawn: etree._Element) -> etree._Element | None:
        """What is drawn here; some tools write the prefix of its namespace before the id."""
        own = drawn.get("bpmnElement")
        return self._elements.get(own) if own in self._elements else self._elements.get(without_prefix(str(own)))

    def _shape(self, drawn: etree._Element) -> Shape | None:
        element, box = self._element(drawn), _box(drawn.find(f"{DC}Bounds"))
        if element is None or box is None:
            return None
        named = local(element) in NAMED_OUTSIDE
        below = box.centre[0], box.bottom + LINE_HEIGHT / 2
        return Shape(element, box, _label(drawn, element, below) if named else None)

    def _line(self, drawn: etree._Element) -> Line | None:
        element = self._element(drawn)
        points = tuple(point for found in drawn.findall(WAYPOINT) if (point := _point(found)) is not None)
        if element is None or len(points) < 2:
            return None
        (x, y), level = _middle(points)
        beside = (x, y - BESIDE_FLOW) if level else (x + BESIDE_FLOW, y)
        return Line(element, points, _label(drawn, element, beside))


def planes(sheet: Sheet) -> list[Plane]:
    """Every canvas of the file."""
    return [Plane(sheet, plane) for plane in sheet.root.iter(f"{DI}BPMNPlane")]


def elements_of(sheet: Sheet) -> dict[str | None, etree._Element]:
    """The BPMN elements of a file by id; of two with one id the first, as editors take it."""
    found: dict[str | None, etree._Element] = {}
    for element in sheet.root.iter(etree.Element):
        if element.get("id") and is_bpmn(element):
            found.setdefault(element.get("id"), element)
    return found


def width_of(text: str, letter: float = LETTER) -> float:
    """How wide a text is in one line: Chinese letters are as wide as high, others about half."""
    return sum(letter if unicodedata.east_asian_width(sign) in "WF" else letter * 0.55 for sign in text)


def _label(drawn: etree._Element, element: etree._Element, otherwise: Point) -> Box | None:
    """Where the name stands: as the file places it, its size as editors write it."""
    name = " ".join((element.get("name") or "").split())
    if not name:
        return None
    given = _box(drawn.find(f"{DI}BPMNLabel/{DC}Bounds"))
    width = width_of(name)
    lines = math.ceil(width / LINE_WIDTH)
    width, height = min(width, LINE_WIDTH), lines * LINE_HEIGHT
    x, top = (given.centre[0], given.y) if given else (otherwise[0], otherwise[1] - height / 2)
    return Box(x - width / 2, top, width, height)


def _middle(points: tuple[Point, ...]) -> tuple[Point, bool]:
    """The middle of a flow, and whether it is level there."""
    (x, y), (to_x, to_y) = points[(len(points) - 1) // 2], points[(len(points) - 1) // 2 + 1]
    return ((x + to_x) / 2, (y + to_y) / 2), abs(to_x - x) >= abs(to_y - y)


def _box(bounds: etree._Element | None) -> Box | None:
    numbers = [] if bounds is None else [_number(bounds.get(name)) for name in ("x", "y", "width", "height")]
    found = [number for number in numbers if number is not None]
    return Box(*found) if len(found) == 4 else None


def _point(waypoint: etree._Element) -> Point | None:
    x, y = _number(waypoint.get("x")), _number(waypoint.get("y"))
    return None if x is None or y is None else (x, y)


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if math.isfinite(number) else None
