"""The book has no gaps: numbers run per estate and local year, and an undone registration gives its number back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from engine.commands import intake
from engine.errors import InvalidValues
from engine.storage import tables as t
from engine.storage.work import Work
from tests.office import Office


def register_in(office: Office, estate: str, login: str) -> str:
    """The number of a complaint registered in an estate."""
    answers = {"channel": "by_telephone", "subject": "灯"}
    receipt = office.execute(intake.Register(office.estate_id(estate), answers, office.request_id()), login)
    return str(receipt.number)


def test_numbers_run_without_a_gap_in_each_estate(office: Office) -> None:
    numbers = [register_in(office, estate, login) for estate, login in (("YH", "reception"), ("BT", "bitong")) * 2]

    assert numbers == ["YH-2026-00001", "BT-2026-00001", "YH-2026-00002", "BT-2026-00002"]


def test_a_refused_registration_takes_no_number(office: Office) -> None:
    office.register()
    with pytest.raises(InvalidValues):
        office.register(subject="")

    assert office.register().number == "YH-2026-00002"


def test_a_registration_that_fails_at_its_very_end_gives_its_number_back(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.register()
    before = office.rows(t.register_number.select())

    def fail(self: Work) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(Work, "flush", fail)
        with pytest.raises(OSError, match="disk"):
            office.register()

    assert office.rows(t.register_number.select()) == before
    assert office.register().number == "YH-2026-00002"


@pytest.mark.parametrize(
    ("moment", "number"),
    [
        (datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC), "YH-2026-00002"),
        (datetime(2026, 12, 31, 16, 0, 0, tzinfo=UTC), "YH-2027-00001"),
    ],
)
def test_a_new_year_begins_at_midnight_of_the_companys_own_time(
    office: Office, clock: Any, moment: datetime, number: str
) -> None:
    office.register()
    clock.set(moment)

    case = office.register()

    assert case.number == number
    assert (case.entry["year"], case.entry["serial"]) == (int(number[3:7]), int(number[-5:]))


def test_an_emergency_is_numbered_in_the_same_book(office: Office) -> None:
    office.register()

    assert office.register_emergency().number == "YH-2026-00002"
