"""Cases of the record played through a procedure: the same one gives the same way, another exactly what it changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.calendar import Calendar
from engine.procedure import Bundle, load_folder, open_procedure
from engine.procedure.answers import FILE as ANSWERS
from engine.rehearsal import read_scenario, story_files
from engine.rehearsal.replay.briefing import renamed
from engine.rehearsal.replay.crew import STOPPED, Brief, Crew, Stopped
from engine.rehearsal.replay.customs import Customs, Pace, customs_of
from engine.rehearsal.replay.outcome import NEWLY_KEPT, NEWLY_MISSED, SAME, UNDECIDED, as_record, outcome
from engine.rehearsal.replay.playing import Course, replay
from engine.rehearsal.replay.questions import asked_anew
from engine.rehearsal.replay.record import Record
from engine.rehearsal.replay.totals import Totals
from engine.workflow import build_model
from tests.redrawing import changed, with_cell, with_question, with_task, without_way_on
from tests.unit.rehearsal.recording import recorded

PROCESSES = Path(__file__).parents[3] / "processes"
NINE = datetime(2026, 9, 1, 1, tzinfo=UTC)  # Tuesday, 09:00 in Shanghai
DISPATCH_HOURS = "limits_row_11_out_amount"
CARRIED_OUT = "flow_carry_out_plan_report_completion"
THREE_HOURS = "three_hours.yaml"
SLOW = b"""
starts: 2026-09-01T09:00:00+08:00
with: {channel: by_telephone, category: facility}
story:
  - complete: record_complaint
  - after: PT3H
  - reach: archive_case
  - complete: archive_case
"""


@pytest.fixture(scope="module")
def shipped() -> Bundle:
    return load_folder(PROCESSES / "complaint")


@pytest.fixture(scope="module")
def records(shipped: Bundle) -> Iterator[Mapping[str, Record]]:
    """Every shipped story, on record."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        model = build_model(open_procedure(shipped))
        told = {**story_files(shipped), THREE_HOURS: SLOW}
        stories = {file: read_scenario(file, data, model.procedure) for file, data in told.items()}
        yield {file: recorded(model, story, monkeypatch) for file, story in stories.items()}


def course(bundle: Bundle, before: Bundle | None = None, **more: Any) -> Course:
    model = build_model(open_procedure(bundle))
    anew = {} if before is None else {"": asked_anew(before, bundle)}
    return Course(model, Calendar(model.procedure.day_rules), asked_anew=anew, **more)


def told(course: Course, record: Record) -> Any:
    return outcome(record, replay(course, record), course.renamed)


def changes(told: Any, *kinds: str) -> dict[str, str]:
    return {limit["key"]: limit["change"] for limit in told["limits"] if limit["change"] in kinds}


def test_the_same_version_gives_the_way_that_was_taken(shipped: Bundle, records: Mapping[str, Record]) -> None:
    totals, through = Totals(), course(shipped)

    for record in records.values():
        again = replay(through, record)
        assert tuple(again.path) == record.path
        assert again.stuck is None and not again.unused
        totals.add(outcome(record, again, {}))

    found = totals.as_data()
    assert found["same"] == found["cases"] == len(records) > 150
    assert (found["newly_missed"], found["newly_kept"], found["added"], found["gone"], found["stuck"]) == (0, 0, 0, 0, 0)
    assert all(each["before"] == each["after"] for each in found["elements"].values())


def test_a_shorter_limit_is_missed_by_those_who_took_longer(shipped: Bundle, records: Mapping[str, Record]) -> None:
    record = records[THREE_HOURS]

    found = told(course(with_cell(shipped, "limits.dmn", DISPATCH_HOURS, "2"), shipped), record)

    assert changes(found, NEWLY_MISSED, NEWLY_KEPT) == {"dispatch": NEWLY_MISSED}
    assert found["same"] is False and found["stuck"] is None
    assert changes(told(course(with_cell(shipped, "limits.dmn", DISPATCH_HOURS, "4")), record), NEWLY_MISSED, NEWLY_KEPT) == {}


def test_a_longer_limit_is_kept_and_nobody_is_told(shipped: Bundle, records: Mapping[str, Record]) -> None:
    record = records["scenarios/dispatch_late.yaml"]

    found = told(course(with_cell(shipped, "limits.dmn", DISPATCH_HOURS, "400"), shipped), record)

    assert changes(found, NEWLY_KEPT) == {"dispatch": NEWLY_KEPT}
    assert not changes(found, NEWLY_MISSED)


def test_an_inserted_approval_is_one_task_more_and_takes_as_long_as_people_usually_take(
    shipped: Bundle, records: Mapping[str, Record]
) -> None:
    record = records["scenarios/minor.yaml"]
    countersigned = with_task(shipped, "carry_out.bpmn", CARRIED_OUT, "countersign", role="manager", form="approve_plan")
    through = course(countersigned, shipped, customs=Customs(roles={"manager": 1_200}))

    found = told(through, record)

    assert found["tasks"] == [{"element": "countersign", "role": "manager", "more": 1}]
    assert Counter(found["path"]["after"]) - Counter(found["path"]["before"]) == Counter(["countersign"])
    signed = next(task for task in found["work"]["after"] if task["element"] == "countersign")
    assert signed["how"] == "assumed" and found["assumed"]
    took = datetime.fromisoformat(signed["ended_at"]) - datetime.fromisoformat(signed["opened_at"])
    assert took == timedelta(minutes=20)
    assert found["stuck"] is None and found["ended"]["after"] is not None


