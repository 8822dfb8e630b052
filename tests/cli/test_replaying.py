"""``redress procedure replay``: recorded cases and event files through a procedure's files, in words and as JSON."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from engine.cli.main import cli
from tests.office import Office

COMPLAINT = Path(__file__).parents[2] / "processes" / "complaint"
SHIPPED_MAPPING = Path(__file__).parents[2] / "bench" / "housing-events.yaml"
EVENTS = """case,building,category,reason,event,at
7,b,Фасад,r,petition,2020-10-19T09:00:00
7,b,Фасад,r,moderation,2020-10-19T09:05:00
7,b,Фасад,r,under_review,2020-10-19T10:00:00
7,b,Фасад,r,answer,2020-10-19T15:00:00
7,b,Фасад,r,answered,2020-10-20T09:00:00
7,b,Фасад,r,closed_satisfied,2020-10-21T09:00:00
8,b,?,r,petition,2020-10-19T09:00:00
8,b,?,r,moderation,2020-10-22T09:05:00
9,b,?,r,answer,2020-10-22T09:05:00
"""


@pytest.fixture
def events(tmp_path: Path) -> Path:
    """Three cases: one handled in two days, one judged after three, one without its beginning."""
    path = tmp_path / "events.csv.gz"
    path.write_bytes(gzip.compress(EVENTS.encode()))
    return path


def run(*arguments: object) -> Result:
    """The script with arguments."""
    return CliRunner().invoke(cli, ["procedure", "replay", *map(str, arguments)])


def test_an_event_file_tells_which_deadlines_would_have_been_kept(events: Path) -> None:
    done = run(COMPLAINT, "--events", events, "--mapping", SHIPPED_MAPPING, "--json")

    told = json.loads(done.stdout)
    assert done.exit_code == 0, done.output
    assert (told["cases"], told["without_beginning"], told["compared"], told["stuck"]) == (2, 1, 0, 0)
    assert told["limits"]["dispatch"] == {"same": 2, "kept_after": 1, "missed_after": 1}
    assert {"cases", "seconds", "changed", "stuck", "limits", "roles"} <= told.keys()
    in_words = run(COMPLAINT, "--events", events, "--mapping", SHIPPED_MAPPING, "--limit", 1).output
    assert "时限 limit 派单 Dispatch:  按时 kept 1" in in_words


def test_two_procedures_are_held_against_each_other(events: Path) -> None:
    done = run(COMPLAINT, "--events", events, "--mapping", SHIPPED_MAPPING, "--against", COMPLAINT, "--json")

    told = json.loads(done.stdout)
    assert (told["compared"], told["same"], told["newly_missed"], told["added"]) == (2, 2, 0, 0)


@pytest.mark.parametrize(
    ("wrong", "place", "zh", "en"),
    [
        ("case: case\nevent: event\n", ":1", "没有写哪一列是时刻", "which column holds the moment"),
        ("case: [", ":2", "不是完好的 YAML", "not well-formed YAML"),
        ("case: c\nevent: e\nat: t\nevents:\n  p: {begins: true, does: [fly]}\n", ":5", "没有任务“fly”", 'no task "fly"'),
        (
            "case: c\nevent: e\nat: t\nwith: {channel: owl}\nevents:\n  p: {begins: true}\n",
            ":4",
            "不能是“owl”",
            'cannot be "owl"',
        ),
        ("case: c\nevent: e\nat: t\nevents: {p: {}}\n", ":4", "没有一个事件开始", "no event begins"),
        ("case: c\nevent: e\nat: t\nzone: Mars\nevents: {p: {begins: true}}\n", ":4", "不认识时区", "is unknown"),
        ("case: c\nevent: e\nat: t\nencoding: hex\nevents: {p: {begins: true}}\n", ":4", "不认识编码", "is unknown"),
        ('case: c\nevent: e\nat: t\nencoding: "\\0"\nevents: {p: {begins: true}}\n', ":4", "不认识编码", "is unknown"),
        ("case: c\nevent: e\nat: t\nevents: {p: {begins: true, takes: [a]}}\n", ":4", "没有操作", "has no action"),
        ("case: c\nevent: e\nat: t\nwith: 5\nevents: {p: {begins: true}}\n", ":4", "with 应是", "with must be"),
        (
            "case: c\nevent: e\nat: t\ncolumns:\n  c: {field: category, words: [a]}\nevents: {p: {begins: true}}\n",
            ":5",
            "words 应是",
            "words must be",
        ),
    ],
)
def test_a_mapping_that_cannot_be_used_is_refused_with_its_line(
    events: Path, tmp_path: Path, wrong: str, place: str, zh: str, en: str
) -> None:
    mapping = tmp_path / "wrong.yaml"
    mapping.write_text(wrong, encoding="utf-8")

    done = run(COMPLAINT, "--events", events, "--mapping", mapping)

    assert done.exit_code == 1 and "Traceback" not in done.output
    assert f"wrong.yaml{place}" in done.output and zh in done.output and en in done.output


@pytest.mark.parametrize(
    ("content", "zh", "en"),
    [
        (EVENTS.replace("2020-10-22T09:05:00", "yesterday", 1), "第 9 行：时刻“yesterday”读不懂", "line 9: the moment"),
        (EVENTS.replace("category", "sort", 1), "第 1 行：没有“category”这一列", 'line 1: it has no column "category"'),
        (EVENTS + "10,b\n", "第 11 行：有 2 格", "line 11: it has 2 cells"),
        ("", "第 1 行：文件是空的", "line 1: the file is empty"),
        (EVENTS.replace("2020-10-22", "0001-01-01", 1), "第 9 行：时刻“0001-01-01T09:05:00”不在", "line 9: the moment"),
        (EVENTS.replace("7,b", "7," + "b" * 200_000, 1), "第 2 行：引号没有配对，或有一格太长", "line 2: a quotation mark"),
        (EVENTS.encode("cp1251"), "不是 utf-8 编码的文字", "is no text in utf-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_line(tmp_path: Path, content: str | bytes, zh: str, en: str) -> None:
    path = tmp_path / "events.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())

    done = run(COMPLAINT, "--events", path, "--mapping", SHIPPED_MAPPING)

    assert done.exit_code == 1 and zh in str(done.exception) and en in str(done.exception)


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "events.csv.gz"
    path.write_bytes(b"no archive")

    done = run(COMPLAINT, "--events", path, "--mapping", SHIPPED_MAPPING)

    assert done.exit_code == 1 and "events.csv.gz 不是完好的压缩文件" in str(done.exception)


def test_events_need_a_mapping(events: Path) -> None:
    assert run(COMPLAINT, "--events", events).exit_code == 2
    assert run(COMPLAINT, "--against", COMPLAINT).exit_code == 2


def test_cases_of_the_database_go_the_way_that_they_went(office: Office) -> None:
    closed, open_one = office.register(), office.register()
    closed.finish()
    open_one.reach("propose_plan")
    office.let_pass(days=2)
    url = str(office.application.database.url.render_as_string(hide_password=False))

    told = json.loads(run(COMPLAINT, "--database", url, "--json").stdout)

    assert (told["cases"], told["same"], told["newly_missed"], told["newly_kept"], told["stuck"]) == (2, 2, 0, 0, 0)
    assert json.loads(run(COMPLAINT, "--database", url, "--which", "closed", "--json").stdout)["cases"] == 1
    assert json.loads(run(COMPLAINT, "--database", url, "--since", "2030-01-01", "--json").stdout)["cases"] == 0
