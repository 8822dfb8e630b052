"""Counting how a test kit of decisions comes out, on a kit of a few lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from bench import tck
from bench.__main__ import bench
from tests.unit.decisions.tables import DMN_1_3

KIT = 'xmlns="http://www.omg.org/spec/DMN/20160719/testcase" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
NULL = '<value xsi:nil="true"/>'


def write(folder: Path, body: str, *results: tuple[str, str]) -> None:
    """A folder of the kit: a file of decisions, and what each is to answer."""
    folder.mkdir(parents=True)
    (folder / "m.dmn").write_text(f'<definitions xmlns="{DMN_1_3}" id="f" name="f">{body}</definitions>', "utf-8")
    asked = "".join(f'<resultNode name="{name}"><expected>{value}</expected></resultNode>' for name, value in results)
    case = f'<testCase id="1">{asked}</testCase>'
    (folder / "m-test-01.xml").write_text(f"<testCases {KIT}><modelName>m.dmn</modelName>{case}</testCases>", "utf-8")


def decision(name: str, text: str) -> str:
    """A decision of one expression."""
    return f'<decision id="{name}" name="{name}"><literalExpression><text>{text}</text></literalExpression></decision>'


def number(value: str) -> str:
    """A number as the kit writes it."""
    return f'<value xsi:type="xsd:decimal">{value}</value>'


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    """Two levels; in the second one folder agrees, one is wrong in every way, one asks for imports."""
    write(tmp_path / tck.LEVELS[0] / "0001", decision("a", "1 / 3"), ("a", number("0.333333333")))
    write(tmp_path / tck.LEVELS[1] / "0001", decision("a", "1 + null"), ("a", NULL))
    body = decision("a", "null") + decision("b", "1") + decision("c", "1.0001")
    write(tmp_path / tck.LEVELS[1] / "0002", body, ("a", number("1")), ("b", NULL), ("c", number("1")), ("b", number("1")))
    imports = '<import name="i" namespace="n" importType="t"/>' + decision("a", "i.x")
    write(tmp_path / tck.LEVELS[1] / "0003", imports, ("a", number("1")))
    return tmp_path


def test_results_are_counted_by_level_and_folder(kit: Path) -> None:
    found = tck.run(kit)

    assert found["levels"][tck.LEVELS[0]] == {"folders": 1, "folders_passed": 1, "results": 1, "passed": 1}
    assert found["levels"][tck.LEVELS[1]] == {"folders": 3, "folders_passed": 1, "results": 6, "passed": 2}
    assert found["level_3_plain"] == {
        "folders": 2,
        "folders_passed": 1,
        "results": 5,
        "passed": 2,
        "folders_differing": ["0002"],
    }


def test_what_differs_says_how(kit: Path) -> None:
    wrong, imported = tck.run(kit)["differing"]

    assert wrong["which"] == ["1 a: null instead of a value", "1 b: value instead of null", "1 c: another value"]
    assert (imported["folder"], imported["asks"]) == ("0003", ["imports"])


def test_a_folder_that_is_no_kit_is_wrong_usage(tmp_path: Path) -> None:
    result = CliRunner().invoke(bench, ["tck", "--folder", str(tmp_path)])

    assert result.exit_code == 2 and "compliance-level-2" in result.output
