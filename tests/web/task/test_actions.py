"""Other ways on from a task: claim, put back, hand on, pass on, send back, waive."""

from __future__ import annotations

import sqlalchemy as sa

from engine.storage import tables as t
from tests.office import Case, Office
from tests.web.conftest import Login
from tests.web.test_inbox import rows


def dispatched(office: Office) -> Case:
    """A case that waits for the department to take it on."""
    case = office.register()
    case.reach("acknowledge_dispatch")
    return case


def test_claiming_and_putting_back_on_the_page(login: Login, office: Office) -> None:
    item_id = office.register().items[0]["id"]
    supervisor = login("supervisor")

    claimed = supervisor.follow(supervisor.post(f"/tasks/{item_id}/claim"))
    assert "在刘敏手上" in claimed.text
    supervisor.follow(supervisor.post(f"/tasks/{item_id}/release"))

    assert len(rows(supervisor.get("/inbox/available"))) == 1


def test_handing_to_a_colleague_needs_a_reason(login: Login, office: Office) -> None:
    item_id = office.register().items[0]["id"]
    manager, path = login("manager"), f"/tasks/{item_id}/delegate"

    refused = manager.post(path, {"delegate.to": office.person_id("supervisor"), "delegate.reason": " "})
    done = manager.post(path, {"delegate.to": office.person_id("supervisor"), "delegate.reason": "她最熟"})

    assert refused.status == 422 and refused.notices
    assert done.status == 303 and len(rows(login("supervisor").get("/inbox/mine"))) == 1


def test_passing_on_moves_the_task_to_the_other_department_and_back(login: Login, office: Office) -> None:
    case = dispatched(office)
    item = case.item("acknowledge_dispatch")
    first = login(case.doer(item))
    other = "security" if item["department"] != "security" else "cleaning"

    assert first.post(f"/tasks/{item['id']}/pass-on", {"pass_on.to": other, "pass_on.reason": "不归我们"}).status == 303
    assert case.item("acknowledge_dispatch")["department"] == other
    second = login(case.doer(case.item("acknowledge_dispatch")))
    assert "退回" in second.get(f"/tasks/{item['id']}").text
    assert second.post(f"/tasks/{item['id']}/send-back", {"send_back.reason": "也不归我们"}).status == 303

    assert case.item("acknowledge_dispatch")["department"] == item["department"]
    assert case.entry["passing_on_count"] == 2


def test_waiving_needs_the_role_and_a_reason(login: Login, office: Office) -> None:
    case = office.register()
    item_id = case.items[0]["id"]
    path = f"/tasks/{item_id}/waive"

    assert "免办这一步" not in login("reception").get(f"/tasks/{item_id}").text
    assert login("reception").post(path, {"waive.reason": "嫌麻烦"}).status == 403
    refused = login("manager").post(path, {"waive.reason": ""})

    assert refused.status == 422 and case.open_tasks == ["judge_complaint"]


def test_only_the_manager_lets_somebody_do_a_step_they_are_kept_out_of(login: Login, office: Office) -> None:
    case = office.register()
    case.reach("visit_complainant")
    item = case.item("visit_complainant")
    kept_out = [person for person in item["excluded"].split(",") if person]
    path, asked = (
        f"/tasks/{item['id']}/allow-excluded",
        {"allow_excluded.to": kept_out[0], "allow_excluded.reason": "今天只有他在岗"},
    )

    assert login("supervisor").post(path, asked).status == 403
    assert login("manager").post(path, {**asked, "allow_excluded.reason": ""}).status == 422
    assert login("manager").post(path, {**asked, "allow_excluded.to": office.person_id("manager")}).status == 422
    assert login("manager").post(path, asked).status == 303

    assert kept_out[0] not in case.item("visit_complainant")["excluded"]
    assert "今天只有他在岗" in login("manager").get(f"/cases/{case.id}/timeline").text
    assert login("manager").post(path, asked).status == 422


def test_what_was_typed_as_a_reason_is_kept_when_it_is_refused(login: Login, office: Office) -> None:
    item_id = office.register().items[0]["id"]

    page = login("manager").post(f"/tasks/{item_id}/delegate", {"delegate.to": "", "delegate.reason": "她最熟"})

    assert page.status in (404, 422)
    assert "她最熟" in page.text


def test_another_estates_task_cannot_be_moved(login: Login, office: Office) -> None:
    item_id = office.register().items[0]["id"]
    stranger = login("bitong")

    for action in ("claim", "release", "delegate", "pass-on", "send-back", "waive", "allow-excluded"):
        assert stranger.post(f"/tasks/{item_id}/{action}", {"reason": "x"}).status in (403, 404), action


def test_saying_that_the_date_cannot_be_kept_leaves_the_task_and_what_was_typed(login: Login, office: Office) -> None:
    case = office.register()
    case.reach("find_cause")
    item = case.item("find_cause")
    path, doer = f"/tasks/{item['id']}", login(case.doer(item))
    page = doer.get(path)
    (address,) = page.tree.xpath("//button/@formaction[contains(., '/do/')]")
    way, words = address.rpartition("/")[2], page.tree.xpath("//div[@id='fields']//textarea/@name")[0]

    refused = doer.post(address, {**page.form(path), words: "查到一半", f"{way}.reason": ""})
    done = doer.follow(doer.post(address, {**page.form(path), words: "查到一半", f"{way}.reason": "缺配件"}))

    assert refused.status == 422 and refused.form(path)[words] == "查到一半"
    assert refused.tree.xpath(f"//*[@id='{way}-reason-error']") and refused.tree.xpath("//details[@open][@name='way']")
    assert done.form(path)[words] == "查到一半"
    assert "find_cause" in case.open_tasks and len(case.open_tasks) == 2


def test_passing_on_keeps_what_was_typed_as_a_draft(login: Login, office: Office) -> None:
    case = dispatched(office)
    item = case.item("acknowledge_dispatch")
    path, doer = f"/tasks/{item['id']}", login(case.doer(item))
    other = "security" if item["department"] != "security" else "cleaning"

    doer.post(f"{path}/pass-on", {**doer.get(path).form(path), "pass_on.to": other, "pass_on.reason": "不归我们"})
    assert office.rows(sa.select(t.draft.c.id)) == [], "nothing was typed"
    second = case.item("acknowledge_dispatch")
    doer = login(case.doer(second))
    page = doer.get(path)
    control = page.tree.xpath("//div[@id='fields']//input[@name]")[0]
    answered = {control.get("name"): control.get("value") or "还没看"}
    doer.post(f"{path}/send-back", {**page.form(path), **answered, "send_back.reason": "也不归我们"})

    assert len(office.rows(sa.select(t.draft.c.id))) == 1


def test_the_bar_says_who_has_the_case_next(login: Login, office: Office) -> None:
    case = office.register()
    case.reach("propose_plan")
    item = case.item("propose_plan")

    hint = login(case.doer(item)).get(f"/tasks/{item['id']}").tree.find_class("rd-action-bar__hint")[0].text_content()

    assert "完成后" in hint
