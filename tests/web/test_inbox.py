"""The inbox: what one holds, may take, follows and has done."""

from __future__ import annotations

import re
from datetime import timedelta

from engine.commands import directory, work
from engine.storage import tables as t
from tests.office import Office
from tests.web.conftest import Login
from tests.web.pages import Page


def rows(page: Page) -> list[str]:
    """The rows as text."""
    return [" ".join(row.text_content().split()) for row in page.tree.find_class("rd-inbox-row")]


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


def test_whoever_holds_no_role_is_not_asked_to_record(login: Login) -> None:
    administrator = login("admin")

    assert administrator.get("/record").status == 403
    assert not administrator.get("/inbox").links("/record")


def flat(page: Page) -> str:
    """The page's words on one line."""
    return " ".join(page.tree.text_content().split())


def test_many_are_claimed_at_once_and_the_rest_is_named(login: Login, office: Office) -> None:
    free, held, elsewhere = (office.register_emergency() for _ in range(3))
    items = [case.item("notify_departments")["id"] for case in (free, held, elsewhere)]
    login("reception2").post(f"/inbox/{items[1]}/claim")
    reception = login("reception")
    assert items[0] in reception.get("/inbox/available").tree.xpath("//input[@name='item']/@value")

    page = reception.follow(reception.post("/inbox/claim", {"item": [*items[:2], "forged", "<script>"], "next": "/inbox"}))

    assert "已认领 1 项" in page.notices and "何雨" in page.notices and held.number in page.notices
    assert len(rows(page)) == 1 and "<script>" not in page.text
    assert "请先勾选" in reception.follow(reception.post("/inbox/claim")).notices
    assert reception.post("/inbox/claim", {"next": "https://elsewhere.example/"}).location == "/inbox"
    many = [str(number) for number in range(101)]
    assert "一次最多认领" in reception.follow(reception.post("/inbox/claim", {"item": many})).notices


def test_a_double_click_claims_once_and_an_old_page_says_who_was_faster(login: Login, office: Office) -> None:
    first, second = (office.register_emergency().item("notify_departments")["id"] for _ in range(2))
    reception, other = login("reception"), login("reception2")

    for _ in range(2):
        assert "已认领" in reception.follow(reception.post(f"/inbox/{first}/claim")).notices
    assert "由张倩领取" in other.follow(other.post(f"/inbox/{first}/claim", {"next": "/inbox/available"})).notices
    in_place = other.post(f"/inbox/{first}/claim", headers={"HX-Request": "true"})
    assert in_place.status == 409 and "张倩" in in_place.response.json["said"]  # type: ignore[index]
    done = other.post(f"/inbox/{second}/claim", headers={"HX-Request": "true"})
    assert done.status == 200 and "已认领" in done.response.json["said"]  # type: ignore[index]


def test_a_row_says_for_whom_it_is_and_that_its_deadline_may_move(login: Login, office: Office) -> None:
    case, now = office.register(), office.clock.now()
    office.execute(work.Claim(case.items[0]["id"]), "supervisor")
    stands_in = (office.person_id("supervisor"), office.person_id("reception2"), now, now + timedelta(days=1))
    office.execute(directory.SetDeputy(*stands_in), "admin")
    with office.application.database.write() as connection:
        connection.execute(t.limit_run.update().values(provisional=True))

    row = rows(login("reception2").get("/inbox/mine"))[0]

    assert "代刘敏" in row and "认领" in row and "暂定" in row
    assert len(rows(login("reception2").get("/inbox/mine?unsure=1"))) == 1
    assert "暂定" not in rows(login("supervisor").get("/inbox/available?unsure=1"))


def test_a_task_is_handed_to_a_colleague_who_may_do_it(login: Login, office: Office) -> None:
    item_id = office.register_emergency().item("notify_departments")["id"]
    reception = login("reception")
    reception.post(f"/inbox/{item_id}/claim")
    page = reception.get(f"/inbox/{item_id}/hand-on?next=/inbox/mine")
    offered = [" ".join(option.text_content().split()) for option in page.tree.find_class("rd-option")]

    assert offered == ["何雨 手上 0 项"] and login("cleaner").get(f"/inbox/{item_id}/hand-on").status in (403, 404)
    assert login("bitong").get(f"/inbox/{item_id}/hand-on").status == 404
    refused = reception.post(f"/inbox/{item_id}/hand-on", {"person_id": office.person_id("reception2"), "reason": " "})
    assert refused.status == 422 and refused.errors and office.person_id("reception2") in refused.text
    assert reception.post(f"/inbox/{item_id}/hand-on", {"person_id": "forged", "reason": "忙"}).status == 422
    told = {"person_id": office.person_id("reception2"), "reason": "去现场了", "next": "/inbox/mine"}
    page = reception.follow(reception.post(f"/inbox/{item_id}/hand-on", told))
    assert "何雨" in page.notices and rows(page) == [] and len(rows(login("reception2").get("/inbox/mine"))) == 1


