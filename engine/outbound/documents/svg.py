"""A diagram as SVG: boxes, gateways, events, lanes and flows with their names, as they were drawn."""

from __future__ import annotations

from collections.abc import Iterable
from math import isqrt
from typing import Any

from markupsafe import Markup

#: The room on a page, and how large a unit of the drawing may become there, in hundredths of a millimetre.
PAGE_MM, LARGEST = (267, 158), 20
SIZE, SMALL = 12, 11
LINE = 14
#: A letter's width in tenths of the size of type: Chinese is square, others about half as wide.
WIDE, NARROW = 10, 6
_FAMILY = "Noto Sans CJK SC, Noto Sans SC, Source Han Sans SC, WenQuanYi Micro Hei, PingFang SC, Microsoft YaHei, sans-serif"
_INK, _PALE = "#1b1b1b", "#fafafa"
#: The thickness of each kind of circle.
_EVENTS = {
    "startEvent": "1.5",
    "endEvent": "3",
    "intermediateCatchEvent": "1.2",
    "intermediateThrowEvent": "1.2",
    "boundaryEvent": "1.2",
}
_DOUBLE = frozenset({"intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"})
_GATEWAYS = {
    "exclusiveGateway": "M-8,-8 L8,8 M8,-8 L-8,8",
    "parallelGateway": "M0,-11 V11 M-11,0 H11",
    "eventBasedGateway": "M0,-10 L9,-3 L6,8 H-6 L-9,-3 Z",
    "complexGateway": "M0,-11 V11 M-11,0 H11 M-8,-8 L8,8 M8,-8 L-8,8",
}
_MARKS = {
    "timer": "M0,0 m-9,0 a9,9 0 1,0 18,0 a9,9 0 1,0 -18,0 M0,-6 V0 L4,3",
    "message": "M-9,-6 H9 V6 H-9 Z M-9,-6 L0,1 L9,-6",
    "conditional": "M-6,-8 H6 V8 H-6 Z M-4,-4 H4 M-4,0 H4 M-4,4 H4",
    "escalation": "M0,-8 L7,8 L0,2 L-7,8 Z",
    "error": "M-8,7 L-3,-7 L3,3 L8,-7 L3,8 L-3,-2 Z",
    "signal": "M0,-8 L8,6 H-8 Z",
    "terminate": "M0,0 m-8,0 a8,8 0 1,0 16,0 a8,8 0 1,0 -16,0",
}
_TASKS = {
    "userTask": "M0,0 m-3,-3 a3,3 0 1,0 6,0 a3,3 0 1,0 -6,0 M-6,7 a6,6 0 0,1 12,0 Z",
    "scriptTask": "M-5,-6 H5 L3,6 H-7 Z M-3,-3 H3 M-4,0 H2 M-4,3 H1",
    "serviceTask": "M0,0 m-5,0 a5,5 0 1,0 10,0 a5,5 0 1,0 -10,0 M0,0 m-2,0 a2,2 0 1,0 4,0 a2,2 0 1,0 -4,0",
    "businessRuleTask": "M-7,-5 H7 V5 H-7 Z M-7,-2 H7 M-3,-5 V5",
    "sendTask": "M-6,-4 H6 V4 H-6 Z M-6,-4 L0,1 L6,-4",
    "receiveTask": "M-6,-4 H6 V4 H-6 Z M-6,-4 L0,1 L6,-4",
}
_CONTAINERS = frozenset({"participant", "lane"})
_HEAD, _HALF = 9, 4


