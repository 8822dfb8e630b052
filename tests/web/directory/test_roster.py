"""The duty roster as a week: gaps and clashes in words, a shift changed and ended, a week copied."""

from __future__ import annotations

from typing import Any

import pytest

from engine.commands import directory
from engine.storage import tables as t
from tests.office import Office
from tests.web.conftest import Login
from tests.web.pages import Page

ROLE = "manager"
OF_MANAGERS = t.duty.select().where(t.duty.c.role == ROLE)


@pytest.fixture
def estate(office: Office) -> str:
    """An estate whose roster is empty."""
    return office.estate_id("BT")


def shift(office: Office, estate: str, start: str, end: str, login: str = "manager", **more: Any) -> dict[str, str]:
    given = {"estate_id": estate, "role": ROLE, "person_id": office.person_id(login), "phone": "13611110000", "position": "1"}
    return {**given, "starts_at": start, "ends_at": end, **more}


def warnings(page: Page) -> str:
    return " ".join(" ".join(found.text_content().split()) for found in page.tree.find_class("rd-notice--warning"))


def test_a_gap_is_said_in_words(login: Login, office: Office, estate: str) -> None:
    admin = login("admin")
    admin.fill(
        f"/directory/roster?estate={estate}", "/directory/roster", **shift(office, estate, "2026-09-28T00:00", "2026-10-03T18:00")
    )

    page = admin.get(f"/directory/roster?estate={estate}&week=2026-09-30")

    assert "主管经理 周六 18:00 起无人值班" in warnings(page)
    assert "13611110000" in page.text and "无人值班" not in warnings(
        admin.get(f"/directory/roster?estate={estate}&week=2026-09-21")
    )


def test_two_who_are_called_first_at_once_are_said(login: Login, office: Office, estate: str) -> None:
    admin = login("admin")
    for who in ("manager", "guard"):
        entries = shift(office, estate, "2026-09-29T08:00", "2026-09-29T20:00", who)
        admin.fill(f"/directory/roster?estate={estate}", "/directory/roster", **entries)

    said = warnings(admin.get(f"/directory/roster?estate={estate}"))

    assert "周二 08:00 至 周二 20:00" in said and "都排在第 1 位" in said


def test_a_week_is_copied_once(login: Login, office: Office, estate: str) -> None:
    admin = login("admin")
    for start, end in (("2026-09-28T08:00", "2026-09-28T20:00"), ("2026-09-28T20:00", "2026-09-29T08:00")):
        admin.post("/directory/roster", shift(office, estate, start, end))
    next_week = {"estate_id": estate, "week": "2026-10-07"}

    first = admin.follow(admin.post("/directory/roster/copy", next_week))
    again = admin.follow(admin.post("/directory/roster/copy", next_week))

    rows = office.rows(OF_MANAGERS.where(t.duty.c.estate_id == estate).order_by(t.duty.c.starts_at))
    assert len(rows) == 4 and (rows[2]["starts_at"] - rows[0]["starts_at"]).days == 7
    assert "已照上一周排了 2 班" in first.text and "没有可照排的班" in again.text


def test_a_shift_is_changed_and_ended_and_one_that_is_over_stays(login: Login, office: Office, estate: str) -> None:
    admin = login("admin")
    admin.post("/directory/roster", shift(office, estate, "2026-09-28T08:00", "2026-09-28T20:00"))
    (row,) = office.rows(OF_MANAGERS.where(t.duty.c.estate_id == estate))
    path = f"/directory/roster?edit={row['id']}"

    changed = admin.fill(path, "/directory/roster", person_id=office.person_id("guard"), phone="13699999999")
    begun = admin.fill(path, "/directory/roster", starts_at="2026-09-28T10:00")
    admin.follow(admin.post(f"/directory/roster/{row['id']}/end", {"estate_id": estate}))
    over = admin.post(f"/directory/roster/{row['id']}/end", {"estate_id": estate})

    assert changed.status == 303 and begun.status == 422 and "开始时间不能再改" in begun.errors[0]
    assert over.status == 409
    (after,) = office.rows(t.duty.select().where(t.duty.c.id == row["id"]))
    assert (after["phone"], after["ends_at"]) == ("13699999999", office.clock.now())


def test_one_person_is_not_on_duty_twice_for_a_role_and_nobody_who_left(login: Login, office: Office, estate: str) -> None:
    admin = login("admin")
    entries = shift(office, estate, "2026-09-29T08:00", "2026-09-29T20:00")
    admin.post("/directory/roster", entries)
    office.execute(directory.Deactivate(office.person_id("cleaner"), "离职"), "admin")

    twice = admin.post("/directory/roster", {**entries, "ends_at": "2026-09-29T21:00"})
    gone = admin.post("/directory/roster", {**entries, "person_id": office.person_id("cleaner")})

    assert twice.status == 422 and "已经排了" in twice.errors[0]
    assert gone.status == 422 and "没有这位在岗同事" in gone.errors[0]


@pytest.mark.parametrize("week", ["", "yesterday", "0001-01-01", "9999-12-31", "2026-02-30"])
def test_a_week_that_is_none_is_this_week(login: Login, week: str) -> None:
    page = login("admin").get(f"/directory/roster?week={week}")

    assert page.status == 200 and "2026年9月28日" in page.text
