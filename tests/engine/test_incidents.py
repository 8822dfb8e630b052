"""A step that fails technically is undone as a whole, and what was typed is parked for an operator."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.clock import ManualClock
from engine.commands.cases import FireTimers
from engine.domain.actor import SYSTEM
from engine.domain.codec import loads
from engine.errors import Incident
from engine.storage import tables as t
from engine.storage.tables import metadata
from engine.worker import Worker
from tests.engine.small import SmallOffice


@pytest.fixture
def office(tmp_path: Path, clock: ManualClock) -> Iterator[SmallOffice]:
    """An office whose procedure fails."""
    office = SmallOffice(tmp_path, clock)
    yield office
    office.application.close()


def everything(office: SmallOffice) -> dict[str, list[dict[str, Any]]]:
    """The whole database."""
    return {table.name: office.rows(table) for table in metadata.sorted_tables}


def test_a_step_without_a_way_on_is_an_incident_and_nothing_of_it_is_written(office: SmallOffice) -> None:
    case_id, item_id = office.take_down("灯不亮")
    before = everything(office)

    with pytest.raises(Incident) as caught:
        office.weigh(item_id, "3", "很私人的话")

    assert caught.value.text.zh and caught.value.text.en
    after = everything(office)
    assert {name for name in after if after[name] != before[name]} == {"incident", "payload"}
    (incident,) = after["incident"]
    assert (incident["case_id"], incident["action"], incident["person_id"]) == (case_id, "Complete", office.boss_id)
    assert (incident["element_id"], incident["resolved_at"], incident["at"]) == ("is_large", None, office.clock.now())


def test_what_was_typed_lies_in_the_payload_table_alone(office: SmallOffice) -> None:
    _, item_id = office.take_down("灯不亮")

    with pytest.raises(Incident):
        office.weigh(item_id, "3", "很私人的话")

    found = {name for name, rows in everything(office).items() if "很私人的话" in repr(rows)}
    assert found == {"payload"}
    (incident,) = office.rows(t.incident)
    payload = next(row for row in office.rows(t.payload) if row["id"] == incident["payload_id"])
    assert (payload["stream_kind"], loads(payload["value"])) == ("incident", {"size": "3", "subject": "很私人的话"})


def test_the_step_may_be_repeated_with_another_answer(office: SmallOffice) -> None:
    case_id, item_id = office.take_down("灯不亮")
    with pytest.raises(Incident):
        office.weigh(item_id, "3")

    office.weigh(item_id, "6")

    assert office.status(item_id) == "done"
    assert [row["closed"] for row in office.rows(t.cases) if row["id"] == case_id] == [True]


def test_a_timer_that_fails_is_parked_once_and_not_fired_again_and_again(office: SmallOffice) -> None:
    case_id, item_id = office.take_down("灯不亮")
    office.clock.advance(hours=1)
    worker = Worker(office.application)

    fired = [worker.tick() for _ in range(3)]

    assert fired == [0, 0, 0]
    (incident,) = office.rows(t.incident)
    assert (incident["case_id"], incident["action"], incident["person_id"]) == (case_id, "FireTimers", SYSTEM.person_id)
    assert incident["payload_id"] is None and office.status(item_id) == "open"


def test_one_failing_case_does_not_stop_the_others(office: SmallOffice, clock: ManualClock) -> None:
    stuck, _ = office.take_down("第一件")
    clock.advance(minutes=1)
    later, _ = office.take_down("第二件")
    clock.advance(hours=1)

    Worker(office.application).tick()

    assert [row["case_id"] for row in office.rows(t.incident)] == [stuck, later]


def test_a_stuck_case_does_not_keep_the_worker_awake(office: SmallOffice) -> None:
    office.take_down("灯不亮")
    office.clock.advance(hours=1)
    worker = Worker(office.application)
    worker.tick()

    assert worker._turn() == pytest.approx(30.0)


def test_a_persons_step_on_a_stuck_case_says_so_and_parks_what_was_typed(office: SmallOffice) -> None:
    _, item_id = office.take_down("灯不亮")
    office.clock.advance(hours=1)

    with pytest.raises(Incident):
        office.weigh(item_id, "6", "来不及了")

    assert [row["action"] for row in office.rows(t.incident)] == ["Complete"]
    with pytest.raises(Incident):
        office.application.execute(FireTimers(office.rows(t.cases)[0]["id"]), SYSTEM)
