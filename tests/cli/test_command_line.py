"""The console script: what it prints, what it changes, and its exit status."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from engine.bootstrap import Application, build
from engine.cli.main import cli, main
from engine.commands import access, cases, directory
from engine.domain.actor import SYSTEM
from engine.errors import InvalidState, Misconfigured
from engine.settings import Settings
from engine.storage import tables as t
from engine.storage.audit.rebuild import contents, rebuild
from engine.storage.audit.verify import verify
from tests.conftest import REPOSITORY

Run = Callable[..., Result]

MAPPING = """
source: old
key: id
columns:
  id: {field: source_number, optional: true}
  name: {field: complainant_name}
  heard: {field: heard_at, as: datetime, required: true}
  subject: {field: subject, required: true, max_length: 20}
constants:
  channel: letter
"""
RECORDS = """id,name,heard,subject
1,欧阳雪梅,2024-05-01T10:00:00,楼道灯不亮
2,,2024-06-01T10:00:00,电梯异响
3,王五,not a date,门禁失灵
4,王五,2025-01-02T10:00:00,
5,王五,2025-01-02T10:00:00,𠮷野家门口漏水👍
"""


@pytest.fixture
def folder(furnished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder that the script is told of, with the demo company."""
    shutil.copytree(furnished, tmp_path / "var")
    monkeypatch.setenv("REDRESS_VAR_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("REDRESS_PROCESSES_DIR", str(REPOSITORY / "processes"))
    return tmp_path


@pytest.fixture
def run(folder: Path) -> Run:
    """The script with arguments."""
    return lambda *arguments, **more: CliRunner().invoke(cli, [str(argument) for argument in arguments], **more)


@pytest.fixture
def after(folder: Path) -> Iterator[Callable[[], Application]]:
    """The installation as the script left it."""
    opened: list[Application] = []

    def look() -> Application:
        opened.append(build(Settings()))
        return opened[-1]

    yield look
    for application in opened:
        application.close()


@pytest.fixture
def files(folder: Path) -> tuple[Path, Path]:
    """Records with two bad rows, and their mapping."""
    records, mapping = folder / "records.csv", folder / "mapping.yaml"
    records.write_text(RECORDS, "utf-8")
    mapping.write_text(MAPPING, "utf-8")
    return records, mapping


def test_the_database_is_brought_up_to_date_as_often_as_one_likes(run: Run, folder: Path) -> None:
    shutil.rmtree(folder / "var")

    for _ in range(2):
        assert (run("db", "upgrade").exit_code, run("db", "upgrade").output) == (0, "ok\n")


def test_a_person_is_added_with_a_password_that_is_asked_for(run: Run, after: Callable[[], Application]) -> None:
    result = run("user", "add", "newcomer", "--name", "新同事", "--role", "reception", input="long enough\nlong enough\n")

    assert (result.exit_code, "ok newcomer" in result.output) == (0, True)
    assert "long enough" not in result.output
    application = after()
    person_id = application.execute(access.SignIn("newcomer", "long enough", "here"), SYSTEM)
    actor = application.actor(person_id)
    assert actor is not None and actor.roles == {"reception"} and not actor.administrator


def test_a_login_is_added_once(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    arguments = ["redress", "user", "add", "reception", "--name", "x", "--password", "long enough"]
    monkeypatch.setattr(sys, "argv", arguments)

    with pytest.raises(SystemExit) as ended:
        main()

    said = capsys.readouterr()
    assert ended.value.code == 1 and said.out == ""
    assert "login" in said.err and "exists already" in said.err


@pytest.mark.parametrize("arguments", [["import"], ["nonsense"], ["procedure", "check", "nowhere"], ["user", "add"]])
def test_wrong_usage_ends_with_status_two(run: Run, arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_an_import_keeps_the_good_rows_and_names_the_bad_ones(
    run: Run, files: tuple[Path, Path], after: Callable[[], Application]
) -> None:
    result = run("import", files[0], "--mapping", files[1], "--estate", "YH")

    assert result.exit_code == 1
    assert "新增 new 3 · 已有 known 0 · 未收 refused 2" in result.stdout
    assert "line 4: " in result.stderr and "line 5: " in result.stderr
    with after().database.read() as connection:
        entry = t.register_entry
        rows = connection.execute(sa.select(entry).order_by(entry.c.number)).mappings().all()
        secret = Settings().secret_key
        before = contents(connection)
        rebuild(connection, secret)
        assert contents(connection) == before and verify(connection) == []
    assert [(row["number"], row["status"], row["series"]) for row in rows] == [
        ("YH-H-2024-00001", "historic", "historic"),
        ("YH-H-2024-00002", "historic", "historic"),
        ("YH-H-2025-00001", "historic", "historic"),
    ]


def test_a_second_import_changes_nothing(run: Run, files: tuple[Path, Path], after: Callable[[], Application]) -> None:
    run("import", files[0], "--mapping", files[1], "--estate", "YH")
    with after().database.read() as connection:
        before = contents(connection)

    result = run("import", files[0], "--mapping", files[1], "--estate", "YH")

    assert "新增 new 0 · 已有 known 3 · 未收 refused 2" in result.stdout
    with after().database.read() as connection:
        assert contents(connection) == before


def test_a_historic_record_can_only_be_read_and_erased(
    run: Run, files: tuple[Path, Path], after: Callable[[], Application]
) -> None:
    run("import", files[0], "--mapping", files[1], "--estate", "YH")
    application = after()
    with application.database.read() as connection:
        case_id = connection.execute(sa.select(t.register_entry.c.case_id)).scalars().first()

    for command in (cases.AddComment(str(case_id), "x"), cases.Raise(str(case_id), "major", "x")):
        with pytest.raises(InvalidState, match="historic"):
            application.execute(command, SYSTEM)
    application.execute(cases.ErasePersonalData(str(case_id), "依本人要求"), SYSTEM)

    with application.database.read() as connection:
        assert verify(connection) == []


def test_an_import_must_know_its_estate(run: Run, files: tuple[Path, Path]) -> None:
    for arguments in ([], ["--estate", "nowhere"]):
        assert isinstance(run("import", files[0], "--mapping", files[1], *arguments).exception, Misconfigured)


def test_the_shipped_procedure_is_checked_without_an_error(run: Run) -> None:
    result = run("procedure", "check", REPOSITORY / "processes" / "complaint", "--json")

    found = json.loads(result.stdout)
    assert result.exit_code == 0 and found["errors"] == 0
    assert set(found) >= {"errors", "warnings", "findings"}


def test_a_broken_procedure_is_named_by_file_and_element(run: Run, folder: Path) -> None:
    broken = folder / "broken"
    shutil.copytree(REPOSITORY / "processes" / "complaint", broken)
    path = broken / "by_severity.bpmn"
    sound = path.read_text("utf-8")
    assert 'calledElement="minor"' in sound
    path.write_text(sound.replace('calledElement="minor"', 'calledElement="nowhere"'), "utf-8")

    result = run("procedure", "check", broken, "--json")

    found = json.loads(result.stdout)
    assert result.exit_code == 1 and found["errors"] >= 1
    finding = next(finding for finding in found["findings"] if finding["level"] == "error")
    assert finding["file"] == "by_severity.bpmn" and finding["element"] == "handle_minor"
    assert set(finding) >= {"file", "element", "name", "rule", "level", "line", "zh", "en", "mend_zh", "mend_en"}
    assert finding["zh"] and finding["en"] and finding["mend_zh"] and finding["mend_en"]
    assert "errors" in run("procedure", "check", broken).stdout


FOREIGN = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d"><process id="theirs">
<startEvent id="begin"/><task id="look" name="Look"/><endEvent id="over"/>
<sequenceFlow id="a" sourceRef="begin" targetRef="look"/>
<sequenceFlow id="b" sourceRef="look" targetRef="over"/></process></definitions>"""
TELLING = """import atexit, sys
from engine.cli.main import cli
atexit.register(lambda: print(sorted(sys.modules)))
cli(sys.argv[1:], standalone_mode=False)"""


def test_a_file_of_another_tool_is_checked_by_itself_under_its_own_name(run: Run, tmp_path: Path) -> None:
    (tmp_path / "theirs.bpmn20.xml").write_text(FOREIGN)

    result = run("procedure", "check", tmp_path / "theirs.bpmn20.xml", "--json")

    found = json.loads(result.stdout)["findings"]
    assert result.exit_code == 1
    assert {one["file"] for one in found} == {"theirs.bpmn20.xml"}
    assert ("unsupported", "look") in {(one["rule"], one["element"]) for one in found}


def test_checking_a_file_loads_neither_database_nor_pages(tmp_path: Path) -> None:
    (tmp_path / "theirs.bpmn").write_text(FOREIGN)

    done = subprocess.run(
        [sys.executable, "-c", TELLING, "procedure", "check", str(tmp_path / "theirs.bpmn")],
        capture_output=True, text=True, cwd=REPOSITORY, check=False,
    )  # fmt: skip

    assert "'engine.procedure'" in done.stdout
    assert "'sqlalchemy'" not in done.stdout and "'flask'" not in done.stdout


def test_the_versions_in_force_are_listed(run: Run) -> None:
    assert run("procedure", "list").stdout.startswith("complaint 1 shipped ")


def test_a_due_moment_says_by_which_calendar_it_was_counted(after: Callable[[], Application]) -> None:
    application = after()
    rules = application.catalogue.intake(application.clock.now()).procedure.day_rules
    with application.database.read() as connection:
        before = application.calendar_for(rules, 0, connection).days.revision

    application.execute(directory.SetCalendarDay(application.clock.now().date(), False, "停电", "Power cut"), SYSTEM)

    with application.database.read() as connection:
        later = application.calendar_for(rules, 1, connection).days.revision
    assert before.startswith("CN-") and before.endswith("+0") and later == before.removesuffix("0") + "1"
