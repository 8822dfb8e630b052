"""The layout check: what covers something else, has left its lane, runs through a shape or is not drawn at all."""

from __future__ import annotations

import pytest

from engine.procedure import Finding, check
from tests.unit.procedure.drawing import boundary, bpmn, bundle, chain, end, flow, node, props, simple, start, timer, user

SPACES = (
    'xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:dd="http://www.omg.org/spec/DD/20100524/DI"'
)
Place = tuple[float, float, float, float]
BOXES: dict[str, Place] = {"begin": (100, 82, 36, 36), "do_it": (200, 60, 100, 80), "done": (400, 82, 36, 36)}
LINES: dict[str, list[tuple[float, float]]] = {
    "f_begin_do_it": [(136, 100), (200, 100)],
    "f_do_it_done": [(300, 100), (400, 100)],
}


def bounds(place: Place) -> str:
    """Where something stands."""
    return '<dc:Bounds x="{}" y="{}" width="{}" height="{}"/>'.format(*place)


def waypoints(points: list[tuple[float, float]]) -> str:
    """The course of a line."""
    return "".join(f'<dd:waypoint x="{x}" y="{y}"/>' for x, y in points)


def drawn(
    diagram: bytes,
    boxes: dict[str, Place] | None = None,
    lines: dict[str, list[tuple[float, float]]] | None = None,
    labels: dict[str, Place] | None = None,
) -> list[Finding]:
    """What the check says about the small diagram as drawn, with some shapes, lines and names in other places."""
    placed, written = {**BOXES, **(boxes or {})}, labels or {}

    def label(own: str) -> str:
        return f"<di:BPMNLabel>{bounds(written[own])}</di:BPMNLabel>" if own in written else ""

    shapes = "".join(
        f'<di:BPMNShape bpmnElement="{own}">{bounds(box)}{label(own)}</di:BPMNShape>' for own, box in placed.items() if box
    )
    edges = "".join(
        f'<di:BPMNEdge bpmnElement="{own}">{waypoints(points)}{label(own)}</di:BPMNEdge>'
        for own, points in {**LINES, **(lines or {})}.items()
        if points
    )
    canvas = f'<di:BPMNDiagram {SPACES}><di:BPMNPlane bpmnElement="main">{shapes}{edges}</di:BPMNPlane></di:BPMNDiagram>'
    return check(bundle(diagram.replace(b"</definitions>", f"{canvas}</definitions>".encode())))


def said(found: list[Finding]) -> set[tuple[str, str | None]]:
    """Rule and element of each finding, all of them warnings with a place, a sentence and a mend."""
    assert all(one.level == "warning" and one.line and one.text.zh != one.text.en for one in found)
    assert all(one.mend.zh and one.mend.en for one in found)
    # What a drawing says in English is no matter of its layout.
    return {(one.rule, one.element) for one in found if one.rule != "english"}


LATE = simple(boundary("late", "do_it", timer("PT1H")), end("after"), flow("late", "after"))
LATE_BOXES: dict[str, Place] = {"late": (232, 122, 36, 36), "after": (232, 232, 36, 36)}
LATE_LINES = {"f_late_after": [(250.0, 158.0), (250.0, 232.0)]}
LANE = f'<laneSet id="lanes"><lane id="lane" name="泳道">{props(role="clerk")}<flowNodeRef>do_it</flowNodeRef></lane></laneSet>'
INNER = bpmn(
    start(), node("subProcess", "inner", start("i") + user() + end("e") + chain("i", "do_it", "e")), end(),
    chain("begin", "inner", "done"),
)  # fmt: skip
INNER_BOXES: dict[str, Place] = {
    "begin": (40, 82, 36, 36), "inner": (120, 20, 400, 160), "i": (140, 82, 36, 36), "do_it": (220, 60, 100, 80),
    "e": (420, 82, 36, 36), "done": (600, 82, 36, 36),
}  # fmt: skip
INNER_LINES = {
    "f_begin_inner": [(76.0, 100.0), (120.0, 100.0)], "f_inner_done": [(520.0, 100.0), (600.0, 100.0)],
    "f_i_do_it": [(176.0, 100.0), (220.0, 100.0)], "f_do_it_e": [(320.0, 100.0), (420.0, 100.0)],
    "f_begin_do_it": [], "f_do_it_done": [],
}  # fmt: skip