def test_a_new_question_that_must_be_answered_stops_the_case_unless_there_is_a_usual_answer(
    shipped: Bundle, records: Mapping[str, Record]
) -> None:
    record = records["scenarios/minor.yaml"]
    asking = with_question(shipped, "find_cause", "cause_depth", "textfield", required=True)
    usual = shipped.files[ANSWERS].replace(b"\nfind_cause:", b"\nfind_cause:\n  cause_depth: '\"deep\"'", 1)
    answered = changed(asking, {ANSWERS: usual})

    found = told(course(asking, shipped), record)

    assert (found["stuck"]["kind"], found["stuck"]["element"]) == ("answer", "find_cause")
    assert "新问题" in found["stuck"]["zh"] and "New question" in found["stuck"]["en"]
    assert not [limit for limit in found["limits"] if limit["after"] is None]
    assert "second_reply" in changes(found, UNDECIDED) and not changes(found, NEWLY_KEPT)
    assert found["tasks"] == []
    assert told(course(answered, shipped), record)["stuck"] is None
    optional = with_question(shipped, "find_cause", "cause_depth", "textfield", required=False)
    assert told(course(optional, shipped), record)["same"] is True


def test_a_gateway_without_a_way_out_is_named(shipped: Bundle, records: Mapping[str, Record]) -> None:
    broken = without_way_on(shipped, "carry_out.bpmn", "is_carried_out")

    found = told(course(broken, shipped), records["scenarios/minor.yaml"])

    assert (found["stuck"]["kind"], found["stuck"]["element"]) == ("route", "is_carried_out")
    assert found["same"] is False


def test_a_case_under_way_stays_where_it_is(shipped: Bundle, records: Mapping[str, Record]) -> None:
    under_way = as_of(records[THREE_HOURS], NINE + timedelta(hours=1))

    found = told(course(shipped), under_way)

    assert found["stuck"] is None and found["ended"] == {"before": None, "after": None}
    assert {task["how"] for task in found["work"]["after"]} == {"recorded", "waits"}
    assert {limit["change"] for limit in found["limits"]} == {SAME}


def test_what_was_moved_takes_as_much_working_time_as_it_did() -> None:
    pace = Pace(Calendar())
    evening = NINE + timedelta(hours=8, minutes=30)  # 17:30, half an hour before the end of the day

    assert pace.moved(NINE, NINE + timedelta(hours=1), NINE) == NINE + timedelta(hours=1)
    assert pace.moved(NINE, NINE + timedelta(hours=1), evening) == evening + timedelta(hours=15, minutes=30)
    night = NINE + timedelta(hours=14)  # 23:00
    assert pace.moved(night, night + timedelta(minutes=5), night + timedelta(hours=1)) == night + timedelta(minutes=65)


def test_customs_are_the_median_by_task_and_by_role() -> None:
    done = [("read", "clerk", NINE, NINE + timedelta(minutes=minutes)) for minutes in (10, 20, 90)]

    customs = customs_of(done, Calendar())

    assert customs.usual("read", "clerk") == customs.usual("sign", "clerk") == timedelta(minutes=20)
    assert customs.usual("sign", "boss") == timedelta(hours=4)


def test_two_versions_can_be_held_against_each_other(shipped: Bundle, records: Mapping[str, Record]) -> None:
    bare = replace(records["scenarios/minor.yaml"], path=None, runs=None)
    through = course(shipped)

    against = as_record(bare, replay(through, bare))

    assert outcome(bare, replay(through, bare), {})["same"] is None
    assert outcome(against, replay(through, bare), {})["same"] is True


def as_of(record: Record, moment: datetime) -> Record:
    """The record as it stood at a moment."""
    tasks = [task for task in record.tasks if task.opened_at <= moment]
    still = [replace(task, how="open", ended_at=None) if (task.ended_at or moment) > moment else task for task in tasks]
    runs = tuple(
        replace(run, stopped_at=None if run.stopped_at and run.stopped_at > moment else run.stopped_at)
        for run in record.runs or ()
        if run.opened_at <= moment
    )
    deeds = tuple(deed for deed in record.deeds if deed.at <= moment)
    return replace(record, until=moment, closed=False, tasks=tuple(still), deeds=deeds, runs=runs)


def test_an_element_drawn_with_a_form_is_no_other_one_by_a_new_name(shipped: Bundle) -> None:
    countersigned = with_task(shipped, "carry_out.bpmn", CARRIED_OUT, "countersign", role="manager", form="approve_plan")

    assert renamed(shipped, countersigned) == {}


def test_a_program_that_left_at_once_is_heard(shipped: Bundle) -> None:
    drawn = shipped.files["minor.bpmn"].replace(b'calledElement="assign"', b'calledElement="nowhere"')
    broken = changed(shipped, {"minor.bpmn": drawn})
    with Crew(Brief(broken), 1) as crew:
        (program,) = crew._programs
        program.wait()

        with pytest.raises(Stopped) as told:
            list(crew.outcomes([[b"a case"]]))

    assert told.value.text != STOPPED
