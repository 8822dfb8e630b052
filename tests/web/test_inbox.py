"""The inbox: what one holds, may take, follows and has done."""

from __future__ import annotations

import re

from tests.office import Office
from tests.web.conftest import Login


def rows(page: object) -> list[str]:
    """The rows as text."""
    return [" ".join(row.text_content().split()) for row in page.tree.find_class("rd-inbox-row")]  # type: ignore[attr-defined]


def test_a_row_says_what_is_to_be_done_where_and_by_when(login: Login, office: Office) -> None:
    case = office.register(subject="电梯异响", occurred_place="3 号楼")

    row = rows(login("supervisor").get("/inbox/available"))[0]

    for words in ("判断投诉", case.number, "电梯异响", "3 号楼", "轻微", "客户主任"):
        assert words in row


def test_another_estates_tasks_are_not_there(login: Login, office: Office) -> None:
    office.register()

    assert rows(login("bitong").get("/inbox/available")) == []


def test_another_role_sees_no_task_of_it(login: Login, office: Office) -> None:
    office.register()

    assert rows(login("engineer").get("/inbox/available")) == []


def test_a_claimed_task_moves_to_mine_and_back(login: Login, office: Office) -> None:
    item_id = office.register().items[0]["id"]
    supervisor = login("supervisor")

    supervisor.follow(supervisor.post(f"/inbox/{item_id}/claim", {"next": "/inbox"}))
    assert len(rows(supervisor.get("/inbox/mine"))) == 1 and rows(supervisor.get("/inbox/available")) == []
    supervisor.post(f"/inbox/{item_id}/release")

    assert rows(supervisor.get("/inbox/mine")) == [] and len(rows(supervisor.get("/inbox/available"))) == 1


def test_a_task_of_another_role_cannot_be_claimed(login: Login, office: Office) -> None:
    item_id = office.register().items[0]["id"]

    assert login("engineer").post(f"/inbox/{item_id}/claim").status in (403, 404)
    assert login("bitong").post(f"/inbox/{item_id}/claim").status == 404


def test_the_first_contact_follows_the_case(login: Login, office: Office) -> None:
    case = office.register()

    assert case.number in rows(login("reception").get("/inbox/followed"))[0]


def test_what_one_has_done_is_kept_under_done(login: Login, office: Office) -> None:
    case = office.register()
    case.complete("judge_complaint", _by="supervisor")

    done = login("supervisor").get("/inbox/done")

    assert "判断投诉" in rows(done)[0] and "今天 09:00" in rows(done)[0]


def test_the_nearest_deadline_comes_first_in_its_group(login: Login, office: Office) -> None:
    late = office.register_emergency()
    office.register()
    office.clock.advance(minutes=2)
    page = login("reception").get("/inbox/available")
    assert re.search(r"还剩 1 分钟", rows(page)[0])
    office.clock.advance(minutes=10)

    page = login("reception").get("/inbox/available")
    groups = [heading.text_content().split()[0] for heading in page.tree.find_class("rd-grouphead")]

    assert groups[0] == "已超时" and late.number in rows(page)[0] and "已超时 9 分钟" in rows(page)[0]


def test_filters_stand_in_the_address_and_can_be_dropped(login: Login, office: Office) -> None:
    office.register()
    urgent = office.register_emergency()
    reception = login("reception")

    page = reception.get("/inbox/followed?urgent=1")

    assert all(urgent.number in row for row in rows(page))
    assert page.tree.find_class("rd-filter")[0].get("href") == "/inbox/followed"
    assert rows(reception.get("/inbox/followed?urgent=1&grade=none-such")) == []


def test_pages_follow_each_other_without_gap_or_repetition(login: Login, office: Office) -> None:
    for number in range(53):
        office.register(subject=f"第 {number} 件")
    supervisor = login("supervisor")

    first = supervisor.get("/inbox/available")
    second = supervisor.get(first.links("/inbox/available?after=")[0])

    assert (len(rows(first)), len(rows(second))) == (50, 3)
    assert not set(first.links("/tasks/")) & set(second.links("/tasks/"))


def test_an_address_cut_short_does_no_harm(login: Login) -> None:
    reception = login("reception")

    for query in ("after=nonsense", "after=2026-01-01~x", "estate=x", "after=~"):
        assert reception.get(f"/inbox/mine?{query}").status == 200
    assert reception.get("/inbox/none-such").status == 404


def test_an_empty_inbox_says_what_to_do_next(login: Login) -> None:
    page = login("reception").get("/inbox")

    assert "手上没有任务" in page.text and page.links("/record")
