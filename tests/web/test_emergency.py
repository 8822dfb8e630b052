"""The red button: a place and one line, and the numbers to call."""

from __future__ import annotations

import sqlalchemy as sa

from engine.storage import tables as t
from tests.office import Office
from tests.web.conftest import Login

ALARM = {"occurred_place": "1 号楼东侧电梯", "subject": "电梯困人"}


def test_place_and_one_line_show_the_numbers_on_duty_with_the_time_left(login: Login, office: Office) -> None:
    reception = login("reception")

    page = reception.follow(reception.fill("/emergency", **ALARM))

    now = page.tree.find_class("rd-rung--now")[0]
    assert page.heading == "通知相关部门"
    assert now.xpath(".//a/@href") == ["tel:13700008001"]
    assert now.find_class("rd-countdown")[0].text_content() == "3:00"
    assert "tel:13700008101" not in page.text
    assert office.rows(sa.select(t.register_entry))[0]["emergency"]


def test_without_a_place_nothing_is_recorded_and_the_line_is_kept(login: Login, office: Office) -> None:
    page = login("reception").fill("/emergency", subject="电梯困人")

    assert page.status == 422 and len(page.errors) == 1
    assert page.form("/emergency")["subject"] == "电梯困人"
    assert office.rows(sa.select(t.cases.c.id)) == []


def test_a_step_done_leads_back_to_the_numbers(login: Login, office: Office) -> None:
    case = office.register_emergency()
    item_id = case.item("notify_departments")["id"]
    reception = login("reception")
    ladder = f"/emergency/{case.id}"

    told = reception.get(ladder).tree.xpath("//input[@name='notified']/@value")[:2]
    done = reception.fill(ladder, f"/tasks/{item_id}", notified=told, anyone_reached="reached")

    assert reception.follow(done).links(ladder) == [ladder]


def test_the_numbers_stay_in_sight_when_an_answer_is_missing(login: Login, office: Office) -> None:
    case = office.register_emergency()
    path = f"/tasks/{case.item('notify_departments')['id']}"

    refused = login("reception").fill(f"/emergency/{case.id}", path)

    assert refused.status == 422 and refused.errors
    assert "tel:13700008001" in refused.text


def test_a_late_step_says_so(login: Login, office: Office) -> None:
    case = office.register_emergency()
    office.clock.advance(minutes=4)

    page = login("reception").get(f"/emergency/{case.id}")

    assert page.tree.find_class("rd-countdown--late")[0].text_content() == "已超时 1:00"


def test_another_estates_emergency_is_not_shown(login: Login, office: Office) -> None:
    case = office.register_emergency()

    assert login("bitong").get(f"/emergency/{case.id}").status == 404


def test_a_case_without_a_ladder_says_so(login: Login, office: Office) -> None:
    case = office.register()

    page = login("reception").get(f"/emergency/{case.id}")

    assert page.status == 200 and page.heading == "紧急通知已经办完"


def test_drawing_the_fields_again_records_nothing(login: Login, office: Office) -> None:
    page = login("reception").post("/emergency/fields", {**ALARM, "request_id": "r1"})

    assert page.tree.get("id") == "fields" and "电梯困人" in page.text
    assert office.rows(sa.select(t.cases.c.id)) == []
