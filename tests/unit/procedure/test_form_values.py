"""From what a browser posts to typed values, or the sentence why not."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engine.domain.text import Text
from engine.domain.values import Value
from engine.procedure import Form, open_procedure
from engine.procedure.forms.reader import is_pattern
from tests.unit.procedure.drawing import bundle, field, form

ZONE = ZoneInfo("Asia/Shanghai")
COMPONENTS = {
    "subject": field("textfield", "subject"),
    "note": field("textarea", "note"),
    "size": field("number", "size", decimalDigits=1, validate={"min": 0, "max": 1000}),
    "paid": field("textfield", "paid"),
    "seen_on": field("datetime", "seen_on"),
    "seen_at": field("datetime", "seen_at"),
    "clock": field("datetime", "clock"),
    "sure": field("checkbox", "sure"),
    "colour": field("select", "colour"),
    "tags": field("checklist", "tags"),
    "phone": field("textfield", "phone"),
    "proof": field("filepicker", "proof"),
}
TAKEN: list[tuple[str, Any, Value]] = [
    ("subject", "  电梯困人 ", "电梯困人"),
    ("subject", "𠮷野家 😀 👨‍👩‍👧", "𠮷野家 😀 👨‍👩‍👧"),
    ("subject", "一行\n两行", "一行 两行"),
    ("subject", "", None),
    ("subject", "   ", None),
    ("subject", None, None),
    ("subject", "字" * 200, "字" * 200),
    ("note", "第一行\r\n第二行\t。", "第一行\n第二行\t。"),
    ("note", "😀" * 5000, "😀" * 5000),
    ("size", "12.5", Decimal("12.5")),
    ("size", "１２．５", Decimal("12.5")),
    ("size", " 1,000 ", Decimal(1000)),
    ("size", 7, Decimal(7)),
    ("size", Decimal("0.5"), Decimal("0.5")),
    ("size", "0", Decimal(0)),
    ("size", "", None),
    ("paid", "¥1，280.50", Decimal("1280.50")),
    ("paid", "300元", Decimal(300)),
    ("seen_on", "2026-09-30", date(2026, 9, 30)),
    ("seen_on", "2026年9月30日", date(2026, 9, 30)),
    ("seen_on", date(2026, 9, 30), date(2026, 9, 30)),
    ("seen_at", "2026-09-30T17:58", datetime(2026, 9, 30, 9, 58, tzinfo=UTC)),
    ("seen_at", "2026-09-30 17:58:30", datetime(2026, 9, 30, 9, 58, 30, tzinfo=UTC)),
    ("seen_at", "2026-09-30T09:58Z", datetime(2026, 9, 30, 9, 58, tzinfo=UTC)),
    ("seen_at", datetime(2026, 9, 30, 17, 58), datetime(2026, 9, 30, 9, 58, tzinfo=UTC)),
    ("seen_at", datetime(2026, 9, 30, 17, 58, tzinfo=ZONE), datetime(2026, 9, 30, 9, 58, tzinfo=UTC)),
    ("clock", "08:05", time(8, 5)),
    ("sure", "on", True),
    ("sure", None, False),
    ("sure", False, False),
    ("sure", ["false", "true"], True),
    ("colour", "red", "red"),
    ("colour", "", None),
    ("tags", ["old", "new", "old"], ["new", "old"]),
    ("tags", "old", ["old"]),
    ("tags", [], None),
    ("phone", "138 0013 8000", "138 0013 8000"),
    ("phone", "010-62345678", "010-62345678"),
    ("phone", "８０１２", "８０１２"),
    ("phone", "+86 13800138000", "+86 13800138000"),
    ("proof", ["a1", "", "a1", "b2"], ["a1", "b2"]),
]
REFUSED: list[tuple[str, Any, str]] = [
    ("subject", "字" * 201, "最多 200 个字"),
    ("subject", "a\x00b", "控制字符"),
    ("subject", "a\ud800b", "控制字符"),
    ("subject", {"a": "b"}, "一段文字"),
    ("note", "字" * 5001, "最多 5000 个字"),
    ("size", "很多", "要填数字"),
    ("size", "1e5", "要填数字"),
    ("size", "1,00", "要填数字"),
    ("size", "NaN", "要填数字"),
    ("size", "9" * 21, "要填数字"),
    ("size", "-1", "不能小于 0"),
    ("size", "1000.5", "不能大于 1000"),
    ("size", "1.25", "最多 1 位小数"),
    ("size", True, "一段文字"),
    ("paid", "1.005", "最多 2 位小数"),
    ("seen_on", "2026-02-30", "要填日期"),
    ("seen_on", "0202-01-01", "要填日期"),
    ("seen_on", "明天", "要填日期"),
    ("seen_at", "2026-09-30", "日期和时间"),
    ("seen_at", "2026-09-30T25:00", "日期和时间"),
    ("clock", "24:61", "要填时刻"),
    ("sure", "maybe", "选是或否"),
    ("colour", "green", "不在列表里"),
    ("tags", ["old", "forged"], "不在列表里"),
    ("phone", "1380013800", "电话号码"),
    ("phone", "打我手机", "电话号码"),
]


def one(key: str, **given: Any) -> Form:
    """A form with a single field."""
    return open_procedure(bundle(files={"forms/do_it.form": form({**COMPONENTS[key], **given})})).forms["do_it"]


@pytest.mark.parametrize(("key", "raw", "value"), TAKEN)
def test_an_entry_becomes_a_typed_value(key: str, raw: Any, value: Value) -> None:
    answer = one(key).read({key: raw}, {}, zone=ZONE)

    assert answer.errors == {}
    assert answer.values == {key: value}
    assert type(answer.values[key]) is type(value)


@pytest.mark.parametrize(("key", "raw", "said"), REFUSED)
def test_an_entry_that_cannot_be_taken_is_answered_with_the_label_and_what_was_expected(key: str, raw: Any, said: str) -> None:
    answer = one(key).read({key: raw}, {}, zone=ZONE)

    assert answer.values == {key: None}
    assert f"标签 {key}" in answer.errors[key].zh
    assert said in answer.errors[key].zh
    assert key in answer.errors[key].en


@pytest.mark.parametrize("key", sorted(set(COMPONENTS) - {"sure"}))
def test_a_required_field_wants_an_entry(key: str) -> None:
    wanted = one(key, validate={"required": True})

    assert wanted.read({}, {}, zone=ZONE).errors[key].zh == f"请填写“标签 {key}”。"
    assert wanted.read({key: ""}, {}, zone=ZONE).errors.keys() == {key}


def test_a_required_box_wants_to_be_ticked() -> None:
    answer = one("sure", validate={"required": True}).read({}, {}, zone=ZONE)

    assert answer.errors["sure"].zh == "请勾选“标签 sure”。"


def test_a_pattern_is_matched_in_linear_time() -> None:
    shaped = one("note", validate={"pattern": "^(a+)+$", "patternErrorMessage": "只写 a"}, properties={"pattern_en": "Only a"})

    assert shaped.read({"note": "aaa"}, {}, zone=ZONE).errors == {}
    assert shaped.read({"note": "a" * 4000 + "b"}, {}, zone=ZONE).errors == {"note": Text("只写 a", "Only a")}


def test_the_vocabulary_bounds_a_text_that_the_form_leaves_open() -> None:
    short = bundle(
        fields={"subject": {"type": "text", "zh": "事由", "en": "Subject", "max_length": 3}},
        files={"forms/do_it.form": form(field("textfield", "subject"))},
    )

    answer = open_procedure(short).forms["do_it"].read({"subject": "四个字了"}, {}, zone=ZONE)

    assert "最多 3 个字，现有 4 个" in answer.errors["subject"].zh


def test_a_form_may_offer_fewer_choices_than_the_vocabulary() -> None:
    fewer = one("colour", values=[{"value": "blue", "label": "蓝"}])

    assert [choice.value for choice in fewer.fields[0].component.choices] == ["blue"]
    assert fewer.read({"colour": "red"}, {}, zone=ZONE).errors.keys() == {"colour"}


@pytest.mark.parametrize(("pattern", "usable"), [("[0-9]{6}", True), ("(", False), ("长" * 20_000, False)])
def test_a_pattern_is_used_only_if_it_can_be_matched(pattern: str, usable: bool) -> None:
    assert is_pattern(pattern) is usable
