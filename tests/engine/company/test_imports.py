"""Households and staff from Excel: tried row by row, taken over in one go, updated and never doubled."""

from __future__ import annotations

import json
import time
import zlib

import pytest
import sqlalchemy as sa

from engine.commands import directory
from engine.domain.events import DirectoryChanged
from engine.errors import Forbidden, InvalidValues, NotFound
from engine.storage import tables as t
from engine.storage.journal import read_stream
from tests.engine.company import sheets_of as files
from tests.office import Office

SECONDS = 20


def tried(office: Office, kind: str, content: bytes, name: str = "名册.xlsx") -> tuple[str, dict[int, tuple[str, str]]]:
    """The id of the file that waits, and outcome and words by row."""
    import_id = office.execute(directory.StageImport(kind, name, content), "admin")
    (row,) = office.rows(t.staged_import.select().where(t.staged_import.c.id == import_id))
    entries = json.loads(zlib.decompress(row["content"]))
    return import_id, {entry["line"]: (entry["outcome"], entry["said"][0]) for entry in entries}


def count(office: Office, table: sa.Table) -> int:
    return int(office.rows(sa.select(sa.func.count().label("n")).select_from(table))[0]["n"])


def test_households_are_tried_and_then_taken_over(office: Office) -> None:
    before = {table: count(office, table) for table in (t.building, t.unit, t.household)}
    content = files.excel(
        files.HOUSEHOLDS,
        ("YH", "3 号楼", "3-1-502", "李晓梅", "13800003502"),
        ("云禾花园", "3 号楼", "3-1-301", "赵立新", "13900000000"),
        ("yh", "9 号楼", "9-1-101", "钱多多", "13612345678"),
        ("YH", "9 号楼", "9-1-102", "孙九", "1361234567"),
        ("YH", "1 号楼", "9-1-101", "周十", ""),
        ("XX", "9 号楼", "9-1-103", "周十", ""),
        ("YH", "9 号楼", "9-1-101", "钱多多", ""),
        ("YH", "9 号楼", "", "无房", ""),
    )

    import_id, said = tried(office, "households", content)

    assert {line: outcome for line, (outcome, _) in said.items()} == {
        2: "same", 3: "changed", 4: "added", 5: "refused", 6: "refused", 7: "refused", 8: "refused", 9: "refused",
    }  # fmt: skip
    assert said[3][1] == "电话 13800003301 → 13900000000" and said[4][1] == "新增楼栋、房间、住户"
    assert said[5][1] == "电话少一位" and "已在“9 号楼”" in said[6][1] and "没有小区“XX”" in said[7][1]
    assert said[8][1] == "和第 4 行是同一户" and said[9][1] == "“房号”是空的"
    assert {table: count(office, table) for table in before} == before, "nothing is written by trying"

    office.execute(directory.ConfirmImport(import_id), "admin")

    assert {table.name: count(office, table) - number for table, number in before.items()} == {
        "building": 1,
        "unit": 1,
        "household": 1,
    }
    (found,) = office.rows(t.household.select().where(t.household.c.name == "钱多多"))
    assert found["phone_index"] and found["name_index"] and found["active"]
    with pytest.raises(NotFound):
        office.execute(directory.ConfirmImport(import_id), "admin")


def test_the_same_file_again_changes_nothing(office: Office) -> None:
    content = files.comma(
        files.HOUSEHOLDS, ("YH", "9 号楼", "9-1-101", "钱多多", "13612345678"), ("BT", "2 号楼", "2-1-201", "吴桂芳", "")
    )
    office.execute(directory.ConfirmImport(tried(office, "households", content)[0]), "admin")

    _, said = tried(office, "households", content)

    assert [outcome for outcome, _ in said.values()] == ["same", "same"]


def test_staff_are_taken_over_by_user_name_with_their_roles(office: Office) -> None:
    content = files.excel(
        files.STAFF,
        ("ENGINEER", "孙强", 8004, "", "责任部门", "YH", "工程部"),
        ("lina", "李娜", "0755-8881 2345", "lina@example.com", "接待", "云禾花园", ""),
        ("lina", "李娜", "", "", "客户主任", "BT", ""),
        ("lina", "李四", "", "", "", "", ""),
        ("wang", "王五", "", "wang", "", "", ""),
        ("zhao", "赵六", "", "", "宇航员", "", ""),
        ("qian", "钱七", "", "", "", "YH", ""),
        ("sun qi", "孙七", "", "", "", "", ""),
    )

    import_id, said = tried(office, "staff", content)
    office.execute(directory.ConfirmImport(import_id), "admin")

    assert [outcome for outcome, _ in said.values()] == ["same", "added", "changed", *["refused"] * 5]
    assert "第 3 行相同" in said[5][1] and "邮箱" in said[6][1] and "没有岗位“宇航员”" in said[7][1] and "没有岗位" in said[8][1]
    lina = office.actor("lina")
    assert {(grant.role, grant.estate_id) for grant in lina.grants} == {
        ("reception", office.estate_id("YH")),
        ("supervisor", office.estate_id("BT")),
    }
    (row,) = office.rows(t.person.select().where(t.person.c.login == "lina"))
    assert (row["phone"], row["email"]) == ("075588812345", "lina@example.com")
    assert office.rows(t.credential.select().where(t.credential.c.person_id == row["id"])) == [], "a password is set afterwards"
    assert [outcome for outcome, _ in tried(office, "staff", content)[1].values()][:3] == ["same", "same", "same"]