def test_a_link_to_what_one_may_not_see_says_so(login: Login, office: Office) -> None:
    office.register()
    link = f"/inbox/available?estate={office.estate_id()}&late=1"
    stranger = login("bitong").get(link)

    assert "没有您能看到的任务" in flat(stranger) and "您无权查看的小区" in flat(stranger) and "云禾花园" not in flat(stranger)
    assert "没有符合条件的任务" in flat(login("supervisor").get(link))
    forged = login("supervisor").get("/inbox/available?role=<script>alert(1)</script>&task=x&dept='&q=%25_%5C&grade=&late=2&x=1")
    assert forged.status == 200 and "<script>alert" not in forged.text and "您没有的岗位" in flat(forged)
    assert login("supervisor").get(f"/inbox/available?q={'长' * 3000}").status == 200


def test_a_filter_is_kept_under_a_name_and_opened_by_it(login: Login, office: Office) -> None:
    reception = login("reception")
    page = reception.get("/inbox/filters?tab=followed&urgent=1&x=1")
    fields = page.form("/inbox/filters")
    assert {name: fields[name] for name in ("tab", "urgent")} == {"tab": "followed", "urgent": "1"} and "x" not in fields

    assert reception.post("/inbox/filters", {**fields, "name": " "}).errors == ["请起一个名字。"]
    name = "<script>alert(1)</script>"
    page = reception.follow(reception.post("/inbox/filters", {**fields, "name": name}))
    assert page.tree.xpath("//a[@class='rd-filter' and @aria-current]")[0].text == name and "<script>alert" not in page.text
    assert "rd-filter" not in login("reception2").get("/inbox/filters").text
    own = reception.get("/inbox/filters")
    filter_id = own.tree.xpath("//input[@name='filter_id']/@value")[0]
    assert login("reception2").post("/inbox/filters/rename", {"filter_id": filter_id, "name": "x"}).status == 404
    too_long = reception.post("/inbox/filters/rename", {"filter_id": filter_id, "name": "长" * 41})
    assert too_long.status == 422 and too_long.errors and "长" * 41 in too_long.text
    reception.follow(reception.post("/inbox/filters/rename", {"filter_id": filter_id, "name": "紧急的"}))
    assert "紧急的" in reception.get("/inbox/mine").text
    for _ in range(2):
        reception.follow(reception.post("/inbox/filters/delete", {"filter_id": filter_id}))
    assert "紧急的" not in reception.get("/inbox/mine").text


def test_what_has_changed_is_told_in_place(login: Login, office: Office) -> None:
    taken, kept = office.register_emergency(), office.register_emergency()
    reception = login("reception")
    page = reception.get("/inbox/available?urgent=1")
    asked = page.tree.xpath("//@data-rd-inbox")[0]
    shown = page.tree.xpath("//@data-rd-item")
    item_id, other = (case.item("notify_departments")["id"] for case in (taken, kept))

    first = reception.get(f"{asked}&ids={'.'.join(shown)}")
    assert first.response.json["new"] == "" and "gone" not in first.response.json["rows"][item_id]  # type: ignore[index]
    again = reception.get(f"{asked}&ids={'.'.join(shown)}", headers={"If-None-Match": first.response.headers["ETag"]})
    assert again.status == 304
    login("reception2").post(f"/inbox/{item_id}/claim")
    third = office.register_emergency()
    office.clock.advance(minutes=4)
    fresh = reception.get(f"{asked}&ids={'.'.join([*shown, 'forged'])}").response.json
    assert fresh is not None and fresh["rows"][item_id] == {"gone": "何雨已认领"} and fresh["rows"]["forged"] == fresh_gone()
    assert fresh["rows"][other]["tint"] == "late" and fresh["rows"][other]["left"].startswith("已超时")
    mine_to_do = [item for item in third.items if item["role"] == "reception"]
    assert fresh["new"] == f"有 {len(mine_to_do)} 项新任务，点此查看" and fresh["counts"]["available"]
    assert reception.get("/inbox/fresh").response.json.keys() == {"counts"}  # type: ignore[union-attr]
    assert reception.get("/inbox/fresh?tab=done&ids=x&until=nonsense&after=~").status == 200


def fresh_gone() -> dict[str, str]:
    """What is said of a row that is not there for the person."""
    return {"gone": "这项任务已不在您这里"}
