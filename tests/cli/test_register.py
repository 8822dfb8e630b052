"""``redress register``: what it prints, and its exit status."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from engine.bootstrap import build
from engine.cli.main import cli
from engine.commands.imports.store_records import Record, StoreRecords
from engine.domain.actor import SYSTEM
from engine.register import COLUMNS
from engine.settings import Settings
from engine.storage import tables as t
from tests.conftest import REPOSITORY

Run = Callable[..., Result]


@pytest.fixture
def run(furnished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The script, told of a folder whose register holds three records."""
    shutil.copytree(furnished, tmp_path / "var")
    monkeypatch.setenv("REDRESS_VAR_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("REDRESS_PROCESSES_DIR", str(REPOSITORY / "processes"))
    application = build(Settings())
    with application.database.read() as connection:
        estate_id = str(connection.execute(sa.select(t.estate.c.id).where(t.estate.c.code == "YH")).scalar_one())
    records = tuple(Record(f"k{place}", {"subject": "漏水"}) for place in range(3))
    application.execute(StoreRecords(estate_id, records), SYSTEM)
    application.close()
    return lambda *arguments: CliRunner().invoke(cli, ["register", *map(str, arguments)])


def change(statement: sa.Executable) -> None:
    """Change the database behind the product's back."""
    application = build(Settings())
    with application.database.write() as connection:
        connection.execute(statement)
    application.close()


def test_a_whole_register_is_said_to_be_so(run: Run) -> None:
    plain, told = run("verify"), run("verify", "--json")

    found = json.loads(told.stdout)
    assert (plain.exit_code, told.exit_code) == (0, 0)
    assert (found["ok"], found["problems"], found["cases"]) == (True, [], 3) and found["rows"] > 3
    assert f"案件 cases 3 · 日志 entries {found['rows']} · 问题 problems 0" in plain.stdout


def test_a_changed_row_is_named_and_ends_with_status_one(run: Run) -> None:
    change(sa.update(t.journal).where(t.journal.c.stream_kind == "case").values(actor_id="somebody"))

    plain, told = run("verify"), run("verify", "--json")

    found = json.loads(told.stdout)
    assert (plain.exit_code, told.exit_code, found["ok"]) == (1, 1, False)
    assert {"row": "journal 1", "what": "chain"}.items() <= found["problems"][0].items() and found["problems"][0]["case"]
    assert "这一条日志被改动" in plain.stdout and "was changed" in plain.stdout


def test_the_register_is_written_as_a_table_and_never_over_another_file(run: Run, tmp_path: Path) -> None:
    written, again = run("export", "--output", tmp_path / "r.csv"), run("export", "--output", tmp_path / "r.csv")

    with (tmp_path / "r.csv").open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    assert (written.exit_code, again.exit_code) == (0, 2)
    assert tuple(head) == tuple(COLUMNS) and len(rows) == 3 and {row[1] for row in rows} == {"YH"}
    assert "漏水" not in (tmp_path / "r.csv").read_text("utf-8") and "3 条 rows" in written.stderr


def test_a_year_without_numbers_is_an_empty_table(run: Run) -> None:
    assert run("export", "--year", "1999").stdout.count("\n") == 1
    assert run("export", "--year", "soon").exit_code == 2


def test_a_year_is_sealed_once_with_the_script_beside_it(run: Run, tmp_path: Path) -> None:
    first, again = run("seal", 2026), run("seal", 2026)

    assert first.exit_code == 0, first.output
    assert "案卷 complaints 0" in first.stdout and "公钥 public key" in first.stdout
    assert {path.name for path in (tmp_path / "var" / "volumes").iterdir()} == {"2026.jsonl", "verify_volume.py"}
    assert again.exit_code == 2 and "exists already" in again.output
