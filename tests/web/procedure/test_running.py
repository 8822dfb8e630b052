"""Open cases before a new version: the page tries each, moves the ticked ones, answers a receipt, and leads back."""

from __future__ import annotations

from tests.engine.incidents.test_bulk import at_assignment, faster, follows, with_a_task_behind
from tests.engine.incidents.test_migrating import TASK, newer
from tests.office import Office
from tests.web.conftest import Login

PAGE = "/procedure/complaint/versions/2/cases"


def test_an_owner_moves_some_cases_and_takes_them_back(login: Login, office: Office) -> None:
    stays, moves = at_assignment(office, 2)
    newer(office)
    owner = login("owner")
    assert PAGE in owner.get("/procedure/complaint/versions/2").links(PAGE)

    page = owner.get(PAGE)
    assert stays.number in page.text and "选定受理人" in page.text and "能换" in page.text
    refused = owner.post(PAGE, page.form(PAGE) | {"reason": "改名"})
    assert refused.status == 422 and "请先勾选" in refused.text and "改名" in refused.text
    refused = owner.post(PAGE, refused.form(PAGE) | {"case_id": [moves.id], "reason": ""})
    assert refused.status == 422 and refused.errors == ["请写明原因。"]
    receipt = owner.follow(owner.post(PAGE, refused.form(PAGE) | {"reason": "改名"}))

    assert "换好 1 件" in receipt.text and [follows(office, case) for case in (stays, moves)] == [1, 2]
    back = next(link for link in receipt.tree.xpath("//form/@action") if link.endswith("/back"))
    (all_of_them,) = receipt.links("/procedure/migrations/")
    assert owner.get(all_of_them).tree.xpath("//input[@name='case_id'][@checked]/@value") == [moves.id]
    receipt = owner.follow(owner.post(back, receipt.form(back) | {"case_id": [moves.id], "reason": "不合适"}))
    assert "已换回 1 件" in receipt.text and follows(office, moves) == 1


def test_a_case_that_has_gone_on_says_in_the_receipt_why_it_cannot_go_back(login: Login, office: Office) -> None:
    changes, moves = at_assignment(office, 2)
    with_a_task_behind(office)
    owner = login("owner")
    page = owner.get(PAGE)
    changes.complete(TASK)
    wanted = {"case_id": [changes.id, moves.id], "reason": "再核对"}
    receipt = owner.follow(owner.post(PAGE, page.form(PAGE) | wanted))
    assert "没换 1 件" in receipt.text and "您看过以后，这件投诉又有变动" in receipt.text
    moves.complete(TASK)

    back = next(link for link in receipt.tree.xpath("//form/@action") if link.endswith("/back"))
    refused = owner.follow(owner.post(back, receipt.form(back) | {"case_id": [moves.id], "reason": "不合适"}))

    assert "再核对”，第 1 版没有，不能换回" in refused.text and follows(office, moves) == 2


def test_a_case_that_cannot_be_moved_says_why_and_has_no_box(login: Login, office: Office) -> None:
    at_assignment(office)
    newer(office, "assign.bpmn", f'"{TASK}"', f'"{TASK}_anew"')

    page = login("admin").get(PAGE)

    assert "不能换" in page.text and "“确定受理人”正在办理" in page.text
    assert page.tree.xpath("//input[@name='case_id']") == []


def test_deadlines_are_shown_as_chosen(login: Login, office: Office) -> None:
    at_assignment(office)
    faster(office)
    owner = login("owner")

    kept, anew = owner.get(PAGE), owner.get(f"{PAGE}?timers=recompute")

    assert "改为" not in kept.text and "改为" in anew.text
    assert "的“派单”：仍是 今天 21:00；重算就成了 今天 17:00" in kept.text
    assert "的“派单”：原定 今天 21:00，改为 今天 17:00" in anew.text


def test_a_case_far_down_the_page_whose_deadline_moves_is_told_of(login: Login, office: Office) -> None:
    for case in at_assignment(office, 6)[:5]:
        case.complete(TASK)
    faster(office)
    owner = login("owner")

    kept, anew = owner.get(PAGE), owner.get(f"{PAGE}?timers=recompute")

    assert "结果一样" not in kept.text and "可以看到哪几件会不一样" in kept.text
    assert "结果一样" not in anew.text and "改为" in anew.text and "的“派单”：原定" in anew.text


def test_the_page_is_not_for_everybody_and_not_before_the_version_holds(login: Login, office: Office) -> None:
    at_assignment(office)
    newer(office)

    assert login("supervisor").get(PAGE).status == 403
    assert login("owner").get("/procedure/complaint/versions/9/cases").status == 404
    assert login("owner").get("/procedure/migrations/none").status == 404
