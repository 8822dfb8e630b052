"""``redress incident`` and ``redress procedure migrate``: what they print, what they change, and their exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from engine.cli.main import cli
from engine.clock import ManualClock
from engine.errors import Incident
from engine.storage import tables as t
from tests.engine.incidents.conftest import FailingOffice


@pytest.fixture
def office(tmp_path: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch) -> FailingOffice:
    """An office that the script is told of."""
    office = FailingOffice(tmp_path, clock)
    for module in ("incidents", "procedure.migration"):
        monkeypatch.setattr(f"engine.cli.{module}.build", lambda: office.application)
    return office


def run(*arguments: str) -> Result:
    """The script with arguments."""
    return CliRunner().invoke(cli, arguments)


def test_open_incidents_are_listed_in_words_and_as_json(office: FailingOffice) -> None:
    _, _, incident_id = office.stuck("3", "很私人的话")

    words, document = run("incident", "list"), json.loads(run("incident", "list", "--json").stdout)

    assert incident_id in words.stdout and "A-2026-00001" in words.stdout and "主管甲" in words.stdout
    assert "很私人的话" not in words.stdout + json.dumps(document, ensure_ascii=False)
    (listed,) = document["incidents"]
    assert document["open"] == 1
    assert (listed["id"], listed["case"], listed["action"], listed["element"], listed["count"]) == (
        incident_id, "A-2026-00001", "Complete", "is_large", 1,
    )  # fmt: skip


def test_nothing_to_list(office: FailingOffice) -> None:
    assert json.loads(run("incident", "list", "--json").stdout) == {"open": 0, "incidents": []}


def test_a_retry_with_the_missing_value_goes_through(office: FailingOffice) -> None:
    office.publish("weight &gt; 1")
    _, item_id, incident_id = office.stuck("6")

    again = run("incident", "retry", incident_id, "--json")
    mended = run("incident", "retry", incident_id, "--set", "weight=2", "--reason", "漏填", "--json")

    assert (again.exit_code, json.loads(again.stdout)["failed"]) == (1, 1)
    assert mended.exit_code == 0, mended.output
    assert json.loads(mended.stdout)["results"] == [{"id": incident_id, "number": "A-2026-00001"}]
    assert office.status(item_id) == "done"


def test_all_are_retried_each_on_its_own(office: FailingOffice) -> None:
    office.stuck("3")
    office.publish("weight &gt; 1")
    office.stuck("3")

    result = json.loads(run("incident", "retry", "--all", "--json").stdout)

    assert (result["retried"], result["failed"]) == (0, 2)
    assert [row["count"] for row in office.incidents()] == [2, 2]


@pytest.mark.parametrize(
    "arguments", [(), ("a", "--all"), ("a", "--set", "x"), ("a", "--set", "x=1", "--set", "y=2"), ("a", "--reason")]
)
def test_wrong_usage_of_retry(office: FailingOffice, arguments: tuple[str, ...]) -> None:
    assert run("incident", "retry", *arguments).exit_code == 2


def test_an_unknown_incident_is_a_refusal(office: FailingOffice) -> None:
    result = run("incident", "retry", "nothing")

    assert result.exit_code == 1 and "没有这条故障" in result.stdout


def test_open_cases_of_older_versions_move_each_on_its_own(office: FailingOffice) -> None:
    waiting, _ = office.take_down("第一件")
    with pytest.raises(Incident):
        office.weigh(office.take_down("第二件")[1], "3")
    _, done = office.take_down("第三件")
    office.weigh(done, "6")
    to = office.publish("size &gt; 1")
    newest, _ = office.take_down("第四件")

    dry = run("procedure", "migrate", "small", "--to", "2", "--dry-run", "--json")
    assert {row["version_id"] for row in office.rows(t.cases) if row["id"] == waiting} != {to}
    moved = run("procedure", "migrate", "small", "--to", "2", "--json")

    for result in (dry, moved):
        document = json.loads(result.stdout)
        assert (result.exit_code, document["moved"], document["refused"]) == (0, 2, 0)
        assert [case["case"] for case in document["cases"]] == ["A-2026-00001", "A-2026-00002"]
    assert {row["version_id"] for row in office.rows(t.cases) if not row["closed"]} == {to}
    assert next(row["rev"] for row in office.rows(t.cases) if row["id"] == newest) == 1, "it follows that version already"


def test_a_case_that_has_to_stay_is_told_with_what_is_in_the_way(office: FailingOffice) -> None:
    office.take_down("灯")
    office.rename('"weigh"', '"weigh_anew"')

    for more in ((), ("--dry-run",)):
        result = run("procedure", "migrate", "small", "--to", "2", "--json", *more)
        (case,) = json.loads(result.stdout)["cases"]
        assert (result.exit_code, case["case"], case["element"]) == (1, "A-2026-00001", "weigh")
        assert "“weigh”" in case["zh"] and "“weigh”" in case["en"]
    assert "“weigh”" in run("procedure", "migrate", "small", "--to", "2").stdout


@pytest.mark.parametrize(("key", "number"), [("small", "9"), ("nothing", "1")])
def test_an_unknown_version_is_a_refusal(office: FailingOffice, key: str, number: str) -> None:
    result = run("procedure", "migrate", key, "--to", number)

    assert result.exit_code == 1
    assert "There is no such version" in str(result.exception)


def test_what_was_moved_on_the_console_has_a_receipt_that_leads_back(office: FailingOffice) -> None:
    case_id, item_id, _ = office.stuck("3")
    to = office.publish("size &gt; 1")

    told = run("procedure", "migrate", "small", "--to", "2", "--timers", "recompute", "--reason", "称重改正了")

    (order,) = office.rows(t.migration_run)
    assert f"/procedure/migrations/{order['id']}" in told.stdout
    assert (order["timers"], order["reason"], order["person_id"]) == ("recompute", "称重改正了", "system")
    assert [(row["case_id"], row["state"], row["problem_zh"]) for row in office.rows(t.migrated_case)] == [
        (case_id, "moved", None)
    ]
    # The case had stopped at the fault of its version: what had failed went through in the other.
    assert office.status(item_id) == "done" and office.incidents()[0]["resolution"] == "retry"
    assert {row["version_id"] for row in office.rows(t.cases)} == {to}
