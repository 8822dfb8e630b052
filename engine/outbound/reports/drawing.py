"""Charts drawn by the server as SVG: on paper as they are, on a page until a script draws them with more comfort.

Each tone has a colour and something beside it: the period before is an outline, what was missed is striped, lines have
dashes and marks. A page's style sheet may give the classes other colours; the attributes are those of paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from zoneinfo import ZoneInfo

from markupsafe import Markup

from engine.domain.codec import number_text
from engine.outbound.reports.cells import short_days
from engine.outbound.reports.cells import written as cell_text
from engine.queries.reports.shown import Cell, Chart, Days, Kind, Series

WIDTH = 460
_LEFT, _RIGHT, _TOP, _BOTTOM = 118, 46, 28, 26
_BAR, _GAP, _STACK = 13, 9, 17
_LINES_HEIGHT, _AXIS = 210, 22
_INK, _SURFACE = "#333333", "#ffffff"
_COLOURS = {"now": "#1c5aa6", "past": "#7b8798", "fine": "#17703c", "late": "#b3261e", "other": "#8a5200"}
_DASHES = {"now": "", "past": "2 3", "fine": "7 3", "late": "3 3", "other": "2 3"}
_WIDE, _NARROW = 12, 7


def height(chart: Chart) -> int:
    """How high the chart is, in pixels at its full width."""
    if chart.shape == "lines":
        return _LINES_HEIGHT
    row = _STACK if chart.shape == "stacked" else _BAR * len(chart.series)
    return _TOP + len(chart.labels) * (row + _GAP) + _BOTTOM


def drawn(chart: Chart, language: str, zone: ZoneInfo) -> Markup:
    """The chart as one ``svg`` element, without text alternative: its table stands beside it."""
    labels = [_label(label, language, zone) for label in chart.labels]
    body = _lines(chart, labels) if chart.shape == "lines" else _bars(chart, labels)
    parts = Markup("").join([*_legend(chart, language), *body])
    size = f'viewBox="0 0 {WIDTH} {height(chart)}" width="{WIDTH}" height="{height(chart)}"'
    return Markup('<svg xmlns="http://www.w3.org/2000/svg" {} class="rd-drawn" font-size="11">{}</svg>').format(
        Markup(size), parts
    )


def _label(label: Cell, language: str, zone: ZoneInfo) -> str:
    return short_days(label, language, zone) if isinstance(label, Days) else cell_text(label, Kind.TEXT, language, zone)


def _legend(chart: Chart, language: str) -> Iterator[Markup]:
    x = 4
    for one in chart.series:
        words = one.label.in_language(language)
        yield _box(x, 6, 14, 10, one.tone)
        yield _text(x + 19, 15, words)
        x += 32 + _length(words)


def _bars(chart: Chart, labels: Sequence[str]) -> Iterator[Markup]:
    stacked, most = chart.shape == "stacked", max(chart.most, Decimal(1))
    thick = _STACK if stacked else _BAR
    step = (thick if stacked else thick * len(chart.series)) + _GAP
    for place, label in enumerate(labels):
        top = _TOP + place * step
        yield _text(_LEFT - 6, top + (step - _GAP) // 2 + 4, _shortened(label), anchor="end")
        at = _LEFT
        for number, one in enumerate(chart.series):
            value = one.values[place]
            y = top if stacked else top + number * _BAR
            wide = _scaled(value, most)
            if wide:
                yield _box(at, y, wide, thick - 2, one.tone)
            if not stacked:
                yield _text(at + wide + 4, y + 9, _said(value))
            at += wide if stacked else 0
        if stacked:
            yield _text(at + 4, top + 12, " / ".join(_said(one.values[place]) for one in chart.series))


def _lines(chart: Chart, labels: Sequence[str]) -> Iterator[Markup]:
    most, last = max(chart.most, Decimal(1)), max(len(labels) - 1, 1)
    floor, room = _LINES_HEIGHT - _AXIS, _LINES_HEIGHT - _AXIS - _TOP - 6
    across = [30 + place * (WIDTH - 70) // last for place in range(len(labels))]
    yield Markup('<path class="rd-c-axis" d="M24 {0} H{1}" stroke="#999999" fill="none"/>').format(floor, WIDTH - 24)
    for x, label in zip(across, labels, strict=True):
        yield _text(x, floor + 15, label, anchor="middle")
    for one in chart.series:
        points = [(x, floor - int(v * room / most), v) for x, v in zip(across, one.values, strict=True) if v is not None]
        yield _line(one, [(x, y) for x, y, _ in points])
        yield from (_mark(x, y, one.tone) for x, y, _ in points)
        if points:
            yield _text(points[-1][0] + 7, points[-1][1] + 4, _said(points[-1][2]))


def _line(one: Series, points: Sequence[tuple[int, int]]) -> Markup:
    path = " ".join(f"{x},{y}" for x, y in points)
    return Markup(
        '<polyline class="rd-c-line rd-c-{0}" points="{1}" fill="none" stroke="{2}" stroke-width="2" stroke-dasharray="{3}"/>'
    ).format(one.tone, path, _COLOURS[one.tone], _DASHES[one.tone] or "none")


def _mark(x: int, y: int, tone: str) -> Markup:
    if tone == "now":
        return Markup('<circle class="rd-c-{2}" cx="{0}" cy="{1}" r="3.5" fill="{3}"/>').format(x, y, tone, _COLOURS[tone])
    if tone == "fine":
        return Markup('<rect class="rd-c-{2}" x="{0}" y="{1}" width="7" height="7" fill="{3}"/>').format(
            x - 3, y - 3, tone, _COLOURS[tone]
        )
    shape = f"M{x} {y - 4} L{x + 4} {y + 3} L{x - 4} {y + 3} Z"
    return Markup('<path class="rd-c-{1}" d="{0}" fill="{2}"/>').format(shape, tone, _COLOURS[tone])


def _box(x: int, y: int, wide: int, high: int, tone: str) -> Markup:
    colour = _COLOURS[tone]
    where = Markup('x="{}" y="{}" width="{}" height="{}"').format(x, y, wide, high)
    if tone == "past":
        return Markup('<rect class="rd-c-outline rd-c-{0}" {1} fill="#eef0f4" stroke="{2}"/>').format(tone, where, colour)
    box = Markup('<rect class="rd-c-{0}" {1} fill="{2}"/>').format(tone, where, colour)
    if tone != "late":
        return box
    stripes = " ".join(f"M{at} {y} v{high}" for at in range(x + 3, x + wide, 4))
    return box + Markup('<path class="rd-c-stripes" d="{0}" stroke="{1}"/>').format(stripes, _SURFACE)


def _text(x: int, y: int, words: str, anchor: str = "start") -> Markup:
    return Markup('<text class="rd-c-ink" x="{}" y="{}" text-anchor="{}" fill="{}">{}</text>').format(x, y, anchor, _INK, words)


def _scaled(value: Decimal | None, most: Decimal) -> int:
    return 0 if not value else max(2, int(value * (WIDTH - _LEFT - _RIGHT) / most))


def _said(value: Decimal | None) -> str:
    return "—" if value is None else number_text(value)


def _length(words: str) -> int:
    return sum(_WIDE if ord(sign) > 0x2E7F else _NARROW for sign in words)


def _shortened(words: str) -> str:
    if _length(words) <= _LEFT - 8:
        return words
    while _length(words) > _LEFT - 20:
        words = words[:-1]
    return f"{words}…"
