"""A YAML file is changed where its content changes: everything else stays to the letter, comments above all."""

from __future__ import annotations

import copy
import random
from pathlib import Path
from typing import Any

import pytest
import yaml

from engine.errors import Misconfigured
from engine.procedure.writing.merging import content_of, rewritten
from engine.procedure.writing.stories import written

SHIPPED = sorted(Path("processes").rglob("*.yaml"))
FILE = """# The vocabulary.
first: {type: text, zh: 一, en: One}   # by hand
# --- the second part ---
second:
  # why it is a list
  - complete: a   # as before
    as: reception
  - expect: {open: [b], value: {severity: "minor"}}
  # the end is told here
  - at: 2026-09-01T09:00:00+08:00
third: [a, b,
  c]
"""
ODD = (
    "a: b",
    "是，的",
    True,
    3,
    None,
    "12:30",
    "- a",
    "x # y",
    "两\n行",
    ["x", {"zh": "一"}],
    {"zh": "长" * 90, "en": ["l" * 60]},
)


def _changed(**keys: Any) -> str:
    return rewritten(FILE.encode(), {**yaml.safe_load(FILE), **keys}).decode()


def test_a_file_that_says_the_same_is_the_same() -> None:
    assert all(rewritten(path.read_bytes(), yaml.safe_load(path.read_bytes())) == path.read_bytes() for path in SHIPPED)


def test_a_word_is_changed_where_it_stands() -> None:
    said = _changed(first={"type": "text", "zh": "壹", "en": "One"})

    assert said == FILE.replace("zh: 一", "zh: 壹")


def test_steps_move_with_the_comments_above_them() -> None:
    one, two, three = yaml.safe_load(FILE)["second"]

    said = _changed(second=[three, one, two])

    assert said.index("# the end is told here") < said.index("- at: 2026") < said.index("- complete: a   # as before")


def test_what_is_taken_out_leaves_its_neighbours_and_the_comments() -> None:
    said = rewritten(FILE.encode(), {"third": ["a", "c"], "fourth": {"zh": "四", "en": "Four"}}).decode()

    assert said == "# The vocabulary.\n# --- the second part ---\nthird: [a, c]\nfourth: {zh: 四, en: Four}\n"


@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_wanted_is_said_and_no_comment_is_lost(seed: int) -> None:
    chance = random.Random(seed)
    for path in chance.sample(SHIPPED, 15):
        before = path.read_text()
        wanted = yaml.safe_load(before)
        for _ in range(3):
            _disturb(wanted, chance)

        after = rewritten(before.encode(), wanted).decode()

        assert yaml.safe_load(after) == wanted
        assert set(_comments(before)) <= set(_comments(after))


def test_an_empty_file_is_begun() -> None:
    assert rewritten(b"# new\n", {"a": {"zh": "一", "en": "One"}}) == "# new\na: {zh: 一, en: One}\n".encode()


@pytest.mark.parametrize("text", ["a: &x {b: 1}\nc: *x\n", "a: [\n"])
def test_what_cannot_be_kept_is_refused(text: str) -> None:
    with pytest.raises(Misconfigured):
        rewritten(text.encode(), {"a": 2})


def _comments(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip().startswith("#")]


def _disturb(value: Any, chance: random.Random) -> None:
    """One change somewhere: a part goes, comes, moves or says something else."""
    if not value:
        return
    places: list[Any] = list(value) if isinstance(value, dict) else list(range(len(value)))
    place, what = chance.choice(places), chance.random()
    if what < 0.15:
        del value[place]
    elif what < 0.35 and isinstance(value, dict):
        value[f"new_{chance.randrange(99)}"] = copy.deepcopy(chance.choice(ODD))
    elif what < 0.35:
        value.insert(place, copy.deepcopy(chance.choice(ODD)))
    elif what < 0.5 and isinstance(value, list):
        value.insert(0, value.pop(place))
    elif isinstance(value[place], dict | list):
        _disturb(value[place], chance)
    else:
        value[place] = copy.deepcopy(chance.choice(ODD))


def test_a_new_story_is_written_as_authors_write_them() -> None:
    for path in sorted(Path("processes/complaint/scenarios").glob("ladder_*.yaml")):
        story = yaml.safe_load(path.read_bytes())

        said = written(story).decode()

        assert yaml.safe_load(said) == story
        assert said.startswith("scenario: ") and "\nstory:\n  - " in said


def test_keys_that_are_no_text_stay_what_they_are() -> None:
    assert rewritten(b"2: a\nyes: b\n", {**content_of(b"2: a\nyes: b\n"), "c": 2}) == b"2: a\nyes: b\nc: 2\n"
