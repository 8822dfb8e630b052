"""Past complaints from a CSV file: every row is read or named with its line and reason."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from engine.commands.imports import BadRow, Column, ImportMapping, Row, read_rows
from engine.errors import Misconfigured

HEADER = "编号,时间,事由,经过\n"
MAPPING = ImportMapping(
    source="old-register",
    key="编号",
    columns=(
        Column("时间", "heard_at", type="datetime", required=True),
        Column("事由", "subject", required=True, max_length=20),
        Column("经过", "description"),
    ),
    constants={"channel": "phone"},
    estate="east",
)


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "old.csv"
    path.write_bytes(text.encode(encoding))
    return path


def read(folder: Path, body: str, mapping: ImportMapping = MAPPING) -> list[Row | BadRow]:
    return list(read_rows(written(folder, HEADER + body), mapping))


def bad(row: Row | BadRow) -> BadRow:
    assert isinstance(row, BadRow)
    return row


def good(row: Row | BadRow) -> Row:
    assert isinstance(row, Row)
    return row


def test_a_row_fills_fields_constants_and_estate(tmp_path: Path) -> None:
    [row] = read(tmp_path, "A1,2020-05-01T09:30:00,灯不亮,三楼\n")

    assert row == Row(
        line=2,
        source_key=good(row).source_key,
        estate="east",
        values={
            "channel": "phone",
            "heard_at": datetime(2020, 5, 1, 1, 30, tzinfo=UTC),
            "subject": "灯不亮",
            "description": "三楼",
        },
    )


def test_an_empty_cell_is_null_and_a_required_one_a_bad_row(tmp_path: Path) -> None:
    first, second = read(tmp_path, "A1,2020-05-01,灯不亮,\nA2,2020-05-01, ,三楼\n")

    assert good(first).values["description"] is None
    assert bad(second).line == 3
    assert "事由" in bad(second).reason.zh and "empty" in bad(second).reason.en


def test_every_reason_of_a_row_is_told(tmp_path: Path) -> None:
    [row] = read(tmp_path, f"A1,昨天,{'长' * 21},\n")

    assert "“昨天”不是能读懂的日期" in bad(row).reason.zh
    assert "有 21 字，最多 20 字" in bad(row).reason.zh
    assert "at most 20" in bad(row).reason.en


def test_a_quoted_newline_stays_in_its_row_and_lines_go_on_counting(tmp_path: Path) -> None:
    first, second = read(tmp_path, 'A1,2020-05-01,灯,"一\r\n二"\nA2,,灯,\n')

    assert good(first).values["description"] == "一\n二"
    assert bad(second).line == 4


@pytest.mark.parametrize("body", ["A1,2020-05-01,灯\n", "A1,2020-05-01,灯,三楼,多出\n"])
def test_too_few_or_too_many_cells_are_a_bad_row(tmp_path: Path, body: str) -> None:
    row, after = read(tmp_path, body + "A2,2020-05-02,灯,\n")

    assert "表头有 4 列" in bad(row).reason.zh
    assert good(after).line == 3


def test_a_broken_quote_does_not_stop_the_next_row(tmp_path: Path) -> None:
    broken, after = read(tmp_path, 'A1,2020-05-01,灯,"三"楼\nA2,2020-05-02,灯,\n')

    assert "引号" in bad(broken).reason.zh
    assert good(after).values["heard_at"] == datetime(2020, 5, 1, 16, tzinfo=UTC)


def test_an_open_quote_at_the_end_is_told_and_nothing_is_invented(tmp_path: Path) -> None:
    [row] = read(tmp_path, 'A1,2020-05-01,灯,"三楼\nA2,2020-05-02,灯,\n')

    assert bad(row).line == 2


def test_blank_lines_are_passed_over(tmp_path: Path) -> None:
    [row] = read(tmp_path, "\n,,,\nA1,2020-05-01,灯,\n")

    assert good(row).line == 4


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    path = written(tmp_path, '"编号",时间,事由,经过\nA1,2020-05-01,灯,\n', "utf-8-sig")

    assert isinstance(next(read_rows(path, MAPPING)), Row)


def test_another_encoding_is_read_and_foreign_bytes_spoil_only_their_row(tmp_path: Path) -> None:
    mapping = replace(MAPPING, encoding="gb18030")
    body = (HEADER + "A1,2020-05-01,灯不亮,\n").encode("gb18030") + b"A2,2020-05-01,\xff\xff,\n" + b"A3,2020-05-01,x,\n"
    path = tmp_path / "old.csv"
    path.write_bytes(body)

    first, second, third = read_rows(path, mapping)

    assert good(first).values["subject"] == "灯不亮"
    assert "编码" in bad(second).reason.zh
    assert good(third).values["subject"] == "x"


def test_control_characters_are_refused_and_emoji_and_rare_characters_taken(tmp_path: Path) -> None:
    first, second = read(tmp_path, "A1,2020-05-01,灯\x07,\nA2,2020-05-01,😡𠮷,\n")

    assert "控制字符" in bad(first).reason.zh
    assert good(second).values["subject"] == "😡𠮷"


def test_the_key_is_the_same_at_every_reading_and_depends_on_the_source(tmp_path: Path) -> None:
    [first] = read(tmp_path, "A1,2020-05-01,灯,\n")
    [changed] = read(tmp_path, "\nA1,2021-06-02,水,另写\n")
    [other] = read(tmp_path, "A1,2020-05-01,灯,\n", replace(MAPPING, source="another"))

    assert good(first).source_key == good(changed).source_key != good(other).source_key
    assert len(good(first).source_key) == 64


def test_without_a_key_column_the_content_tells_rows_apart(tmp_path: Path) -> None:
    mapping = replace(MAPPING, key=None)
    first, second = read(tmp_path, ",2020-05-01,灯,一\n,2020-05-01,灯,二\n", mapping)
    [again] = read(tmp_path, " ,2020-05-01,灯,一 \n", mapping)

    assert good(first).source_key == good(again).source_key != good(second).source_key


def test_an_empty_key_and_a_repeated_key_are_bad_rows(tmp_path: Path) -> None:
    empty, first, repeated = read(tmp_path, " ,2020-05-01,灯,\nA1,2020-05-01,灯,\nA1,2020-05-02,水,\n")

    assert "无法编号" in bad(empty).reason.zh
    assert good(first).line == 3
    assert "第 3 行" in bad(repeated).reason.zh


def test_dates_are_tried_in_the_order_of_the_formats(tmp_path: Path) -> None:
    mapping = replace(
        MAPPING,
        columns=(Column("时间", "occurred_on", type="date"), Column("事由", "subject")),
        date_formats=("%Y年%m月%d日", "%d/%m/%Y"),
    )
    rows = read(tmp_path, "A1,2020年5月1日,灯,\nA2,02/05/2020,灯,\nA3,2020-05-01,灯,\nA4,01/01/0020,灯,\n", mapping)

    assert [good(row).values["occurred_on"] for row in rows[:2]] == [date(2020, 5, 1), date(2020, 5, 2)]
    assert all(isinstance(row, BadRow) for row in rows[2:])


def test_a_moment_with_its_own_offset_keeps_it(tmp_path: Path) -> None:
    [row] = read(tmp_path, "A1,2020-05-01T09:30:00+00:00,灯,\n")

    assert good(row).values["heard_at"] == datetime(2020, 5, 1, 9, 30, tzinfo=UTC)


def test_words_become_choices_and_numbers_become_decimals(tmp_path: Path) -> None:
    mapping = replace(
        MAPPING, columns=(Column("事由", "channel_used", values={"来电": "phone"}), Column("经过", "loss", type="number"))
    )
    first, second, third = read(tmp_path, 'A1,,来电,"1,200.50"\nA2,,传真,1\nA3,,来电,很多\n', mapping)

    assert good(first).values["channel_used"] == "phone"
    assert good(first).values["loss"] == Decimal("1200.50")
    assert "传真" in bad(second).reason.zh
    assert "不是数" in bad(third).reason.zh


def test_a_missing_column_is_refused_at_the_door_unless_it_is_optional(tmp_path: Path) -> None:
    path = written(tmp_path, "编号,时间,事由\nA1,2020-05-01,灯\n")

    with pytest.raises(Misconfigured) as refusal:
        next(read_rows(path, MAPPING))
    [row] = read_rows(path, replace(MAPPING, columns=(*MAPPING.columns[:2], Column("经过", "description", optional=True))))

    assert "经过" in refusal.value.text.zh
    assert good(row).values["description"] is None


@pytest.mark.parametrize("text", ["", "编号,时间,事由,事由,经过\n", 'a,"b"c\n'])
def test_a_file_without_a_usable_header_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(Misconfigured):
        list(read_rows(written(tmp_path, text), MAPPING))


def test_a_file_that_is_not_there_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="打不开"):
        next(read_rows(tmp_path / "none.csv", MAPPING))


def test_a_large_file_is_read_a_row_at_a_time(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER + "".join(f"A{number},2020-05-01,灯,{'经过' * 50}\n" for number in range(20_000)))

    tracemalloc.start()
    first = next(read_rows(path, MAPPING))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert good(first).line == 2
    assert peak < path.stat().st_size / 10
