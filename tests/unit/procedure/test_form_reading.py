"""Reading a whole form: every key gets a value, hidden fields are null, rows are contexts, forged keys are named."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engine.procedure import Form, FormAnswer, open_procedure
from tests.unit.procedure.drawing import bundle, field, form

ZONE = ZoneInfo("Asia/Shanghai")


def read(*components: dict[str, Any], raw: dict[str, Any], scope: dict[str, Any] | None = None) -> FormAnswer:
    """What a form of these components makes of an entry."""
    return made(*components).read(raw, scope or {}, zone=ZONE)


def made(*components: dict[str, Any]) -> Form:
    """The form of these components."""
    return open_procedure(bundle(files={"forms/do_it.form": form(*components)})).forms["do_it"]


def hidden_when(condition: str, kind: str, key: str, **given: Any) -> dict[str, Any]:
    """A field that a condition hides."""
    return field(kind, key, conditional={"hide": f"={condition}"}, **given)


def test_every_key_of_the_form_gets_a_value() -> None:
    answer = read(field("textfield", "subject"), field("number", "size"), raw={"subject": "x"})

    assert answer.values == {"subject": "x", "size": None}


def test_a_key_that_the_form_does_not_show_is_named() -> None:
    answer = read(field("textfield", "subject"), raw={"subject": "x", "size": "3", "rows[0].row_text": "y", "subject[0].x": "z"})

    assert answer.unknown == ("rows[0].row_text", "size", "subject[0].x")
    assert answer.values == {"subject": "x"}


def test_a_readonly_field_never_writes_and_is_no_forgery() -> None:
    answer = read(field("textfield", "subject", readonly=True), field("number", "size"), raw={"subject": "forged", "size": "1"})

    assert answer.values.keys() == {"size"}
    assert answer.unknown == ()


def test_a_hidden_field_is_null_and_not_asked_for() -> None:
    secret = hidden_when("sure != true", "textfield", "subject", validate={"required": True})

    assert read(field("checkbox", "sure"), secret, raw={"subject": "typed before"}).values == {"sure": False, "subject": None}
    assert read(field("checkbox", "sure"), secret, raw={}).errors == {}
    assert read(field("checkbox", "sure"), secret, raw={"sure": "on"}).errors.keys() == {"subject"}


def test_a_hidden_field_counts_as_null_for_the_next_condition() -> None:
    chain = (
        field("checkbox", "sure"),
        hidden_when("sure != true", "select", "colour"),
        hidden_when('colour != "red"', "textfield", "subject"),
    )

    shown = read(*chain, raw={"sure": "on", "colour": "red", "subject": "x"})
    hidden = read(*chain, raw={"colour": "red", "subject": "x"})

    assert shown.values == {"sure": True, "colour": "red", "subject": "x"}
    assert hidden.values == {"sure": False, "colour": None, "subject": None}


def test_conditions_that_hide_each_other_come_to_an_end() -> None:
    pair = (hidden_when("size = null", "textfield", "subject"), hidden_when("subject != null", "number", "size"))

    answer = read(*pair, raw={"subject": "x", "size": "1"})

    assert answer.values.keys() == {"subject", "size"}


def test_conditions_read_the_values_of_the_case() -> None:
    asked = hidden_when('colour != "red"', "textfield", "subject")

    assert read(asked, raw={"subject": "x"}, scope={"colour": "red"}).values == {"subject": "x"}
    assert read(asked, raw={"subject": "x"}, scope={"colour": "blue"}).values == {"subject": None}


def test_a_hidden_group_hides_what_it_holds() -> None:
    group = {"type": "group", "id": "g", "conditional": {"hide": "=sure != true"}, "components": [field("textfield", "subject")]}

    found = made(field("checkbox", "sure"), group)

    assert found.keys == {"sure", "subject"}
    assert found.read({"subject": "x"}, {}, zone=ZONE).values["subject"] is None
    assert not found.visible(found.components[1], {"sure": False})
    assert found.visible(found.components[1], {"sure": True})


def rows(**given: Any) -> dict[str, Any]:
    """A list with a text and a box a row."""
    parts = [field("textfield", "row_text", **given), field("checkbox", "row_done")]
    return {"type": "dynamiclist", "id": "rows", "path": "rows", "label": "要求", "components": parts}


def test_posted_rows_become_contexts_in_order_without_blank_ones() -> None:
    raw = {
        "rows[10].row_text": "third",
        "rows[2].row_text": "second",
        "rows[2].row_done": "on",
        "rows[0].row_text": " ",
        "rows[1].row_text": "first",
    }

    answer = read(rows(), raw=raw)

    assert answer.values["rows"] == [
        {"row_text": "first", "row_done": False},
        {"row_text": "second", "row_done": True},
        {"row_text": "third", "row_done": False},
    ]
    assert answer.unknown == ()


def test_typed_rows_are_taken_too() -> None:
    assert read(rows(), raw={"rows": [{"row_text": "x", "row_done": True}]}).values["rows"] == [
        {"row_text": "x", "row_done": True}
    ]


def test_an_error_in_a_row_names_the_posted_field() -> None:
    answer = read(rows(validate={"required": True}), raw={"rows[1].row_text": "", "rows[1].row_done": "on"})

    assert answer.errors.keys() == {"rows[1].row_text"}


@pytest.mark.parametrize("raw", [{}, {"rows[0].row_text": ""}])
def test_an_empty_list_is_null_and_a_required_one_is_asked_for(raw: dict[str, Any]) -> None:
    assert read(rows(), raw=raw).values["rows"] is None
    assert read({**rows(), "validate": {"required": True}}, raw=raw).errors.keys() == {"rows"}


def test_a_list_that_is_no_list_of_rows_is_refused() -> None:
    assert read(rows(), raw={"rows": "x"}).errors.keys() == {"rows"}


def test_what_a_row_only_shows_stays_as_the_case_has_it() -> None:
    shown = {**rows(), "components": [field("textfield", "row_text", readonly=True), field("checkbox", "row_done")]}
    scope = {"rows": [{"row_text": "asked"}, {"row_text": "asked too"}]}

    answer = read(shown, raw={"rows[1].row_text": "forged", "rows[1].row_done": "on"}, scope=scope)

    assert answer.values["rows"] == [{"row_text": "asked", "row_done": False}, {"row_text": "asked too", "row_done": True}]


def test_too_many_rows_are_refused() -> None:
    answer = read(rows(), raw={f"rows[{index}].row_text": "x" for index in range(201)})

    assert "最多 200 项" in answer.errors["rows"].zh


def test_labels_help_and_english_come_from_the_form_and_else_from_the_vocabulary() -> None:
    own, borrowed = made(field("textfield", "subject"), {"type": "number", "key": "size", "description": "整数"}).components

    assert (own.label.zh, own.label.en) == ("标签 subject", "subject")
    assert (borrowed.label.zh, borrowed.label.en) == ("数量", "Size")
    assert borrowed.help is not None
    assert borrowed.help.zh == "整数"
