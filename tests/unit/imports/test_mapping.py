"""The mapping file of an import: what it may say, and the sentence for what it may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.commands.imports import Column, read_mapping
from engine.errors import Misconfigured

SHIPPED = Path(__file__).parents[3] / "bench" / "complaints-zh.mapping.yaml"


def mapping_file(folder: Path, text: str) -> Path:
    path = folder / "old.mapping.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_columns_are_written_short_or_in_full(tmp_path: Path) -> None:
    text = "key: 编号\ncolumns:\n  事由: subject\n  时间: {field: heard_at, as: datetime, required: true}\n"

    mapping = read_mapping(mapping_file(tmp_path, text))

    assert mapping.columns == (Column("事由", "subject"), Column("时间", "heard_at", type="datetime", required=True))
    assert mapping.fields == {"subject", "heard_at"}
    assert mapping.source == "old"
    assert (mapping.key, mapping.encoding, mapping.delimiter, mapping.zone.key) == ("编号", "utf-8", ",", "Asia/Shanghai")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- a\n", "列表"),
        ("columns: [\n", "读不了"),
        ("columns: {}\n", "没有列"),
        ("columns: {a: {as: text}}\n", "没有写填哪个字段"),
        ("columns: {a: {field: b, as: money}}\n", "money"),
        ("columns: {a: {field: b, max_length: 0}}\n", "max_length"),
        ("columns: {a: {field: b, requird: true}}\n", "requird"),
        ("columns: {a: x, b: x}\n", "两列都填"),
        ("columns: {a: x}\nconstants: {x: 一}\n", "既有列又有固定值"),
        ("columns: {a: x}\nconstants: {y: 1.5}\n", "constants"),
        ("columns: {a: x}\nencoding: klingon\n", "klingon"),
        ("columns: {a: x}\ndelimiter: ab\n", "delimiter"),
        ("columns: {a: x}\nzone: Moon/Base\n", "Moon/Base"),
        ("columns: {a: x}\nkey: [a]\n", "key"),
        ("columns: {a: x}\ndate_formats: '%Y'\n", "date_formats"),
        ("columns: {a: x}\ncolums: {}\n", "colums"),
    ],
)
def test_a_mapping_that_cannot_be_used_says_why(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(Misconfigured) as refusal:
        read_mapping(mapping_file(tmp_path, text))

    assert told in refusal.value.text.zh
    assert refusal.value.mend is not None


def test_the_shipped_mapping_can_be_used() -> None:
    mapping = read_mapping(SHIPPED)

    assert mapping.key == "id"
    assert {"heard_at", "subject", "description"} <= mapping.fields
