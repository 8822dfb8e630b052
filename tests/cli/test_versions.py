"""Versions, clauses and decisions from the console: words for people, one JSON document for programs, exit status 0, 1 and 2."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from engine.cli.main import cli, main
from engine.demo import PASSWORD
from engine.errors import Forbidden, InvalidState, InvalidValues, NotFound
from engine.procedure import load_folder
from tests.conftest import REPOSITORY

Run = Callable[..., Result]
SHIPPED = REPOSITORY / "processes" / "complaint"
NEXT_YEAR = "2099-01-01"
TABLE = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">
<decision id="rate" name="Rate"><decisionTable hitPolicy="FIRST">
<input id="i"><inputExpression typeRef="number"><text>size</text></inputExpression></input>
<output id="o" name="rate" typeRef="number" />
<rule id="r1"><inputEntry><text>&gt; 5</text></inputEntry><outputEntry><text>0.25</text></outputEntry></rule>
<rule id="r2"><inputEntry><text>-</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>
</decisionTable></decision></definitions>"""
CASES = """
- {decision: Rate, given: {size: 6}, expect: 0.250}
- {id: small, decision: rate, given: {size: "2 + 3"}, expect: 1}
"""


@pytest.fixture
def run(furnished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The script in an installation with the demo company; releases go to a folder of the test's own."""
    shutil.copytree(furnished, tmp_path / "var")
    monkeypatch.setenv("REDRESS_VAR_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("REDRESS_PROCESSES_DIR", str(REPOSITORY / "processes"))
    monkeypatch.setenv("REDRESS_EXPORT_DIR", str(tmp_path / "released"))
    return lambda *arguments, **more: CliRunner().invoke(cli, [str(argument) for argument in arguments], **more)


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    """The shipped procedure with one amount changed."""
    folder = tmp_path / "edited"
    shutil.copytree(SHIPPED, folder)
    table = folder / "limits.dmn"
    table.write_text(table.read_text("utf-8").replace("<text>12</text>", "<text>8</text>", 1), "utf-8")
    return folder


def test_a_version_goes_from_a_folder_to_its_release(run: Run, edited: Path, tmp_path: Path) -> None:
    said = (edited, "--reason", "派单太慢", "--effective", NEXT_YEAR)
    refused = run("procedure", "propose", *said)
    assert isinstance(refused.exception, InvalidState) and "story scenarios/minor.yaml" in refused.stderr
    proposed = run("procedure", "propose", *said, "--ask-waiver")
    assert proposed.exit_code == 0 and "12 小时 → 8 小时" in proposed.stdout and "complaint@2" in proposed.stdout

    for login in ("owner", "manager", "director"):
        signed = run("procedure", "sign", "complaint", 2, "--as", login, input=f"{PASSWORD}\n")
    assert isinstance(signed.exception, InvalidState) and "story scenarios/minor.yaml" in signed.stderr
    why = ("--as", "director", "--reason", "故事按旧时限写的")
    assert "故事按旧时限写的" in run("procedure", "waive", "complaint", 2, *why, input=f"{PASSWORD}\n").stdout
    signed = run("procedure", "sign", "complaint", 2, "--as", "director", input=f"{PASSWORD}\n")
    assert signed.exit_code == 0 and "已发布" in signed.stdout

    released = load_folder(tmp_path / "released" / "complaint")
    assert yaml.safe_load(released.files["version.yaml"])["effective_at"] == "2099-01-01T00:00:00+08:00"
    shown = json.loads(run("procedure", "show", "complaint@2", "--json").stdout)
    assert (shown["state"], shown["digest"], len(shown["signatures"])) == ("coming", released.digest, 3)
    assert shown["evidence"]["stories"] - shown["evidence"]["held"] == len(shown["waivers"]) > 0
    listed = json.loads(run("procedure", "list", "--json").stdout)
    complaint = [(one["number"], one["state"]) for one in listed if one["procedure"] == "complaint"]
    assert complaint == [(2, "coming"), (1, "in_force")]


def test_a_wrong_password_signs_nothing(run: Run, edited: Path) -> None:
    run("procedure", "propose", edited, "--reason", "x", "--effective", NEXT_YEAR, "--ask-waiver")

    refused = run("procedure", "sign", "complaint", 2, "--as", "owner", input="wrong\n")

    assert isinstance(refused.exception, Forbidden)
    assert json.loads(run("procedure", "show", "complaint@2", "--json").stdout)["signatures"] == []


def test_a_withdrawn_proposal_says_so(run: Run, edited: Path) -> None:
    run("procedure", "propose", edited, "--reason", "x", "--effective", NEXT_YEAR, "--ask-waiver")

    assert run("procedure", "withdraw", "complaint", 2).exit_code == 0
    assert "已撤回 taken back" in run("procedure", "list").stdout


def test_files_with_errors_are_refused_with_every_finding(run: Run, edited: Path) -> None:
    (edited / "approve.bpmn").write_text("<nonsense", "utf-8")

    refused = run("procedure", "propose", edited, "--reason", "x", "--effective", NEXT_YEAR)

    assert isinstance(refused.exception, InvalidValues)
    assert "approve.bpmn" in refused.stderr


def test_an_export_is_the_files_that_were_published(run: Run, tmp_path: Path) -> None:
    run("procedure", "export", "complaint", "--to", tmp_path / "out")

    assert load_folder(tmp_path / "out").digest == load_folder(SHIPPED).digest
    assert "shipped" in (tmp_path / "out" / "version.yaml").read_text("utf-8")


def test_what_goes_out_unchanged_differs_in_nothing(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "processes" / "complaint"
    shutil.copytree(SHIPPED, folder)
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}

    assert run("procedure", "export", "complaint", "--to", folder).exit_code == 0
    assert {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()} == before
    run("procedure", "export", "complaint", "--to", tmp_path / "out")
    taken = run("procedure", "import", tmp_path / "out", "--as", "owner", input=f"{PASSWORD}\n")

    assert taken.exit_code == 0 and taken.stdout.count("\n") == 2, "the question for the password, and the draft: no change"
    again = json.loads(run("procedure", "diff", "complaint@1", tmp_path / "out", "--json").stdout)
    assert again == {"changes": [], "layout": []}


def test_files_edited_elsewhere_come_in_as_a_draft(run: Run, edited: Path) -> None:
    taken = run("procedure", "import", edited, "--as", "owner", input=f"{PASSWORD}\n")

    assert "时限 派单：12 小时 → 8 小时" in taken.stdout and "草稿 draft" in taken.stdout


def test_versions_and_folders_are_told_apart_in_words(run: Run, edited: Path) -> None:
    told = json.loads(run("procedure", "diff", "complaint@1", edited, "--json").stdout)

    assert [change["zh"] for change in told["changes"]] == ["时限 派单：12 小时 → 8 小时"]
    assert told["layout"] == []
    assert "12 hours → 8 hours" in run("procedure", "diff", SHIPPED, edited).stdout


@pytest.mark.parametrize("left_out", [False, True])
def test_clauses_are_counted_with_what_carries_them(run: Run, edited: Path, left_out: bool) -> None:
    (edited / "clauses.yaml").write_text('S0.8: {zh: "一", en: "One"}\nS99: {zh: "二", en: "Two"}\n', "utf-8")

    counted = json.loads(run("procedure", "clauses", *([] if left_out else [edited]), "--json").stdout)

    assert counted["total"] == counted["carried"] + counted["open"] == len(counted["clauses"])
    if not left_out:
        first, last = counted["clauses"]
        assert (counted["carried"], counted["open"]) == (1, 1)
        assert (
            first["status"] == "carried"
            and any(one.startswith("approve.bpmn ") for one in first["carriers"])
            and "minor" in first["scenarios"]
        )
        assert last == {"id": "S99", "status": "open", "reason": None, "carriers": [], "scenarios": [], "zh": "二", "en": "Two"}


def test_a_decision_is_asked_and_says_by_which_row(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rate.dmn").write_text(TABLE, "utf-8")
    ask = ("decision", "evaluate", tmp_path / "rate.dmn", "--decision", "Rate", "--input")

    assert run(*ask, '{"size": 6}').stdout == "0.25\n"
    answer = json.loads(run(*ask, '{"size": "=2 * 2"}', "--json").stdout)
    assert (answer["decision"], answer["value"], answer["rows"]) == ("rate", 1, [2])
    for wrong in ("{", "[]", '{"size": "=1 +"}', '{"size": NaN}', '{"size": ' + "[" * 50_000 + "]" * 50_000 + "}"):
        assert run(*ask, wrong).exit_code == 2
    nothing = run("decision", "evaluate", tmp_path / "rate.dmn", "--decision", "None", "--input", "{}")
    assert isinstance(nothing.exception, NotFound)


def test_cases_are_held_against_a_decision(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rate.dmn").write_text(TABLE, "utf-8")
    (tmp_path / "good.yaml").write_text(CASES, "utf-8")
    (tmp_path / "bad.yaml").write_text(
        CASES + "- {decision: Rate, given: {size: 1}, expect: 2}\n- {decision: None, expect: 1}\n", "utf-8"
    )

    good = run("decision", "test", tmp_path / "rate.dmn", tmp_path / "good.yaml", "--json")
    bad = run("decision", "test", tmp_path / "rate.dmn", tmp_path / "bad.yaml", "--json")

    assert good.exit_code == 0 and json.loads(good.stdout)["passed"] == 2
    results = json.loads(bad.stdout)["results"]
    assert bad.exit_code == 1
    assert [(one["id"], one["ok"], one["actual"]) for one in results] == [
        ("1", True, "0.25"),
        ("small", True, "1"),
        ("3", False, "1"),
        ("4", False, None),
    ]
    assert (
        results[3]["error"]["zh"] and "2 failed" in run("decision", "test", tmp_path / "rate.dmn", tmp_path / "bad.yaml").stdout
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["diff", "nothing", "nowhere"],
        ["propose", SHIPPED, "--reason", "x", "--effective", "soon"],
        ["propose", SHIPPED],
        ["show", "complaint@x"],
    ],
)
def test_wrong_usage_is_status_2(run: Run, arguments: list[object]) -> None:
    assert run("procedure", *arguments).exit_code == 2


def test_a_refusal_is_status_1(run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["redress", "procedure", "show", "complaint@9"])

    with pytest.raises(SystemExit) as ended:
        main()

    assert ended.value.code == 1 and "没有这一版" in capsys.readouterr().err
