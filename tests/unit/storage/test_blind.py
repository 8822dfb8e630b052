"""Blind indexes find what people type in another way, and reveal nothing without the key."""

from __future__ import annotations

import pytest

from engine.storage.blind import NAME, PHONE, PHONE_TAIL, grams, index, kept_grams

KEY = b"k" * 32


@pytest.mark.parametrize(
    "typed", ["13800001101", "138 0000 1101", "+86 138-0000-1101", "１３８００００１１０１", "86 13800001101"]
)
def test_a_telephone_number_is_found_however_it_is_typed(typed: str) -> None:
    assert index(KEY, PHONE, typed) == index(KEY, PHONE, "13800001101")
    assert index(KEY, PHONE_TAIL, typed) == index(KEY, PHONE_TAIL, "1101")


@pytest.mark.parametrize("typed", ["8001", "010 8600 1234", "13800001102"])
def test_another_number_is_another_number(typed: str) -> None:
    assert index(KEY, PHONE, typed) != index(KEY, PHONE, "13800001101")


@pytest.mark.parametrize("typed", ["Zhang San", "zhang san", " ZHANG  SAN ", "Ｚｈａｎｇ　Ｓａｎ"])
def test_a_name_is_found_whatever_its_case_width_and_spaces(typed: str) -> None:
    assert index(KEY, NAME, typed) == index(KEY, NAME, "zhangsan")


def test_the_kind_and_the_key_are_part_of_the_index() -> None:
    found = {index(key, kind, "1101") for key in (KEY, b"other") for kind in (PHONE, PHONE_TAIL, NAME)}

    assert len(found) == 6 and all(len(one) == 64 and "1101" not in one[:4] for one in found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("楼道灯坏了", {"楼道", "道灯", "灯坏", "坏了"}),
        ("灯", {"灯"}),
        ("灯,不亮", {"灯", "不亮"}),
        ("WiFi 5G坏", {"wifi", "5g", "坏"}),
        ("𠮷野家", {"𠮷野", "野家"}),
        ("电梯👍", {"电梯", "梯👍"}),
        ("extraordinarily", {"extraord"}),
        ("", set()),
        ("a ! ?", set()),
    ],
)
def test_a_text_is_cut_into_pairs_of_signs_and_whole_words(text: str, found: set[str]) -> None:
    assert grams(text) == found


@pytest.mark.parametrize("sign", ["灯", "坏", "了", "👍"])
def test_a_single_sign_begins_something_that_is_kept_wherever_it_stands(sign: str) -> None:
    assert any(gram.startswith(sign) for gram in kept_grams("楼道灯坏了,电梯好👍"))
