"""Before a day is saved the page says which deadlines it would move; afterwards they move by decision."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from engine.storage import tables as t
from tests.office import Case, Office
from tests.web.conftest import Login

PATH = "/directory/days"
REASONS = {"reason_zh": "司庆", "reason_en": "Founding day"}


@pytest.fixture
def case(office: Office) -> Case:
    """A case with a limit that counts working days."""
    found = office.register()
    for _ in range(25):
        if running(office, found):
            return found
        found.complete(found.items[0]["element_id"])
    raise AssertionError("no limit of this procedure counts working days")


def running(office: Office, case: Case) -> list[sa.RowMapping]:
    run = t.limit_run.c
    counts = run.derivation.contains("working_days")
    return office.rows(sa.select(t.limit_run).where(run.case_id == case.id, run.stopped_at.is_(None), counts))


def last_day(office: Office, case: Case) -> str:
    due = running(office, case)[0]["due_at"] - timedelta(seconds=1)
    return due.astimezone(office.application.zone).date().isoformat()


def test_a_day_is_previewed_saved_and_its_deadlines_moved(login: Login, office: Office, case: Case) -> None:
    admin, day = login("admin"), last_day(office, case)
    before = running(office, case)[0]["due_at"]

    preview = admin.fill(PATH, _preview="1", day=day, working="0", **REASONS)
    nothing_saved = office.rows(t.calendar_day.select())
    saved = admin.follow(admin.post(PATH, {**preview.form(PATH), "working": "0"}))
    kept = running(office, case)[0]["due_at"]
    silent = admin.post(f"{PATH}/recount", {"recount_reason": " "})
    done = admin.follow(admin.post(f"{PATH}/recount", {"recount_reason": "司庆放假"}))

    assert "会移动" in preview.text and case.number in preview.text and nothing_saved == []
    assert preview.form(PATH)["reason_zh"] == "司庆" and "保存这一天" in preview.text
    assert case.number in saved.text and "按改动以前的工作日算的" in saved.text and kept == before
    assert silent.status == 422 and silent.errors == ["请填写。"]
    assert "已重新计算 1 件" in done.text and running(office, case)[0]["due_at"] > before
    assert case.number not in admin.get(PATH).text
    assert "工作日有变" in login("supervisor").get(f"/cases/{case.id}/timeline").text


def test_a_preview_of_no_day_is_refused_and_of_a_far_day_says_that_nothing_moves(
    login: Login, office: Office, case: Case
) -> None:
    admin = login("admin")

    none = admin.fill(PATH, _preview="1", day="someday", **REASONS)
    far = admin.fill(PATH, _preview="1", day="2029-01-01", **REASONS)

    assert none.status == 422 and none.form(PATH)["reason_zh"] == "司庆"
    assert far.status == 200 and "都不受影响" in far.text
    assert login("manager").post(f"{PATH}/recount", {"recount_reason": "x"}).status == 403
