"""Operators mend what failed: retry it, set the missing value, skip the step, move the case, or dismiss the incident."""

from __future__ import annotations

import pytest

from engine.commands import directory, incidents, intake
from engine.commands.cases import FireTimers, LogContact
from engine.domain import events as ev
from engine.domain.actor import SYSTEM
from engine.domain.codec import loads
from engine.errors import EngineError, Forbidden, Incident, InvalidState, InvalidValues, NotFound
from engine.storage import tables as t
from engine.storage.audit.verify import verify
from engine.worker import Worker
from tests.engine.incidents.conftest import FailingOffice

WHY = "规程漏了一种情况"


def is_resolved(office: FailingOffice, how: str) -> None:
    """One incident, dealt with so by the administrator, with nothing typed left in it, and a sound journal."""
    (row,) = office.incidents()
    assert (row["resolution"], row["resolved_by"]) == (how, office.administrator_id)
    assert row["resolved_at"] == office.clock.now() and row["payload_id"] is None
    assert [kept for kept in office.rows(t.payload) if kept["stream_kind"] == "incident"] == []
    with office.application.database.read() as connection:
        assert verify(connection) == []


def is_untouched(office: FailingOffice, case_id: str, state: bytes) -> None:
    """The incident stands and the case is as it was."""
    (row,) = office.incidents()
    assert row["resolved_at"] is None and row["payload_id"] is not None
    assert office.state(case_id) == state


def test_what_was_mended_elsewhere_is_retried_as_the_person_who_typed_it(office: FailingOffice) -> None:
    office.publish("raised_count &gt; 1")
    case_id, item_id, incident_id = office.stuck("3", "话")
    office.execute(LogContact(case_id, "又来电话"), office.boss_id)

    receipt = office.execute(incidents.Retry(incident_id), office.administrator_id)

    assert receipt.case_id == case_id and office.status(item_id) == "done"
    is_resolved(office, "retry")
    said, done = office.journal(case_id)[-2:]
    assert (said.actor_id, said.action) == (office.administrator_id, "retry_incident")
    assert said.events == (ev.IncidentResolved(incident_id, "retry"),)
    assert (done.actor_id, done.on_behalf_of, done.action) == (office.administrator_id, office.boss_id, "complete")
    submission = office.rows(t.submission)[-1]
    assert (submission["person_id"], loads(submission["plain"])["size"]) == (office.boss_id, 3)
    assert next(row["ended_by"] for row in office.rows(t.work_item) if row["id"] == item_id) == office.boss_id


def test_an_order_moves_a_case_out_of_the_incident_of_its_version(office: FailingOffice) -> None:
    case_id, item_id, incident_id = office.stuck("3")
    version_id = office.publish("raised_count &gt;= 0")
    wanted = incidents.BeginMigration("small", 2, (case_id,), incidents.KEEP, WHY)
    run_id = office.execute(wanted, office.boss_id)
    going = incidents.Going(run_id, version_id, incidents.KEEP, WHY)

    incidents.carry_through(
        lambda one: office.execute(one, office.boss_id), going, [incidents.Mover(case_id, incidents=(incident_id,))]
    )

    (row,) = office.incidents()
    assert (row["resolution"], office.status(item_id)) == ("retry", "done")
    assert [one["state"] for one in office.rows(t.migrated_case)] == ["moved"]


def test_a_retry_that_fails_again_is_counted_and_changes_nothing_else(office: FailingOffice) -> None:
    case_id, _, incident_id = office.stuck()
    state, before = office.state(case_id), office.journal(case_id)
    office.clock.advance(minutes=1)

    with pytest.raises(Incident):
        office.execute(incidents.Retry(incident_id), office.administrator_id)

    is_untouched(office, case_id, state)
    (row,) = office.incidents()
    assert (row["count"], row["last_at"], row["person_id"]) == (2, office.clock.now(), office.boss_id)
    assert office.journal(case_id) == before


