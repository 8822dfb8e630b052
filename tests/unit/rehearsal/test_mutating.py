"""Things changed in a procedure: each kind of change is noticed by a story about it, and survives where no story is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from engine.rehearsal.mutation.mutant import DECISIONS, DIAGRAMS, FORMS, LIMITS
from engine.rehearsal.mutation.mutating import Mutation, Mutator
from tests.unit.rehearsal.weighing import STARTS, weighing

HEAVY = {"complete": "fill", "with": {"size": 12, "subject": "石头"}}
LIGHT = {"complete": "fill", "with": {"size": 3}}


def mutate(*stories: list[dict[str, Any]], only: tuple[str, ...] = ()) -> Mutation:
    """The changes tried on these stories."""
    return Mutator(weighing(*({"story": story} for story in stories)), only).run()


def survivors(mutation: Mutation) -> dict[tuple[str, str], int]:
    """Element and change, with how many stories come to it."""
    return {(one.mutant.element, one.mutant.change.en): one.stories for one in mutation.survivors}


def said(mutation: Mutation) -> set[str]:
    """The changes that survive, with and without where they are."""
    return {name for place, change in survivors(mutation) for name in (change, f"{place}: {change}")}


#: Part, a story, and the changes that it notices.
NOTICED: list[tuple[str, list[dict[str, Any]], set[str]]] = [
    (LIMITS, [{"after": "PT59M59S"}, {"expect": {"not_breached": ["reply"]}}], {"amount: 1 becomes 0"}),
    (
        LIMITS,
        [{"after": "PT1H"}, {"expect": {"breached": ["reply"]}}],
        {"amount: 1 becomes 2", "limits 1 limits_1: the row is gone"},
    ),
    (
        LIMITS,
        [HEAVY, {"expect": {"due": {"today": STARTS + timedelta(hours=20)}}}],
        {"at_least: 1200 becomes 600", "at_least: 1200 becomes 2400", "limits 2 limits_2: the row is gone"},
    ),
    (
        DECISIONS,
        [HEAVY, {"expect": {"open": ["inspect"]}}],
        {"weight 1 weight_1: the row is gone", 'colour: "red" becomes "blue"'},
    ),
    (DECISIONS, [HEAVY, {"expect": {"decided": {"weight": {"word": "heavy"}}}}], {'word: "heavy" becomes "light"'}),
    (DIAGRAMS, [HEAVY, {"expect": {"open": ["inspect"]}}], {'the other way round: colour = "red"', 'never true: colour = "red"'}),
    (DIAGRAMS, [LIGHT, {"expect": {"closed": True}}], {'the other way round: colour = "red"', 'always true: colour = "red"'}),
    (
        FORMS,
        [HEAVY, {"expect": {"value": {"subject": "石头"}}}],
        {"hidden the other way round: size = null or size < 10", "hidden always true: size = null or size < 10"},
    ),
    (FORMS, [{"expect": {"hides": {"fill": ["subject"]}}}], {"hidden never true: size = null or size < 10"}),
    (
        FORMS,
        [{"expect": {"shows": {"fill": {"parts": ["subject"], "with": {"size": 12}}}}}],
        {"hidden the other way round: size = null or size < 10", "hidden always true: size = null or size < 10"},
    ),
]


@pytest.mark.parametrize(("part", "story", "noticed"), NOTICED)
def test_each_kind_of_change_is_noticed_by_a_story_about_it(part: str, story: list[dict[str, Any]], noticed: set[str]) -> None:
    every = said(mutate([{"expect": {"closed": False}}], only=(part,)))
    left = said(mutate(story, only=(part,)))

    assert noticed <= every
    assert not noticed & left


def test_a_change_that_no_story_notices_survives_and_says_how_many_stories_come_to_it() -> None:
    told = mutate([LIGHT, {"expect": {"closed": True}}], [HEAVY], only=(DIAGRAMS,))

    assert survivors(told) == {("is_heavy → inspect", 'never true: colour = "red"'): 1}
    assert (told.mutants, told.killed) == (3, 2)
    assert not told.keeps(95)


def test_a_step_that_cannot_be_taken_notices_too() -> None:
    told = mutate([HEAVY, {"complete": "inspect"}], only=(DIAGRAMS,))

    assert survivors(told) == {("is_heavy → inspect", 'always true: colour = "red"'): 0}


def test_only_a_part_or_a_file_is_changed_when_asked() -> None:
    assert {one.mutant.file for one in mutate(only=("weight.dmn",)).survivors} == {"weight.dmn"}
    assert {one.mutant.part for one in mutate(only=(LIMITS, FORMS)).survivors} == {LIMITS, FORMS}
    assert {one.mutant.part for one in mutate().survivors} == {LIMITS, DECISIONS, DIAGRAMS, FORMS}


def test_the_result_prints_what_is_promised() -> None:
    data = mutate([{"expect": {"open": ["inspect"]}}], only=(LIMITS,)).as_data()

    assert data.keys() >= {"mutants", "killed", "survived", "seconds", "survivors"}
    assert (data["mutants"], data["killed"], data["survived"]) == (6, 0, 6)
    assert data["survivors"][0].keys() >= {"part", "file", "element", "zh", "en", "stories"}
    assert [failure["scenario"] for failure in data["failing"]] == ["故事 1"]