def test_a_tidy_drawing_has_no_findings() -> None:
    assert drawn(simple()) == []
    assert drawn(LATE, LATE_BOXES, LATE_LINES) == []
    assert drawn(INNER, INNER_BOXES, INNER_LINES) == []


def test_a_file_without_a_drawing_is_told_once() -> None:
    assert said(check(bundle())) == {("no-drawing", "definitions")}


def test_what_is_not_drawn_is_told() -> None:
    missing = drawn(simple(), {"done": ()}, {"f_do_it_done": []})  # type: ignore[dict-item]

    assert said(missing) == {("not-drawn", "done"), ("not-drawn", "f_do_it_done")}


@pytest.mark.parametrize("place", [(280, 82, 36, 36), (230, 90, 36, 36)], ids=["at the edge", "inside"])
def test_shapes_that_cover_each_other(place: Place) -> None:
    assert ("covered", "done") in said(drawn(simple(), {"done": place}))


def test_two_events_on_one_border_that_cover_each_other() -> None:
    twice = simple(
        boundary("late", "do_it", timer("PT1H")), boundary("later", "do_it", timer("PT2H")), end("after"),
        flow("late", "after"), flow("later", "after"),
    )  # fmt: skip
    lines = {**LATE_LINES, "f_later_after": [(262.0, 158.0), (262.0, 232.0)]}

    assert ("covered", "later") in said(drawn(twice, {**LATE_BOXES, "later": (246, 122, 36, 36)}, lines))


def test_a_shape_outside_its_lane_or_subprocess() -> None:
    laned = bpmn(start(), user(), end(), chain("begin", "do_it", "done"), lanes=LANE)

    assert said(drawn(laned, {"lane": (40, 40, 500, 150)})) == set()
    assert said(drawn(laned, {"lane": (40, 70, 500, 150)})) == {("strayed", "do_it")}
    assert ("strayed", "e") in said(drawn(INNER, {**INNER_BOXES, "e": (500, 82, 36, 36)}, INNER_LINES))


def test_a_line_through_a_shape() -> None:
    around = {"f_begin_do_it": [(118.0, 118.0), (118.0, 200.0), (250.0, 200.0), (250.0, 140.0)]}
    through = {"f_begin_do_it": [(136.0, 100.0), (460.0, 100.0), (460.0, 20.0), (250.0, 20.0), (250.0, 60.0)]}

    assert said(drawn(simple(), lines=around)) == set()
    assert ("line-through", "f_begin_do_it") in said(drawn(simple(), lines=through))


def test_names_that_cover_something_or_stand_far_away() -> None:
    assert said(drawn(simple(), labels={"done": (390, 122, 60, 14)})) == set()
    assert said(drawn(simple(), labels={"done": (220, 90, 60, 14)})) >= {("covered", "done")}
    assert said(drawn(simple(), labels={"done": (90, 122, 60, 14)})) >= {("covered", "done")}
    assert said(drawn(simple(), labels={"done": (390, 300, 60, 14)})) == {("strayed", "done")}


def test_the_name_of_a_line_counts_too() -> None:
    named = simple().replace(b'id="f_do_it_done"', 'id="f_do_it_done" name="一个很长的条件"'.encode())

    assert said(drawn(named, labels={"f_do_it_done": (330, 40, 40, 14)})) == set()
    assert said(drawn(named, labels={"f_do_it_done": (260, 80, 40, 14)})) == {("covered", "f_do_it_done")}


def test_a_name_that_does_not_fit_into_its_task() -> None:
    assert said(drawn(simple(name="记录投诉"))) == set()
    assert said(drawn(simple(name="把客户说的话一字不漏地逐条记录下来，" * 3))) == {("name-too-long", "do_it")}


@pytest.mark.parametrize("number", ["", "NaN", "infinity", "wide", "1e999"])
def test_nonsense_for_numbers_is_no_place(number: str) -> None:
    broken = BOXES | {"done": (number, 82, 36, 36)}

    assert ("not-drawn", "done") in said(drawn(simple(), broken))  # type: ignore[arg-type]


