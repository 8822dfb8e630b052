"""A step that fails technically is undone as a whole, and what was typed is parked for an operator."""

from __future__ import annotations

from typing import Any

import pytest

from engine.clock import ManualClock
from engine.commands import intake
from engine.commands.cases import FireTimers
from engine.domain import events as ev
from engine.domain.actor import SYSTEM
from engine.domain.codec import loads
from engine.errors import Incident
from engine.storage import tables as t
from engine.storage.tables import metadata
from engine.worker import Worker
from tests.engine.incidents.conftest import FailingOffice


def everything(office: FailingOffice) -> dict[str, list[dict[str, Any]]]:
    """The whole database."""
    return {table.name: office.rows(table) for table in metadata.sorted_tables}


def test_a_step_without_a_way_on_is_an_incident_and_nothing_else_of_it_is_written(office: FailingOffice) -> None:
    case_id, item_id = office.take_down("灯不亮")
    before = everything(office)

    with pytest.raises(Incident) as caught:
        office.weigh(item_id, "3", "很私人的话")

    assert caught.value.text.zh and caught.value.text.en
    after = everything(office)
    assert {name for name in after if after[name] != before[name]} == {"incident", "payload", "cases", "journal"}
    assert [row["state"] for row in after["cases"]] == [row["state"] for row in before["cases"]]
    assert [type(event) for event in office.journal(case_id)[-1].events] == [ev.IncidentParked]
    (incident,) = after["incident"]
    assert (incident["case_id"], incident["action"], incident["person_id"]) == (case_id, "Complete", office.boss_id)
    assert (incident["element_id"], incident["resolved_at"], incident["at"]) == ("is_large", None, office.clock.now())


def test_what_was_typed_lies_in_the_payload_table_alone(office: FailingOffice) -> None:
    _, item_id = office.take_down("灯不亮")

    with pytest.raises(Incident):
        office.weigh(item_id, "3", "很私人的话")

    found = {name for name, rows in everything(office).items() if "很私人的话" in repr(rows)}
    assert found == {"payload"}
    (incident,) = office.rows(t.incident)
    payload = next(row for row in office.rows(t.payload) if row["id"] == incident["payload_id"])
    assert (payload["stream_kind"], loads(payload["value"])) == (
        "incident",
        {"answers": {"size": "3", "subject": "很私人的话"}, "request_id": ""},
    )


def test_the_step_may_be_repeated_with_another_answer(office: FailingOffice) -> None:
    case_id, item_id = office.take_down("灯不亮")
    with pytest.raises(Incident):
        office.weigh(item_id, "3")

    office.weigh(item_id, "6")

    assert office.status(item_id) == "done"
    assert [row["closed"] for row in office.rows(t.cases) if row["id"] == case_id] == [True]


def test_a_timer_that_fails_is_parked_once_and_not_fired_again_and_again(office: FailingOffice) -> None:
    case_id, item_id = office.take_down("灯不亮")
    office.clock.advance(hours=1)
    worker = Worker(office.application)

    fired = [worker.tick() for _ in range(3)]

    assert fired == [0, 0, 0]
    (incident,) = office.rows(t.incident)
    assert (incident["case_id"], incident["action"], incident["person_id"]) == (case_id, "FireTimers", SYSTEM.person_id)
    assert incident["payload_id"] is None and office.status(item_id) == "open"


def test_one_failing_case_does_not_stop_the_others(office: FailingOffice, clock: ManualClock) -> None:
    stuck, _ = office.take_down("第一件")
    clock.advance(minutes=1)
    later, _ = office.take_down("第二件")
    clock.advance(hours=1)

    Worker(office.application).tick()

    assert [row["case_id"] for row in office.rows(t.incident)] == [stuck, later]


def test_a_stuck_case_does_not_keep_the_worker_awake(office: FailingOffice) -> None:
    office.take_down("灯不亮")
    office.clock.advance(hours=1)
    worker = Worker(office.application)
    worker.tick()

    assert worker._turn() == pytest.approx(30.0)


def test_a_persons_step_on_a_stuck_case_says_so_and_parks_what_was_typed(office: FailingOffice) -> None:
    _, item_id = office.take_down("灯不亮")
    office.clock.advance(hours=1)

    with pytest.raises(Incident):
        office.weigh(item_id, "6", "来不及了")

    assert [row["action"] for row in office.rows(t.incident)] == ["Complete"]
    with pytest.raises(Incident):
        office.application.execute(FireTimers(office.rows(t.cases)[0]["id"]), SYSTEM)


def test_the_same_failure_again_is_counted_and_what_was_typed_last_is_kept(office: FailingOffice) -> None:
    case_id, item_id, incident_id = office.stuck("3", "第一次")
    office.clock.advance(minutes=5)

    with pytest.raises(Incident):
        office.weigh(item_id, "4", "第二次")

    (incident,) = office.incidents()
    assert (incident["id"], incident["count"], incident["last_at"]) == (incident_id, 2, office.clock.now())
    assert incident["at"] < incident["last_at"]
    (payload,) = [row for row in office.rows(t.payload) if row["stream_kind"] == "incident"]
    assert payload["id"] == incident["payload_id"] and "第二次" in payload["value"]
    assert sum(isinstance(event, ev.IncidentParked) for entry in office.journal(case_id) for event in entry.events) == 1


def test_another_task_or_person_is_another_incident(office: FailingOffice) -> None:
    office.stuck()
    office.stuck()

    assert [row["count"] for row in office.incidents()] == [1, 1]


def test_a_complaint_that_cannot_be_registered_is_parked_whole_without_a_case(office: FailingOffice) -> None:
    office.rename('sourceRef="take_down" targetRef="weigh"', 'sourceRef="take_down" targetRef="is_large"')

    for _ in range(2):
        with pytest.raises(Incident):
            office.execute(intake.Register(office.estate_id, {"subject": "很私人的话"}, "once"), office.boss_id)

    (incident,) = office.incidents()
    assert (incident["case_id"], incident["estate_id"], incident["count"]) == (None, office.estate_id, 2)
    assert {name for name, rows in everything(office).items() if "很私人的话" in repr(rows)} == {"payload"}
    assert office.rows(t.cases) == [] and office.rows(t.register_number) == []


def test_two_complaints_that_cannot_be_registered_are_both_kept(office: FailingOffice) -> None:
    office.rename('sourceRef="take_down" targetRef="weigh"', 'sourceRef="take_down" targetRef="is_large"')

    for request_id in ("one", "two", "", ""):
        with pytest.raises(Incident):
            office.execute(intake.Register(office.estate_id, {"subject": "灯"}, request_id), office.boss_id)

    assert len(office.incidents()) == 4