def test_a_missing_value_is_set_with_its_reason_and_the_step_goes_on(office: FailingOffice) -> None:
    office.publish("weight &gt; 1")
    case_id, item_id, incident_id = office.stuck("6")

    office.execute(incidents.SetValue(incident_id, "weight", "2.5", WHY), office.administrator_id)

    assert office.status(item_id) == "done"
    is_resolved(office, "set_value")
    said = office.journal(case_id)[-2]
    assert said.actor_id == office.administrator_id and "reason" in said.personal
    (corrected,) = [event for event in said.events if isinstance(event, ev.EntryCorrected)]
    assert (corrected.field_key, corrected.old, str(corrected.new)) == ("weight", None, "2.5")


@pytest.mark.parametrize(
    ("field", "value", "reason", "wrong"),
    [
        ("weight", "2", "  ", "reason"),
        ("weight", "schwer", WHY, "value"),
        ("weight", "9" * 40, WHY, "value"),
        ("weight", ["1", "x"], WHY, "value"),
        ("subject", "personal", WHY, "field"),
        ("nothing", "1", WHY, "field"),
        ("", "", WHY, "field"),
        ("weight", "2", "长" * 5001, "reason"),
    ],
)
def test_a_value_that_cannot_be_set_is_named(office: FailingOffice, field: str, value: str, reason: str, wrong: str) -> None:
    office.publish("weight &gt; 1")
    case_id, _, incident_id = office.stuck("6")
    state = office.state(case_id)

    with pytest.raises(InvalidValues) as caught:
        office.execute(incidents.SetValue(incident_id, field, value, reason), office.administrator_id)

    assert set(caught.value.fields) == {wrong}
    is_untouched(office, case_id, state)


def test_a_value_that_does_not_help_is_not_kept(office: FailingOffice) -> None:
    office.publish("weight &gt; 1")
    case_id, _, incident_id = office.stuck("6")
    state = office.state(case_id)

    with pytest.raises(Incident):
        office.execute(incidents.SetValue(incident_id, "weight", "1", WHY), office.administrator_id)

    is_untouched(office, case_id, state)


def test_a_step_is_skipped_as_a_waiver(office: FailingOffice) -> None:
    office.publish("size &gt; 5 or size = null")
    case_id, item_id, incident_id = office.stuck()

    office.execute(incidents.Skip(incident_id, WHY), office.administrator_id)

    assert office.status(item_id) == "waived"
    is_resolved(office, "skip")
    (waived,) = [event for event in office.journal(case_id)[-1].events if isinstance(event, ev.WorkItemWaived)]
    assert waived.by == office.administrator_id


def test_a_case_moves_to_the_corrected_version_and_what_was_typed_goes_through(office: FailingOffice) -> None:
    case_id, item_id, incident_id = office.stuck("3")
    version_id = office.publish("size &gt; 1")

    office.execute(incidents.Move(incident_id, version_id, WHY), office.administrator_id)

    assert office.status(item_id) == "done"
    is_resolved(office, "move")
    (case,) = office.rows(t.cases)
    assert (case["version_id"], case["closed"]) == (version_id, True)
    kinds = [type(event) for event in office.journal(case_id)[-2].events]
    assert kinds == [ev.IncidentResolved, ev.CaseMigrated]
    assert office.rows(t.submission)[-1]["version_id"] == version_id


def test_moving_to_a_version_without_the_open_task_is_refused_whole(office: FailingOffice) -> None:
    case_id, _, incident_id = office.stuck()
    state = office.state(case_id)
    version_id = office.rename('"weigh"', '"weigh_anew"')

    with pytest.raises(InvalidState) as caught:
        office.execute(incidents.Move(incident_id, version_id, WHY), office.administrator_id)

    assert "“weigh”" in caught.value.text.en
    is_untouched(office, case_id, state)


