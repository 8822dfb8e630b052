"""Charts drawn by the server: bars as long as their numbers, told apart by more than colour, labels never as markup."""

from __future__ import annotations

from decimal import Decimal
from zoneinfo import ZoneInfo

from lxml import etree

from engine.domain.text import Text
from engine.outbound.reports import drawn, height
from engine.queries.reports.shown import Cell, Chart, Series

ZONE = ZoneInfo("Asia/Shanghai")
SVG = "{http://www.w3.org/2000/svg}"
NOW, PAST = Text("本期", "Now"), Text("上期", "Before")


def series(tone: str, *values: int | None, label: Text = NOW) -> Series:
    """Numbers of one tone."""
    return Series(label, tone, tuple(None if value is None else Decimal(value) for value in values))


def shown(chart: Chart) -> etree._Element:
    """The chart's drawing, well-formed."""
    return etree.fromstring(str(drawn(chart, "zh_Hans", ZONE)))


def widths(chart: Chart, tone: str) -> list[int]:
    """The lengths of a tone's bars, the legend's box left out."""
    boxes = (box for box in shown(chart).iter(f"{SVG}rect") if tone in box.get("class", "").split("-")[-1])
    return [int(box.get("width", "0")) for box in boxes][1:]


def test_a_bar_is_as_long_as_its_number() -> None:
    full, half, nothing = Chart("bars", ("a", "b", "c"), (series("now", 100, 50, 0),)), 148, 0

    assert widths(full, "now") == [296, half] and nothing == 0


def test_words_of_people_are_words() -> None:
    labels: tuple[Cell, ...] = ("<script>alert(1)</script>", Text("很长很长很长很长很长很长的名字", "long"))

    texts = [text.text or "" for text in shown(Chart("bars", labels, (series("now", 1, 2),))).iter(f"{SVG}text")]

    assert any(text.startswith("<script>") for text in texts)
    assert any(text.endswith("…") for text in texts)


def test_tones_differ_in_more_than_colour() -> None:
    chart = Chart("stacked", ("a",), (series("fine", 3), series("late", 2, label=PAST)))

    told = shown(chart)

    assert [path.get("class") for path in told.iter(f"{SVG}path")] == ["rd-c-stripes"] * 2
    assert "3 / 2" in [text.text for text in told.iter(f"{SVG}text")]
    past = shown(Chart("bars", ("a",), (series("past", 3),)))
    assert all("rd-c-outline" in str(box.get("class")) for box in past.iter(f"{SVG}rect"))


def test_lines_leave_out_what_is_not_known() -> None:
    told = shown(Chart("lines", ("a", "b", "c"), (series("now", 1, None, 3),)))

    (line,) = told.iter(f"{SVG}polyline")
    assert len(line.get("points", "").split()) == 2 and len(list(told.iter(f"{SVG}circle"))) == 2


def test_the_room_is_known_before_anything_is_drawn() -> None:
    one, more = (Chart("bars", tuple("abc"[:count]), (series("now", *range(1, count + 1)),)) for count in (1, 3))

    assert height(one) < height(more) and shown(more).get("height") == str(height(more))
    assert Chart("bars", (), (series("now"),)).most == 0