def test_every_row_is_in_the_journal_and_nothing_personal_is(office: Office) -> None:
    content = files.excel(files.HOUSEHOLDS, ("YH", "9 号楼", "9-1-101", "钱多多", "13612345678"))
    office.execute(directory.ConfirmImport(tried(office, "households", content)[0]), "admin")

    with office.application.database.read() as connection:
        last = list(read_stream(connection, "administration", "company"))[-1]
    changes = [event for event in last.events if isinstance(event, DirectoryChanged)]
    assert last.action == "import_directory" and [event.table for event in changes] == [
        "staged_import",
        "building",
        "unit",
        "household",
    ]
    assert "钱多多" not in repr(last.events) and "13612345678" not in repr(last.events)


#: What a file may be, and what is said of it.
BAD = [
    (b"", "没有内容"),
    (b"\x00\x01\x02", "打不开"),
    (b"\xd0\xcf\x11\xe0old", "旧格式"),
    (b"PK\x03\x04broken", "打不开"),
    (files.archive(word="一封信".encode()), "打不开"),
    (files.archive(xl__vbaProject="宏".encode(), **{"xl__vbaProject.bin": b"x"}), "宏"),
    (files.special(formula=True), "公式"),
    (files.special(merged=True), "合并"),
    (files.bomb(), "太大"),
    (files.excel(files.HOUSEHOLDS), "没有内容"),
    (files.excel(("小区", "房号"), ("YH", "1")), "缺少这些列：楼栋、称呼"),
    (files.excel((*files.HOUSEHOLDS, "密码"), ("YH", "1", "1", "x", "", "secret")), "不要放密码"),
    (files.excel((*files.HOUSEHOLDS, "手机"), ("YH", "1", "1", "x", "", "1")), "有两列"),
    ('小区,楼栋\n"YH'.encode(), "引号不成对"),
    (files.comma(files.HOUSEHOLDS, *[("YH", "1", str(number), "x", "") for number in range(20_001)]), "超过 20000 行"),
]


def test_a_file_that_cannot_be_taken_is_refused_with_a_sentence(office: Office) -> None:
    for content, words in BAD:
        with pytest.raises(InvalidValues) as refused:
            office.execute(directory.StageImport("households", "名册.xlsx", content), "admin")
        assert words in refused.value.fields["file"].zh

    assert count(office, t.staged_import) == 0


def test_only_administrators_import(office: Office) -> None:
    content = files.excel(files.HOUSEHOLDS, ("YH", "9 号楼", "9-1-101", "钱多多", ""))
    import_id, _ = tried(office, "households", content)

    for command in (
        directory.StageImport("households", "x", content),
        directory.ConfirmImport(import_id),
        directory.DropImport(import_id),
    ):
        with pytest.raises(Forbidden):
            office.execute(command, "manager")
    with pytest.raises(NotFound):
        office.execute(directory.StageImport("cars", "x", content), "admin")


def test_what_nobody_confirms_is_gone_the_next_day(office: Office) -> None:
    content = files.excel(files.HOUSEHOLDS, ("YH", "9 号楼", "9-1-101", "钱多多", ""))
    forgotten, _ = tried(office, "households", content)

    office.clock.advance(hours=25)
    kept, _ = tried(office, "households", content)

    assert [row["id"] for row in office.rows(t.staged_import.select())] == [kept] != [forgotten]


def test_ten_thousand_households_take_seconds(office: Office) -> None:
    rows = [("YH", f"{n // 500 + 20} 号楼", f"{n // 500 + 20}-1-{n}", f"住户{n}", f"1390{n:07}") for n in range(10_000)]
    began = time.monotonic()

    import_id, said = tried(office, "households", files.excel(files.HOUSEHOLDS, *rows))
    office.execute(directory.ConfirmImport(import_id), "admin")

    assert {outcome for outcome, _ in said.values()} == {"added"} and count(office, t.household) >= 10_000
    assert time.monotonic() - began < SECONDS
