"""Which findings of the check bring a mend that a button can do, and what it does."""

from __future__ import annotations

import pytest

from engine.domain.text import Text
from engine.procedure.findings import Finding, Mending, as_plain, from_plain, listed
from tests.unit.procedure.drawing import bpmn, chain, end, findings, flow, node, simple, start, user

TWO_WAYS = (start(), node("exclusiveGateway", "ask"), user(), end(), end("other"), chain("begin", "ask"), chain("do_it", "done"))


def mend(diagram: bytes, rule: str) -> Mending:
    """The mend of the first finding by that rule."""
    found = next(one for one in findings(diagram) if one.rule == rule and one.mending)
    assert found.mending is not None
    return found.mending


def ways(one: str, other: str) -> bytes:
    """A gateway with two flows and their conditions."""
    return bpmn(*TWO_WAYS, flow("ask", "do_it", one), flow("ask", "other", other))


@pytest.mark.parametrize(
    ("rule", "diagram", "wanted"),
    [
        ("unknown-role", simple(role="clerc"), ("property", "do_it", "role", "clerk")),
        ("unknown-role", simple(role="astronaut"), ("ask", "do_it", "role", "")),
        ("unknown-form", simple(form="do_itt"), ("property", "do_it", "form", "do_it")),
        ("unknown-property", simple(colour="red"), ("property", "do_it", "colour", "")),
        ("no-default", ways("size = 1", "size = 2"), ("default", "ask", "", "f_ask_other")),
        ("no-condition", ways("size = 1", ""), ("default", "ask", "", "f_ask_other")),
        ("unknown-name", ways("sise = 1", ""), ("expression", "f_ask_do_it", "sise = 1", "size = 1")),
    ],
)
def test_what_is_simple_is_mended_by_a_button(rule: str, diagram: bytes, wanted: tuple[str, str, str, str]) -> None:
    found = mend(diagram, rule)

    assert (found.do, found.element, found.name, found.value) == wanted
    assert found.words.zh and found.words.en


def test_a_name_is_asked_for_where_nobody_can_guess_it() -> None:
    named = bpmn(start(), node("userTask", "do_it", role="clerk", name=""), end(), chain("begin", "do_it", "done"))

    assert (mend(named, "name").do, mend(named, "name").name) == ("ask", "name")


def test_a_finding_is_the_same_after_its_journey_as_json() -> None:
    found: list[Finding] = findings(simple(role="clerc"))

    assert [from_plain(as_plain(one)) for one in found] == found


def test_what_there_is_to_choose_from_is_said_by_name() -> None:
    named = listed({"manager": Text("主管经理", "Manager in charge"), "board": Text("董事", "Board leader")})

    assert named == Text("董事（board）、主管经理（manager）", "Board leader (board), Manager in charge (manager)")
    assert listed({"two", "one"}) == Text("one、two", "one, two")
    assert listed(list(map(str, range(40)))).en.endswith(" …")
