"""A drawing that is saved again differs from the one before where it was changed, and nowhere else."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from lxml import etree

from engine.procedure.exchange.canonical import canonical_file
from engine.procedure.writing.order import in_order_of

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
SHIPPED = sorted(Path("processes").glob("*/*.bpmn"))


def drawing(*parts: str, lane: str = "") -> bytes:
    return f'<definitions xmlns="{BPMN}" id="d"><process id="p">{lane}{"".join(parts)}</process></definitions>'.encode()


A, B, C, NEW = ('<task id="a" />', '<task id="b" />', '<task id="c" />', '<task id="n" />')


@pytest.mark.parametrize(
    ("now", "wanted"),
    [
        ((A, C, B), (A, B, C)),
        ((C, NEW, A), (A, NEW, C)),
        ((B, A, NEW), (A, B, NEW)),
        (("<!-- one -->", C, B), ("<!-- one -->", B, C)),
        ((B, A, '<odd:x xmlns:odd="urn:odd" id="c" />'), (A, B, '<odd:x xmlns:odd="urn:odd" id="c" />')),
    ],
)
def test_what_both_have_stands_as_it_stood(now: tuple[str, ...], wanted: tuple[str, ...]) -> None:
    put = in_order_of(drawing(A, B, C), drawing(*now))

    assert canonical_file("a.bpmn", put) == canonical_file("a.bpmn", drawing(*wanted))


def test_a_lane_lists_its_boxes_as_it_did() -> None:
    def lane(*names: str) -> str:
        listed = "".join(f"<flowNodeRef>{name}</flowNodeRef>" for name in names)
        return f'<laneSet id="s"><lane id="l">{listed}</lane></laneSet>'

    before = drawing(A, B, C, lane=lane("a", "b", "c"))
    put = in_order_of(before, drawing(A, B, C, lane=lane("a", "c", "b")))

    assert canonical_file("a.bpmn", put) == canonical_file("a.bpmn", before)


@pytest.mark.parametrize("now", [drawing(A, NEW, C), drawing(A, A, C), b"<a", b""])
def test_nothing_is_touched_that_need_not_be(now: bytes) -> None:
    assert in_order_of(drawing(A, B, C), now) is now


def test_words_among_elements_keep_their_order() -> None:
    said = '<task id="t"><documentation id="w">one <b>two</b> three <i>four</i></documentation></task>'
    other = said.replace("<b>two</b> three <i>four</i>", "<i>four</i> three <b>two</b>")

    assert b"<i>four</i> three <b>two</b>" in in_order_of(drawing(A, said), drawing(other, A))


@pytest.mark.parametrize("path", SHIPPED, ids=str)
def test_a_shipped_drawing_that_was_shuffled_is_the_same_again(path: Path) -> None:
    before = path.read_bytes()
    root = etree.fromstring(before)
    chance = random.Random(path.name)
    for holder in list(root.iter(f"{{{BPMN}}}process", f"{{{BPMN}}}lane")):
        parts = list(holder)
        holder[:] = chance.sample(parts, len(parts))

    shuffled = etree.tostring(root)

    assert canonical_file("a.bpmn", in_order_of(before, shuffled)) == canonical_file("a.bpmn", before)
