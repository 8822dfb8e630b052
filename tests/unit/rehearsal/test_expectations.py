"""What stories expect of forms, documents and decisions, and which clauses an expectation shows."""

from __future__ import annotations

from typing import Any

import pytest

from engine.errors import Misconfigured
from engine.procedure import Bundle, open_procedure
from engine.rehearsal import read_scenario, rehearse
from tests.unit.rehearsal.weighing import weighing


def told(*steps: dict[str, Any]) -> str | None:
    """What the weighing procedure says against a story; None when it holds."""
    report = rehearse(weighing({"story": list(steps)}))
    return report.failures[0].actual if report.failures else None


HEAVY = {"complete": "fill", "with": {"size": 12}}


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([{"expect": {"shows": {"fill": ["guidance_1", "group_size", "size"]}, "hides": {"fill": "subject"}}}], None),
        ([{"expect": {"shows": {"fill": {"parts": ["subject"], "with": {"size": 12}}}}}], None),
        ([{"expect": {"shows": {"fill": ["subject"]}}}], "shows: {not shown: {fill: [subject]}, open: [fill]}"),
        ([{"expect": {"hides": {"fill": ["size"]}}}], "hides: {shown: {fill: [size]}, open: [fill]}"),
        ([HEAVY, {"expect": {"shows": {"fill": ["size"]}}}], "shows: {not shown: {fill: [size]}, open: [inspect]}"),
        ([HEAVY, {"expect": {"hides": {"fill": ["size"]}}}], "hides: {shown: {fill: not open}, open: [inspect]}"),
        ([HEAVY, {"expect": {"decided": {"weight": {"colour": "red"}}}}], None),
        (
            [HEAVY, {"expect": {"decided": {"weight": {"colour": "blue"}}}}],
            "decided: {weight: {colour: red, word: heavy}}",
        ),
        ([HEAVY, {"expect": {}}, {"expect": {"decided": {"weight": {"colour": "red"}}}}], "decided: {weight: null}"),
        ([HEAVY, {"complete": "inspect"}, {"expect": {"drafted": ["slip"], "called": ["draft_document"]}}], None),
        ([HEAVY, {"expect": {"not_drafted": ["slip"]}}, {"expect": {"drafted": ["slip"]}}], "drafted: []"),
        ([HEAVY, {"complete": "inspect"}, {"expect": {"not_drafted": ["slip"]}}], "not_drafted: [slip]"),
        ([HEAVY, {"expect": {"not_path": ["settle"]}}], None),
        ([HEAVY, {"expect": {"not_path": ["weigh"]}}], "not_path: [begin, fill, weigh, is_heavy]"),
    ],
)
def test_a_story_expects_what_forms_show_what_is_drafted_and_what_is_decided(
    steps: list[dict[str, Any]], said: str | None
) -> None:
    assert told(*steps) == said


def test_a_text_or_label_that_is_empty_in_one_language_is_not_shown() -> None:
    told = weighing({"story": [{"expect": {"shows": {"fill": ["guidance_1"]}}}]})
    silent = told.files["forms/fill.form"].replace(b"Weigh first", b" ")

    assert rehearse(told).passed == 1
    assert rehearse(Bundle({**told.files, "forms/fill.form": silent})).failed == 1


@pytest.mark.parametrize(
    ("story", "said"),
    [
        ({"clauses": ["K.none"], "story": []}, "K.none"),
        ({"begins": "nowhere", "story": []}, "nowhere"),
        ({"story": [{"expect": {"clauses": ["K.none"]}}]}, "K.none"),
        ({"story": [{"expect": {"shows": ["fill"]}}]}, "shows"),
        ({"story": [{"expect": {"shows": {"nobody": ["size"]}}}]}, "nobody"),
        ({"story": [{"expect": {"shows": {"fill": ["weight"]}}}]}, "weight"),
        ({"story": [{"expect": {"hides": {"fill": {"parts": ["size"], "with": {"weight": 1}}}}}]}, "weight"),
        ({"story": [{"expect": {"decided": {"guess": {}}}}]}, "guess"),
    ],
)
def test_names_that_do_not_exist_are_refused_before_the_story_is_played(story: dict[str, Any], said: str) -> None:
    (failure,) = rehearse(weighing(story)).failures

    assert failure.step == "story"
    assert said in failure.actual


BAD = [b"story: " + b"[" * 5000, b"story: " + b"[" * 60 + b"]" * 60, b"story: \xff", b"{"]


@pytest.mark.parametrize("data", BAD, ids=range(4))
def test_a_file_that_no_story_can_be_in_is_refused(data: bytes) -> None:
    with pytest.raises(Misconfigured) as caught:
        read_scenario("scenarios/bad.yaml", data, open_procedure(weighing()))

    assert caught.value.file == "scenarios/bad.yaml" and caught.value.text.zh


def test_an_expectation_shows_its_own_clauses_or_those_of_the_story() -> None:
    bundle = weighing({"clauses": ["K.task"], "story": [{"expect": {}}, {"expect": {"clauses": "K.gate, K.row"}}]})
    story = read_scenario("scenarios/s1.yaml", bundle.files["scenarios/s1.yaml"], open_procedure(bundle))

    assert [step.clauses for step in story.steps] == [("K.task",), ("K.gate", "K.row")]
    assert story.proves == {"K.task", "K.gate", "K.row"}