def test_a_dismissed_incident_gives_the_words_back_as_a_draft(office: FailingOffice) -> None:
    case_id, item_id, incident_id = office.stuck("3", "话")
    state = office.state(case_id)

    office.execute(incidents.Dismiss(incident_id, WHY), office.administrator_id)

    is_resolved(office, "dismiss")
    assert office.state(case_id) == state and office.status(item_id) == "open"
    (draft,) = office.rows(t.draft)
    assert (draft["item_id"], draft["person_id"], draft["unfinished"]) == (item_id, office.boss_id, False)
    kept = next(row["value"] for row in office.rows(t.payload) if row["id"] == draft["payload_id"])
    assert loads(kept) == {"size": "3", "subject": "话"}


def test_a_registration_goes_through_under_a_corrected_version(office: FailingOffice) -> None:
    broken = 'sourceRef="take_down" targetRef="is_large"'
    office.rename('sourceRef="take_down" targetRef="weigh"', broken)
    with pytest.raises(Incident):
        office.execute(intake.Register(office.estate_id, {"subject": "灯不亮"}, "once"), office.boss_id)
    office.rename(broken, 'sourceRef="take_down" targetRef="weigh"')

    receipt = office.execute(incidents.Retry(str(office.incidents()[0]["id"])), office.administrator_id)

    assert receipt.number == "A-2026-00001"
    is_resolved(office, "retry")
    (entry,) = office.rows(t.register_entry)
    assert entry["registered_by"] == office.boss_id
    with pytest.raises(InvalidState):
        office.execute(intake.Register(office.estate_id, {"subject": "灯不亮"}, "once"), office.boss_id)


@pytest.mark.parametrize("command", [incidents.Skip, lambda at, why: incidents.SetValue(at, "weight", "1", why)])
def test_what_has_no_case_can_only_be_retried_or_dismissed(office: FailingOffice, command: type[incidents.Skip]) -> None:
    office.rename('sourceRef="take_down" targetRef="weigh"', 'sourceRef="take_down" targetRef="is_large"')
    with pytest.raises(Incident):
        office.execute(intake.Register(office.estate_id, {"subject": "灯"}, "once"), office.boss_id)
    incident_id = str(office.incidents()[0]["id"])

    with pytest.raises(InvalidState):
        office.execute(command(incident_id, WHY), office.administrator_id)

    office.execute(incidents.Dismiss(incident_id, WHY), office.administrator_id)
    is_resolved(office, "dismiss")


def test_the_worker_takes_a_case_up_again_once_its_timer_is_mended(office: FailingOffice) -> None:
    case_id, item_id = office.take_down("灯不亮")
    office.clock.advance(hours=1)
    worker = Worker(office.application)
    worker.tick()
    (incident,) = office.incidents()
    assert worker.tick() == 0, "it is left alone"
    version_id = office.rename("1 = 2", "1 = 1")

    office.execute(incidents.Move(str(incident["id"]), version_id, WHY), office.administrator_id)

    assert office.status(item_id) == "cancelled"
    is_resolved(office, "move")
    assert office.journal(case_id)[-1].on_behalf_of == SYSTEM.person_id


def test_a_dismissed_timer_is_tried_again_and_parked_again(office: FailingOffice) -> None:
    office.take_down("灯不亮")
    office.clock.advance(hours=1)
    worker = Worker(office.application)
    worker.tick()
    office.execute(incidents.Dismiss(str(office.incidents()[0]["id"]), WHY), office.administrator_id)
    assert worker._look().timer_at <= office.clock.now(), "it is looked at again"

    worker.tick()

    assert [row["resolved_at"] is None for row in office.incidents()] == [False, True]


def test_resolving_wakes_the_worker(office: FailingOffice) -> None:
    worker = Worker(office.application)
    office.take_down("灯不亮")
    office.clock.advance(hours=1)
    worker.tick()
    worker._woken.clear()

    office.execute(incidents.Dismiss(str(office.incidents()[0]["id"]), WHY), office.administrator_id)

    assert worker._woken.is_set()


