"""Forms as HTML: every kind of component, and what a browser posts read back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from werkzeug.datastructures import MultiDict

from webforms.rendering.posted import posted, raw_of, rows_of, with_rows

ZONE = ZoneInfo("Asia/Shanghai")


def test_buttons_and_tokens_are_no_answers() -> None:
    fields = MultiDict(
        [("csrf_token", "x"), ("request_id", "r"), ("_add", "rows"), ("name", "王"), ("kinds", "a"), ("kinds", "b")]
    )

    assert posted(fields) == {"name": "王", "kinds": ["a", "b"]}


@pytest.mark.parametrize(
    ("value", "raw"),
    [
        (None, {}),
        (True, {"key": "true"}),
        (False, {"key": "false"}),
        (Decimal("1.50"), {"key": "1.5"}),
        (date(2026, 9, 30), {"key": "2026-09-30"}),
        (datetime(2026, 9, 30, 1, 5, tzinfo=UTC), {"key": "2026-09-30T09:05"}),
        (["a", "b"], {"key": ["a", "b"]}),
        ([{"sub": "一"}, {"sub": None, "n": Decimal(2)}], {"key[0].sub": "一", "key[1].n": "2"}),
    ],
)
def test_a_typed_value_is_written_as_a_browser_posts_it(value: object, raw: dict[str, object]) -> None:
    assert raw_of({"key": value}, ["key"], ZONE) == raw


def test_a_row_is_added_at_the_end() -> None:
    raw = {"rows[0].a": "一", "rows[1].a": "二", "other": "x"}

    assert [row.get("a") for row in rows_of(with_rows(raw, "rows", None), "rows")] == ["一", "二", None]


def test_the_first_added_row_is_the_second_on_the_page() -> None:
    assert len(rows_of(with_rows({"rows[0].a": ""}, "rows", None), "rows")) == 2


def test_a_row_is_taken_out_and_the_rest_move_up() -> None:
    raw = {"rows[0].a": "一", "rows[1].a": "二", "rows[2].a": "三", "other": "x"}

    kept = with_rows(raw, None, "rows:1")

    assert kept == {"other": "x", "rows[0].a": "一", "rows[1].a": "三"}


@pytest.mark.parametrize("button", [None, "", "rows", "rows:", "rows:x", ":1"])
def test_a_button_that_says_nothing_sensible_changes_nothing(button: str | None) -> None:
    raw = {"rows[0].a": "一"}

    assert with_rows(raw, None, button) == raw
