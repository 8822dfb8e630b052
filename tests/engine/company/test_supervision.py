"""Inspections: cases by chance, findings on each, measures followed until they are carried out."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest

from engine.commands import company
from engine.errors import Forbidden, InvalidState, InvalidValues, NotFound
from engine.queries.company import supervision
from engine.storage import tables as t
from engine.storage.journal import read_stream
from tests.office import Office

SECRET = "张三家的事"


def begin(office: Office, login: str = "manager", **changed: Any) -> str:
    whole = {"estate_id": office.estate_id(), "department": "", "first_day": date(2026, 9, 1), "last_day": date(2026, 9, 30)}
    about = {"inspector": "街道办", "outside": True, "subject": "九月抽查", "sample": 2}
    return str(office.execute(company.OpenInspection(**{**whole, **about, **changed}), login))


def read(office: Office, inspection_id: str, login: str = "manager") -> supervision.Inspection:
    with office.application.read() as reader:
        return supervision.one(reader, office.actor(login), inspection_id)


def look_at_all(office: Office, inspection_id: str) -> None:
    for case in read(office, inspection_id).cases:
        office.execute(company.RecordFinding(inspection_id, case.case_id, True, "", ""), "manager")


@pytest.fixture
def registered(office: Office) -> list[str]:
    """Four complaints of this month."""
    return [office.register(subject=f"第 {number} 件").id for number in range(4)]


def test_cases_are_drawn_by_chance_and_the_draw_can_be_repeated(office: Office, registered: list[str]) -> None:
    found = read(office, begin(office))

    assert found.drawn_from == 4 and found.head.cases == 2 and found.head.outside
    assert [case.case_id for case in found.cases] == random.Random(found.seed).sample(sorted(registered), 2)
    assert all(case.number.startswith("YH-2026-") and case.conforming is None for case in found.cases)


def test_it_is_followed_from_findings_to_the_effect_of_measures(office: Office, registered: list[str]) -> None:
    inspection_id = begin(office)
    first, second = read(office, inspection_id).cases

    office.execute(company.RecordFinding(inspection_id, first.case_id, False, "S1.23", "没有写完成期限"), "manager")
    with pytest.raises(InvalidState):
        office.execute(company.CloseInspection(inspection_id, "结论", "成效"), "manager")
    office.execute(company.RecordFinding(inspection_id, second.case_id, True, "", ""), "manager")
    measure = office.execute(
        company.AddMeasure(inspection_id, "派单一律写明期限", office.person_id("supervisor"), date(2026, 10, 9)), "manager"
    )
    with pytest.raises(InvalidState):
        office.execute(company.CloseInspection(inspection_id, "结论", "成效"), "manager")
    office.clock.advance(days=14)
    late = read(office, inspection_id)
    office.execute(company.FinishMeasure(measure, "已培训，本周全部写明"), "supervisor")
    with pytest.raises(InvalidState):
        office.execute(company.FinishMeasure(measure, "again"), "supervisor")
    office.execute(company.CloseInspection(inspection_id, "一件不符合", "已改善"), "manager")

    closed = read(office, inspection_id)
    assert late.head.overdue == 1 and late.measures[0].overdue and not late.ready
    assert (closed.effect, closed.head.not_conforming, closed.head.open_measures) == ("已改善", 1, 0)
    with pytest.raises(InvalidState):
        office.execute(company.RecordFinding(inspection_id, first.case_id, True, "", ""), "manager")


def test_the_journal_covers_it_and_names_nobody(office: Office, registered: list[str]) -> None:
    inspection_id = begin(office)
    case_id = read(office, inspection_id).cases[0].case_id
    office.execute(company.RecordFinding(inspection_id, case_id, False, "", SECRET), "manager")

    with office.application.database.read() as connection:
        entries = list(read_stream(connection, "administration", "company"))[-2:]
    assert [entry.action for entry in entries] == ["company_inspection", "company_inspected_case"]
    assert SECRET not in repr([entry.events for entry in entries]) and "remark" in entries[1].personal


def test_it_is_kept_to_those_who_may_inspect_there(office: Office, registered: list[str]) -> None:
    inspection_id = begin(office)

    for login in ("reception", "admin"):
        with pytest.raises(Forbidden):
            begin(office, login)
    with pytest.raises(Forbidden):
        begin(office, estate_id=office.estate_id("BT"))
    for login in ("reception", "bitong"):
        with pytest.raises(NotFound):
            read(office, inspection_id, login)
    with pytest.raises(NotFound):
        office.execute(company.CloseInspection(inspection_id, "x", "x"), "bitong")
    with pytest.raises(NotFound):
        office.execute(company.RecordFinding(inspection_id, "no case of it", True, "", ""), "manager")
    assert read(office, inspection_id, "director").head.cases == 2, "who inspects everywhere sees it"


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"last_day": date(2026, 8, 1)}, "last_day"),
    ({"first_day": date(2024, 1, 1)}, "last_day"),
    ({"first_day": date(2026, 1, 1), "last_day": date(2026, 1, 2)}, "last_day"),
    ({"sample": 0}, "sample"),
    ({"sample": 51}, "sample"),
    ({"inspector": ""}, "inspector"),
    ({"subject": "字" * 201}, "subject"),
]


def test_an_inspection_that_cannot_be_is_refused_at_its_field(office: Office, registered: list[str]) -> None:
    for changed, field in WRONG:
        with pytest.raises(InvalidValues) as refused:
            begin(office, **changed)
        assert set(refused.value.fields) == {field}

    assert office.rows(t.inspection.select()) == []


def test_a_finding_and_a_measure_say_what_they_lack(office: Office, registered: list[str]) -> None:
    inspection_id = begin(office)
    case_id = read(office, inspection_id).cases[0].case_id
    wrong = {
        company.RecordFinding(inspection_id, case_id, False, "", " "): {"remark"},
        company.RecordFinding(inspection_id, case_id, True, "X9.9", ""): {"clause"},
        company.AddMeasure(inspection_id, "", "nobody", date(2020, 1, 1)): {"text", "responsible_id", "due_on"},
    }

    for command, fields in wrong.items():
        with pytest.raises(InvalidValues) as refused:
            office.execute(command, "manager")
        assert set(refused.value.fields) == fields