COMMANDS = {
    "retry": lambda at: incidents.Retry(at),
    "set": lambda at: incidents.SetValue(at, "size", "6", WHY),
    "skip": lambda at: incidents.Skip(at, WHY),
    "move": lambda at: incidents.Move(at, "x", WHY),
    "dismiss": lambda at: incidents.Dismiss(at, WHY),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_only_operators_of_the_estate_know_of_an_incident(office: FailingOffice, name: str) -> None:
    case_id, _, incident_id = office.stuck()
    state = office.state(case_id)

    for person_id in (office.worker_id, office.elsewhere_id):
        with pytest.raises(NotFound) as known:
            office.execute(COMMANDS[name](incident_id), person_id)
        with pytest.raises(NotFound) as unknown:
            office.execute(COMMANDS[name]("nothing"), person_id)
        assert known.value.text == unknown.value.text

    is_untouched(office, case_id, state)


@pytest.mark.parametrize("name", COMMANDS)
def test_what_is_resolved_is_not_resolved_again(office: FailingOffice, name: str) -> None:
    _, _, incident_id = office.stuck()
    office.execute(incidents.Dismiss(incident_id, WHY), office.boss_id)

    with pytest.raises(InvalidState) as caught:
        office.execute(COMMANDS[name](incident_id), office.administrator_id)

    assert "already" in caught.value.text.en


@pytest.mark.parametrize("name", ["skip", "move", "dismiss"])
def test_a_reason_is_needed(office: FailingOffice, name: str) -> None:
    case_id, _, incident_id = office.stuck()
    state, version_id = office.state(case_id), office.publish("size &gt; 1")
    made = {"skip": incidents.Skip(incident_id, " "), "dismiss": incidents.Dismiss(incident_id, "\n")}

    with pytest.raises(InvalidValues) as caught:
        office.execute(made.get(name, incidents.Move(incident_id, version_id, "")), office.administrator_id)

    assert set(caught.value.fields) == {"reason"}
    is_untouched(office, case_id, state)


def test_the_words_of_somebody_who_has_left_are_not_given_in_their_name(office: FailingOffice) -> None:
    case_id, _, incident_id = office.stuck()
    state = office.state(case_id)
    office.application.execute(directory.SavePerson("boss", "主管甲", person_id=office.boss_id, active=False), SYSTEM)

    with pytest.raises(InvalidState):
        office.execute(incidents.Retry(incident_id), office.administrator_id)

    is_untouched(office, case_id, state)


def test_a_retry_is_refused_as_its_person_would_be(office: FailingOffice) -> None:
    _, _, incident_id = office.stuck()
    (grant,) = [row for row in office.rows(t.role_grant) if row["person_id"] == office.boss_id]
    office.application.execute(directory.RevokeRole(grant["id"]), SYSTEM)

    with pytest.raises((Forbidden, NotFound)):
        office.execute(incidents.Retry(incident_id), office.administrator_id)

    assert office.incidents()[0]["resolved_at"] is None


def test_what_somebody_has_done_meanwhile_is_not_done_twice(office: FailingOffice) -> None:
    _, item_id, incident_id = office.stuck()
    office.weigh(item_id, "6")

    for name in ("retry", "skip"):
        with pytest.raises(EngineError):
            office.execute(COMMANDS[name](incident_id), office.administrator_id)

    office.execute(incidents.Dismiss(incident_id, WHY), office.administrator_id)
    assert office.rows(t.draft) == []


def test_a_failed_timer_is_retried_by_its_operator_in_the_clocks_name(office: FailingOffice) -> None:
    case_id, _ = office.take_down("灯不亮")
    office.clock.advance(hours=1)
    with pytest.raises(Incident):
        office.application.execute(FireTimers(case_id), SYSTEM)

    with pytest.raises(Incident):
        office.execute(incidents.Retry(str(office.incidents()[0]["id"])), office.boss_id)

    assert [row["count"] for row in office.incidents()] == [2]
