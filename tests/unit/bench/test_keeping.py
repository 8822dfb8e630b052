"""What the bench counts as kept of a stranger's diagram: every part in its place, in whatever order where order says nothing."""

from __future__ import annotations

import pytest

from bench.studio.keeping import parts

DRAWING = b"""<definitions xmlns="urn:b" xmlns:x="urn:x" id="d"><!-- said -->
  <process id="p">
    <gateway id="g"><outgoing>one</outgoing><outgoing>two</outgoing></gateway>
    <task id="t" x:mark="1"><extensionElements><x:own>words</x:own></extensionElements></task>
  </process>
  <edge bpmnElement="one"><waypoint x="1" y="1" /><waypoint x="2" y="1" /></edge>
</definitions>"""
TASK = b'<task id="t" x:mark="1"><extensionElements><x:own>words</x:own></extensionElements></task>'
GATEWAY = b'<gateway id="g"><outgoing>one</outgoing><outgoing>two</outgoing></gateway>'


@pytest.mark.parametrize(
    ("kept", "before", "after"),
    [
        (True, GATEWAY + b"\n    " + TASK, TASK + GATEWAY),
        (True, b"x:", b"other:"),
        (True, b"\n  ", b""),
        (False, b"<!-- said -->", b""),
        (False, b' x:mark="1"', b""),
        (False, b"<x:own>words</x:own>", b""),
        (False, b"words", b"other words"),
        (False, TASK, b'<lane id="l">' + TASK + b"</lane>"),
        (False, b"<outgoing>one</outgoing><outgoing>two</outgoing>", b"<outgoing>two</outgoing><outgoing>one</outgoing>"),
        (False, b'<waypoint x="1" y="1" /><waypoint x="2" y="1" />', b'<waypoint x="2" y="1" /><waypoint x="1" y="1" />'),
    ],
)
def test_what_is_gone_or_elsewhere_is_seen_and_what_only_changed_places_is_not(kept: bool, before: bytes, after: bytes) -> None:
    assert before in DRAWING
    changed = DRAWING.replace(before, after).replace(b"xmlns:x=", b"xmlns:other=" if after == b"other:" else b"xmlns:x=")

    assert (parts(changed) == parts(DRAWING)) is kept
