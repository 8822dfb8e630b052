"""``redress procedure rehearse`` and ``clauses``: what they print and when they end with 1."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from engine.cli.main import cli
from tests.unit.procedure.drawing import as_yaml
from tests.unit.rehearsal.weighing import STARTS, weighing

Run = Callable[..., Result]
GOOD = {"clauses": ["K.gate"], "story": [{"reach": "inspect"}, {"expect": {"open": ["inspect"]}}]}
BAD = {"story": [{"complete": "fill"}, {"expect": {"open": ["fill"]}}]}


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """The weighing procedure as a folder, with these stories."""

    def write(*stories: Mapping[str, Any], **more: Any) -> Path:
        for path, data in weighing(*stories, **more).files.items():
            (tmp_path / "weighing" / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "weighing" / path).write_bytes(data)
        return tmp_path / "weighing"

    return write


def run(*arguments: object) -> Result:
    """The script with arguments."""
    return CliRunner().invoke(cli, ["procedure", *map(str, arguments)])


def test_stories_that_hold_end_well(folder: Callable[..., Path]) -> None:
    done = run("rehearse", folder(GOOD), "--json")

    assert done.exit_code == 0
    assert json.loads(done.stdout)["passed"] == 1
    assert "✓ 故事 1" in run("rehearse", folder(GOOD)).output


def test_a_story_that_does_not_hold_is_told_with_step_expected_actual_and_path(folder: Callable[..., Path]) -> None:
    done = run("rehearse", folder(GOOD, BAD), "--json")

    data = json.loads(done.stdout)
    assert (done.exit_code, data["passed"], data["failed"]) == (1, 1, 1)
    assert data["failures"][0].items() >= {"scenario": "故事 2", "step": "2. expect: {open: [fill]}"}.items()
    assert (data["failures"][0]["expected"], data["failures"][0]["actual"]) == ("open: [fill]", "open: [inspect]")
    assert data["failures"][0]["path"] == ["begin", "fill", "weigh", "is_heavy"]
    said = run("rehearse", folder(GOOD, BAD)).output
    assert "✗ 故事 2" in said
    assert "begin → fill → weigh → is_heavy" in said


def test_other_stories_may_be_given(folder: Callable[..., Path], tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "one.yaml").write_bytes(as_yaml({"scenario": "我的", "starts": STARTS, **BAD}))

    data = json.loads(run("rehearse", folder(GOOD), "--scenarios", tmp_path / "mine", "--json").stdout)

    assert (data["passed"], data["failed"], data["failures"][0]["scenario"]) == (0, 1, "我的")


def test_changes_that_no_story_notices_are_listed(folder: Callable[..., Path]) -> None:
    path = folder(GOOD)

    every, said = run("rehearse", path, "--mutate", "--json"), run("rehearse", path, "--mutate", "--only", "limits")

    data = json.loads(every.stdout)
    assert every.exit_code == 1
    assert data["mutants"] == data["killed"] + data["survived"]
    assert len(data["survivors"]) == data["survived"] > 0
    assert "limits.dmn limits 1 limits_1: 数额" in said.output or "amount: 1 becomes 2" in said.output


def test_enough_noticed_ends_well(folder: Callable[..., Path]) -> None:
    late = {
        "story": [
            {"after": "PT59M59S"},
            {"expect": {"not_breached": ["reply"]}},
            {"after": "PT1S"},
            {"expect": {"breached": ["reply"]}},
            {"complete": "fill"},
            {"expect": {"due": {"today": STARTS + timedelta(hours=20)}}},
        ]
    }

    done = run("rehearse", folder(late), "--mutate", "--only", "limits.dmn")

    assert done.exit_code == 0
    assert "6 mutants, 6 killed, 0 survived" in done.output


def test_clauses_are_counted_carried_or_open_with_the_reason(folder: Callable[..., Path]) -> None:
    path = folder(GOOD, clauses={"K.open": {"zh": "开", "en": "open", "open": {"zh": "下一期", "en": "comes later"}}})

    data = json.loads(run("clauses", path, "--json").stdout)

    assert (data["total"], data["carried"], data["open"]) == (11, 10, 1)
    found = {clause["id"]: clause for clause in data["clauses"]}
    assert found["K.gate"].items() >= {"status": "carried", "carriers": ["main.bpmn is_heavy"], "scenarios": ["s1"]}.items()
    assert (found["K.open"]["status"], found["K.open"]["reason"]["en"]) == ("open", "comes later")
    assert "下一期 comes later" in run("clauses", path).output


def test_a_clause_of_several_procedures_is_counted_once(folder: Callable[..., Path]) -> None:
    path = folder(GOOD)

    assert json.loads(run("clauses", path, path, "--json").stdout)["total"] == 10


def test_proving_ends_with_one_while_a_carried_clause_has_no_carrier_that_counts(folder: Callable[..., Path]) -> None:
    path = folder(GOOD)

    every, gate = run("clauses", path, "--prove", "--json"), run("clauses", path, "--prove", "--clause", "K.gate", "--json")

    assert (every.exit_code, json.loads(every.stdout)["proven"], json.loads(every.stdout)["unproven"]) == (1, 1, 9)
    data = json.loads(gate.stdout)
    assert (gate.exit_code, data["proven"], data["unproven"]) == (0, 1, 0)
    assert data["clauses"][0]["proven_carriers"][0]["step"] == "2. expect: {open: [inspect]}"
    assert "✓ main.bpmn is_heavy: 故事 1 [2. expect: {open: [inspect]}]" in run("clauses", path, "--prove").output


def test_a_story_that_does_not_hold_anyway_spoils_the_proof(folder: Callable[..., Path]) -> None:
    done = run("clauses", folder(GOOD, BAD), "--prove", "--clause", "K.gate", "--json")

    assert done.exit_code == 1
    assert [failure["scenario"] for failure in json.loads(done.stdout)["failing"]] == ["故事 2"]


def test_a_part_or_clause_that_is_not_there_is_wrong_usage(folder: Callable[..., Path]) -> None:
    assert run("rehearse", folder(GOOD), "--mutate", "--only", "roads").exit_code == 2
    assert run("clauses", folder(GOOD), "--clause", "K.none").exit_code == 2
