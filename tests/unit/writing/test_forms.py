"""Forms are taken apart and put together again: what nobody touched is as it was, to the letter."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from engine.domain.text import Text
from engine.errors import Misconfigured
from engine.procedure.bundle import load_folder
from engine.procedure.findings import Findings
from engine.procedure.forms.component import WRITES
from engine.procedure.reading import read_all
from engine.procedure.vocabulary import Field
from engine.procedure.writing import forms
from engine.procedure.writing.conditions import (
    ALL,
    ANY,
    COMPARISONS,
    Condition,
    Shown,
    condition_of,
    hiding,
    hiding_all,
    shown_of,
)

SHIPPED = sorted(Path("processes").rglob("*.form"))
FORM = Path("processes/complaint/forms/judge_complaint.form").read_bytes()
FIELDS = read_all(load_folder("processes/complaint"), Findings()).vocabulary


def _as_it_is(piece: forms.Piece) -> forms.Wanted:
    return forms.Wanted(**{name: getattr(piece, name) for name in forms.Wanted.__dataclass_fields__})


def _outline(data: bytes) -> list[tuple[int, str]]:
    return [(piece.depth, piece.ref) for piece in forms.pieces_of(data)]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_piece_that_stays_as_it_is_changes_nothing(path: Path) -> None:
    data = path.read_bytes()

    for piece in forms.pieces_of(data):
        assert forms.changed(data, piece.ref, _as_it_is(piece)) == data


def test_one_word_of_a_piece_changes_that_word_alone() -> None:
    piece = next(one for one in forms.pieces_of(FORM) if one.ref == "field_validity_reason")

    after = forms.changed(FORM, piece.ref, replace(_as_it_is(piece), help=Text("只写事实", piece.help.en), required=True))

    before, now = FORM.decode().splitlines(), after.decode().splitlines()
    assert [line.strip() for line in now if line not in before] == ['"description": "只写事实",', '"maxLength": 2000,']
    assert json.loads(after)["components"][1]["components"][2]["validate"] == {"maxLength": 2000, "required": True}


def test_pieces_move_within_their_group_and_into_another() -> None:
    up = forms.shifted(FORM, "field_validity_reason", -1)
    across = forms.moved(FORM, "field_validity_reason", "group_tests", "field_grounds_sufficient")

    assert _outline(up).index((1, "field_validity_reason")) == _outline(FORM).index((1, "field_validity_reason")) - 1
    assert _outline(across)[2:4] == [(1, "field_validity_reason"), (1, "field_grounds_sufficient")]
    assert sorted(_outline(across)) == sorted(_outline(FORM))
    assert forms.shifted(up, "field_validity_reason", 1) == FORM
    with pytest.raises(Misconfigured):
        forms.moved(FORM, "group_tests", "group_tests")


def test_a_field_is_asked_by_the_component_that_suits_it() -> None:
    for field in FIELDS.values():
        after = forms.added(FORM, forms.asking(field, FIELDS), "group_tests")
        added = next(
            piece for piece in forms.pieces_of(after) if piece.ref == f"field_{field.key}" and piece.inside == "group_tests"
        )

        assert field.type in WRITES[added.kind]
        assert (added.label.zh, added.label.en) == (field.label.zh, field.label.en)


def test_what_is_removed_goes_with_all_that_stands_in_it() -> None:
    after = forms.removed(FORM, "group_tests")

    assert not {"group_tests", "guidance_1", "field_grounds_sufficient"} & {ref for _, ref in _outline(after)}
    with pytest.raises(Misconfigured):
        forms.removed(after, "group_tests")


@pytest.mark.parametrize("comparison", COMPARISONS)
@pytest.mark.parametrize(
    ("type", "values"), [("choice", ["a b", 'say "x"']), ("number", ["3", "-1.5"]), ("boolean", ["true", "false"]),
                         ("date", ["2026-01-02", "2026-01-03"])]
)  # fmt: skip
def test_what_is_put_together_is_read_again(comparison: str, type: str, values: list[str]) -> None:
    bare, several = comparison in ("given", "empty"), comparison in ("is_any", "is_none")
    wanted = Condition("x", comparison, tuple(values if several else [] if bare else values[:1]))

    assert condition_of(hiding(wanted, {"x": Field("x", type, Text("甲", "X"))})) == wanted


@pytest.mark.parametrize("said", ["=a = b", "=a = 1 and b = 2", "=a = null or b = 1", '=contains(a, "b")', "=", "=1 = 1"])
def test_what_says_more_is_left_to_those_who_write_it(said: str) -> None:
    assert condition_of(said) is None


@pytest.mark.parametrize("join", [ALL, ANY])
def test_several_comparisons_are_joined_and_told_apart_again(join: str) -> None:
    fields = {"x": Field("x", "choice", Text("甲", "X")), "n": Field("n", "number", Text("数", "N"))}
    parts = (Condition("x", "is_any", ("a or b", "c (d")), Condition("n", "at_least", ("3",)), Condition("x", "is_not", ("e",)))

    assert shown_of(hiding_all(Shown(join, parts), fields)) == Shown(join, parts)


def test_either_of_two_comparisons_shows_it() -> None:
    shown = Shown(ANY, (Condition("x", "is", ("a",)), Condition("n", "above", ("3",))))
    hide = hiding_all(shown, {"x": Field("x", "choice", Text("甲", "X")), "n": Field("n", "number", Text("数", "N"))})

    assert hide == '=x != "a" and (n = null or n <= 3)'


@pytest.mark.parametrize("said", ['=x = "a" and n = 1 or x = "b"', "=x + 1 = 2 or n = 1", '=not(x = "a" or n = 1)'])
def test_conditions_joined_in_two_ways_are_left_to_those_who_write_them(said: str) -> None:
    assert shown_of(said) is None


def test_bounds_of_a_piece_change_and_another_type_is_filled_in_otherwise() -> None:
    piece = next(one for one in forms.pieces_of(FORM) if one.ref == "field_validity_reason")
    said = replace(_as_it_is(piece), bounds={"minLength": "10", "maxLength": ""}, pattern_told=Text("写实", "Be true"))

    after = json.loads(forms.changed(FORM, piece.ref, said))["components"][1]["components"][2]
    asked = next(field for field in FIELDS.values() if field.key == "validity_reason")
    as_date = json.loads(forms.suiting(FORM, replace(asked, type="date")))["components"][1]["components"][2]

    assert after["validate"] == {"minLength": 10, "patternErrorMessage": "写实"}
    assert after["properties"]["pattern_en"] == "Be true"
    assert (as_date["type"], as_date["subtype"]) == ("datetime", "date")
    assert forms.suiting(FORM, asked) == FORM
