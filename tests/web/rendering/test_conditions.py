"""Questions that come and go: whoever is asked them one after the other gives the same answer as who sees all at once."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engine.procedure import Form, load_folder, open_procedure
from webforms.rendering import Rendering, render
from webforms.rendering.pieces import flat

ZONE = ZoneInfo("Asia/Shanghai")
ROUNDS = 12
PROCEDURE = open_procedure(load_folder(Path(__file__).parents[3] / "processes" / "complaint"))
ASKING = [form for form in PROCEDURE.forms.values() if any(entry.conditions for entry in form.fields)]
#: What a person would type, by the type of a field; what is not named here is a line of words.
TYPED = {
    "number": "3",
    "money": "12.50",
    "date": "2026-09-30",
    "datetime": "2026-09-30T09:05",
    "time": "09:05",
    "phone": "13800003502",
}


def answers(form: Form, chance: random.Random) -> dict[str, Any]:
    """Something for about two fields in three, hidden ones too, each of its own kind."""
    asked = [entry for entry in form.fields if entry.field.type != "list" and chance.random() < 0.7]
    return {entry.key: _answer(entry, chance) for entry in asked}


def _answer(entry: Any, chance: random.Random) -> Any:
    if entry.field.type == "boolean":
        return chance.choice(["true", "false"])
    choices = [choice.value for choice in entry.component.choices]
    if entry.field.type in ("choices", "tags") and choices:
        return chance.sample(choices, k=min(2, len(choices)))
    return chance.choice(choices) if choices else TYPED.get(entry.field.type, "一句话")


def drawn(form: Form, raw: dict[str, Any]) -> Rendering:
    """The form as the server draws it for these entries."""
    return render(form, raw, {}, zone=ZONE, lookup=lambda kind: ())


def one_by_one(form: Form, wanted: dict[str, Any]) -> dict[str, Any]:
    """What is posted in the end when the page is drawn again after every answer and only what it shows can be answered."""
    raw: dict[str, Any] = {}
    for _ in range(len(form.fields) + 1):
        shown = {piece.name for piece in flat(drawn(form, raw).pieces)}
        now = {key: value for key, value in wanted.items() if key in shown}
        if now == raw:
            return raw
        raw = now
    raise AssertionError(f"{form.name} never comes to rest")


@pytest.mark.parametrize("form", ASKING, ids=lambda form: form.name)
def test_the_same_answers_come_of_questions_that_appear_and_of_all_at_once(form: Form) -> None:
    chance = random.Random(form.name)

    for _ in range(ROUNDS):
        wanted = answers(form, chance)
        with_script, without = form.read(one_by_one(form, wanted), {}, zone=ZONE), form.read(wanted, {}, zone=ZONE)

        assert with_script.values == without.values
        assert with_script.errors == without.errors
        assert not with_script.unknown and not without.unknown


def test_there_are_forms_with_conditions() -> None:
    assert len(ASKING) >= 10
