"""What became of the things in a drawing, laid over it in colour and by a sign, for paper that may be printed grey."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from markupsafe import Markup

#: Colour and sign of each fate; the legend beside a drawing uses the same.
LOOKS = {"added": ("#17703c", "＋"), "removed": ("#b3261e", "－"), "changed": ("#8a5200", "≠"), "moved": ("#1c5aa6", "↔")}
_ROOM, _RADIUS = 4, 9


def marked(picture: Any, marks: Mapping[str, str]) -> Markup:
    """A frame around every marked shape, a thick line along every marked flow, each with its sign."""
    flows = Markup("").join(_along(line, *LOOKS[marks[line.id]]) for line in picture.lines if line.id in marks)
    return flows + Markup("").join(_around(shape, *LOOKS[marks[shape.id]]) for shape in picture.shapes if shape.id in marks)


def _around(shape: Any, colour: str, sign: str) -> Markup:
    box = shape.box
    frame = Markup('<rect x="{}" y="{}" width="{}" height="{}" rx="8" stroke="{}" stroke-width="4" stroke-dasharray="9 4"/>')
    edge = frame.format(box.x - _ROOM, box.y - _ROOM, box.width + 2 * _ROOM, box.height + 2 * _ROOM, colour)
    return edge + _tag(box.x + box.width, box.y, colour, sign)


def _along(line: Any, colour: str, sign: str) -> Markup:
    way = " ".join(f"{x},{y}" for x, y in line.points)
    (x, y), (x2, y2) = list(pairwise(line.points))[len(line.points) // 2 - 1]
    drawn = Markup('<polyline points="{}" stroke="{}" stroke-width="4" stroke-opacity="0.7"/>').format(way, colour)
    return drawn + _tag((x + x2) // 2, (y + y2) // 2, colour, sign)


def _tag(x: int, y: int, colour: str, sign: str) -> Markup:
    circle = Markup('<circle cx="{}" cy="{}" r="{}" fill="{}"/>').format(x, y, _RADIUS, colour)
    return circle + Markup('<text x="{}" y="{}" text-anchor="middle" font-size="13" fill="#fff">{}</text>').format(x, y + 5, sign)