def drawn(picture: Any, language: str, over: Markup | None = None) -> Markup:
    """The picture as one ``<svg>`` element that fits a landscape page; every name in it is text, never markup.

    ``over`` is laid on top, in the drawing's own units.
    """
    frame = picture.frame
    shapes = sorted(picture.shapes, key=lambda shape: shape.kind not in _CONTAINERS)
    parts = [
        *(_shape(shape, language) for shape in shapes if shape.kind in _CONTAINERS or shape.expanded),
        *(_line(line, language) for line in picture.lines),
        *(_shape(shape, language) for shape in shapes if not (shape.kind in _CONTAINERS or shape.expanded)),
    ]
    opening = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{}mm" height="{}mm" viewBox="{} {} {} {}" font-family="{}" fill="none">'
    )
    across = min(PAGE_MM[0], frame.width * LARGEST // 100, PAGE_MM[1] * frame.width // frame.height)
    down = across * frame.height // frame.width
    head = opening.format(across, down, frame.x, frame.y, frame.width, frame.height, _FAMILY)
    return head + Markup("").join(parts) + (over or Markup("")) + Markup("</svg>")


def broken(text: str, width: int, size: int = SIZE) -> list[str]:
    """The words in lines that fit a width: Chinese breaks anywhere, other writing between words and, if need be, within them."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line.strip() and wide(line + piece.rstrip(), size) > width:
            lines.append(line.strip())
            line = ""
        while wide(piece.rstrip(), size) > width and len(piece) > 1:
            cut = next((end for end in range(len(piece), 1, -1) if wide(piece[:end], size) <= width), 1)
            lines.append(piece[:cut])
            piece = piece[cut:]
        line += piece
    return [*lines, line.strip()] if line.strip() else lines


def wide(text: str, size: int = SIZE) -> int:
    """How wide words are, about."""
    return sum(WIDE if _is_square(sign) else NARROW for sign in text) * size // 10


def _is_square(sign: str) -> bool:
    return sign >= "\u2e80"


def _pieces(text: str) -> Iterable[str]:
    piece = ""
    for sign in text:
        if _is_square(sign) or sign == " ":
            if piece or sign == " ":
                yield piece + (" " if sign == " " else "")
            piece = ""
            if sign != " ":
                yield sign
        else:
            piece += sign
    if piece:
        yield piece


def _shape(shape: Any, language: str) -> Markup:
    if shape.kind in _CONTAINERS:
        return _container(shape, language)
    if shape.kind in _EVENTS:
        return _event(shape, language)
    if shape.kind.endswith("Gateway"):
        return _gateway(shape, language)
    if shape.kind == "textAnnotation":
        return _annotation(shape, language)
    return _activity(shape, language)


def _container(shape: Any, language: str) -> Markup:
    box = shape.box
    name = shape.text.in_language(language)
    size = SMALL if wide(name, SMALL) <= box.height - 8 else SMALL - 2
    label = Markup('<text transform="translate({} {}) rotate(-90)" text-anchor="middle" font-size="{}" fill="{}">{}</text>')
    return _rect(box, "1", "none", 0) + label.format(box.x + 19, box.y + box.height // 2, size, _INK, name)


def _activity(shape: Any, language: str) -> Markup:
    box = shape.box
    thick = "3" if shape.kind == "callActivity" else "1.3"
    made = _rect(box, thick, "none" if shape.expanded else _PALE, 10, shape.dashed)
    if shape.expanded:
        # Events sit on the upper edge: the name stands below them.
        return made + _text(shape.text.in_language(language), box.x + 14, box.y + 42, box.width - 28, "start")
    if shape.kind in _TASKS:
        made += _path(_TASKS[shape.kind], box.x + 13, box.y + 13, "0.9")
    if shape.kind == "callActivity":
        made += _path("M-6,-6 H6 V6 H-6 Z M0,-4 V4 M-4,0 H4", box.x + box.width // 2, box.y + box.height - 9, "0.9")
    return made + _centred(shape.text.in_language(language), box)


def _event(shape: Any, language: str) -> Markup:
    box, radius = shape.box, shape.box.width // 2
    x, y = box.x + radius, box.y + box.height // 2
    dash = ' stroke-dasharray="4 3"' if shape.dashed else ""
    circle = '<circle cx="{}" cy="{}" r="{}" fill="#fff" stroke="{}" stroke-width="{}"' + dash + "/>"
    made = Markup(circle).format(x, y, radius, _INK, _EVENTS[shape.kind])
    if shape.kind in _DOUBLE:
        made += Markup(circle).format(x, y, radius - 3, _INK, "1.2")
    for mark in shape.marks:
        made += _path(_MARKS.get(mark, ""), x, y, "1", _INK if mark == "terminate" else "none")
    return made + _beside(shape, language)


def _gateway(shape: Any, language: str) -> Markup:
    box = shape.box
    x, y, half = box.x + box.width // 2, box.y + box.height // 2, box.width // 2
    made = _path(f"M0,{-half} L{half},0 L0,{half} L{-half},0 Z", x, y, "1.3", "#fff")
    if shape.kind == "inclusiveGateway":
        made += Markup('<circle cx="{}" cy="{}" r="10" stroke="{}" stroke-width="2"/>').format(x, y, _INK)
    return made + _path(_GATEWAYS.get(shape.kind, ""), x, y, "2.2") + _beside(shape, language)


def _annotation(shape: Any, language: str) -> Markup:
    box = shape.box
    edge = _path(f"M10,0 H0 V{box.height} H10", box.x, box.y, "1")
    return edge + _text(shape.text.in_language(language), box.x + 6, box.y + 14, box.width - 8, "start", SMALL)


def _line(line: Any, language: str) -> Markup:
    way = " ".join(f"{x},{y}" for x, y in line.points)
    dashed = "" if line.kind == "sequenceFlow" else ' stroke-dasharray="3 3"'
    made = Markup(f'<polyline points="{way}" stroke="{_INK}" stroke-width="1.2"{dashed}/>')
    if line.kind != "association":
        made += _arrow(line.points[-2], line.points[-1])
    if line.usual:
        (x, y), (x2, y2) = line.points[0], line.points[1]
        across = "M4,-5 L10,5" if y == y2 and x2 > x else "M-5,4 L5,10"
        made += _path(across, x, y, "1.2")
    name = line.text.in_language(language)
    if not name:
        return made
    box = line.label
    if box is None:
        (x, y), (x2, y2) = line.points[len(line.points) // 2 - 1], line.points[len(line.points) // 2]
        return made + _text(name, (x + x2) // 2, (y + y2) // 2 - 5, 120, "middle", SMALL, halo=True)
    return made + _text(name, box.x + box.width // 2, box.y + SMALL, max(box.width + 8, 90), "middle", SMALL, halo=True)


def _arrow(before: tuple[int, int], tip: tuple[int, int]) -> Markup:
    (x, y), (dx, dy) = tip, (tip[0] - before[0], tip[1] - before[1])
    length = max(1, isqrt(dx * dx + dy * dy))
    back = x - dx * _HEAD // length, y - dy * _HEAD // length
    aside = -dy * _HALF // length, dx * _HALF // length
    corners = (tip, (back[0] + aside[0], back[1] + aside[1]), (back[0] - aside[0], back[1] - aside[1]))
    return Markup(f'<polygon points="{" ".join(f"{at},{down}" for at, down in corners)}" fill="{_INK}"/>')


def _beside(shape: Any, language: str) -> Markup:
    name, box, label = shape.text.in_language(language), shape.box, shape.label
    if not name:
        return Markup("")
    if label is None:
        return _text(name, box.x + box.width // 2, box.y + box.height + 14, 110, "middle", SMALL, halo=True)
    # A name above its shape grows upwards, so that a longer translation does not run into it.
    width = max(label.width + 6, 84)
    above = label.y + label.height <= box.y + 2
    rows = broken(name, width, SMALL)
    top = label.y + label.height - 3 - (len(rows) - 1) * LINE if above else label.y + SMALL
    centre = box.x + box.width // 2
    if label.x >= centre or label.x + label.width <= centre:
        anchor, at = ("start", label.x) if label.x >= centre else ("end", label.x + label.width)
        rows = broken(name, width + 26, SMALL)
        top = label.y + SMALL - (len(rows) - 1) * LINE // 2
        return _text(name, at, top, width + 26, anchor, SMALL, halo=True)
    return _text(name, label.x + label.width // 2, top, width, "middle", SMALL, halo=True)


def _centred(text: str, box: Any) -> Markup:
    rows = broken(text, box.width - 12)
    size = SIZE if len(rows) * LINE <= box.height - 16 else SIZE - 2
    rows = rows if size == SIZE else broken(text, box.width - 8, size)
    top = box.y + box.height // 2 - (len(rows) - 1) * LINE // 2 + 5
    return _text(text, box.x + box.width // 2, top, box.width - (12 if size == SIZE else 8), "middle", size)


def _text(text: str, x: int, y: int, width: int, anchor: str, size: int = SIZE, halo: bool = False) -> Markup:
    row = Markup('<text x="{}" y="{}" text-anchor="{}" font-size="{}" fill="{}">{}</text>')
    behind = Markup('<rect x="{}" y="{}" width="{}" height="{}" fill="#fff" fill-opacity="0.75"/>')
    made = Markup("")
    for place, words in enumerate(broken(text, width, size)):
        if halo:
            left = x - {"start": 0, "middle": wide(words, size) // 2, "end": wide(words, size)}[anchor]
            made += behind.format(left - 1, y + place * LINE - size, wide(words, size) + 2, size + 2)
        made += row.format(x, y + place * LINE, anchor, size, _INK, words)
    return made


def _rect(box: Any, thick: str, fill: str, round_by: int, dashed: bool = False) -> Markup:
    made = '<rect x="{}" y="{}" width="{}" height="{}" rx="{}" fill="{}" stroke="{}" stroke-width="{}"' + (
        ' stroke-dasharray="6 4"/>' if dashed else "/>"
    )
    return Markup(made).format(box.x, box.y, box.width, box.height, round_by, fill, _INK, thick)


def _path(way: str, x: int, y: int, thick: str, fill: str = "none") -> Markup:
    if not way:
        return Markup("")
    made = '<path transform="translate({} {})" d="{}" fill="{}" stroke="{}" stroke-width="{}"/>'
    return Markup(made).format(x, y, way, fill, _INK, thick)
