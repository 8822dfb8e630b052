"""Rows of a personal list that a later form goes on with."""

from __future__ import annotations

from pathlib import Path

from engine.clock import ManualClock
from engine.commands import intake, work
from engine.storage.payloads import latest
from tests.engine.small import SmallOffice


def test_a_row_keeps_what_a_later_form_only_shows(tmp_path: Path, clock: ManualClock) -> None:
    office = SmallOffice(tmp_path, clock)
    wished = {"subject": "灯", "wishes[0].wish": "修好", "wishes[1].wish": "道歉"}
    receipt = office.application.execute(intake.Register(office.estate_id, wished, ""), office.boss)

    answered = {"size": "6", "wishes[0].answer": "两天内", "wishes[1].answer": "当面"}
    office.application.execute(work.Complete(receipt.next_items[0].item_id, answered, ""), office.boss)

    with office.application.database.read() as connection:
        found = latest(connection, [receipt.case_id])[receipt.case_id]["wishes"]
    office.application.close()
    assert found == [{"wish": "修好", "answer": "两天内"}, {"wish": "道歉", "answer": "当面"}]
