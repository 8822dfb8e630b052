"""The page of a task: its form, what stands beside it, and what becomes of what was typed."""

from __future__ import annotations

import io
from typing import Any

import sqlalchemy as sa

from engine.commands import company
from engine.storage import tables as t
from tests.office import Case, Office
from tests.web.conftest import Login
from tests.web.pages import Browser, Page

JUDGED = {"grounds_sufficient": "sufficient", "demand_reasonable": "reasonable", "validity": "valid", "severity": "minor"}


def judging(office: Office) -> tuple[Case, str]:
    """A case whose supervisor is to judge it, and the address of that task."""
    case = office.register(subject="电梯异响", occurred_place="3 号楼")
    return case, f"/tasks/{case.item('judge_complaint')['id']}"


def judged(browser: Browser, path: str, **entries: Any) -> Page:
    """The judging form filled in with choices that it offers itself."""
    page = browser.get(path)
    return browser.post(path, {**page.form(path), **{key: offered(page, key, value) for key, value in JUDGED.items()}, **entries})


def offered(page: Page, name: str, wanted: str) -> str:
    """The wanted value when the form offers it, else the first that it does."""
    values = page.tree.xpath(f"//input[@name='{name}']/@value")
    return wanted if wanted in values else str(values[0])


def test_the_case_stands_beside_the_form(login: Login, office: Office) -> None:
    case, path = judging(office)

    side = login("supervisor").get(path).tree.find_class("rd-task-side")[0].text_content()

    assert "电梯异响" in side and "3 号楼" in side and "期限" in side
    assert case.number in login("supervisor").get(path).text


def test_completing_says_what_follows_and_who_has_it(login: Login, office: Office) -> None:
    case, path = judging(office)
    supervisor = login("supervisor")

    done = supervisor.follow(judged(supervisor, path))

    assert "已完成" in done.heading
    following = done.tree.find_class("rd-similar")[0].text_content()
    assert "接待" in following
    assert "judge_complaint" not in case.open_tasks


def test_missing_answers_are_named_at_their_fields_and_the_rest_is_kept(login: Login, office: Office) -> None:
    case, path = judging(office)
    supervisor = login("supervisor")

    page = supervisor.fill(path, validity_reason="看过现场 🛗")

    assert page.status == 422 and len(page.errors) >= 3
    assert page.form(path)["validity_reason"] == "看过现场 🛗"
    links = [link.removeprefix("#") for link in page.tree.xpath("//div[@id='faults']//a/@href")]
    assert len(links) == len(page.errors) and all(page.tree.xpath(f"//*[@id='{link}']") for link in links)
    assert page.tree.xpath("//div[@id='faults'][@autofocus]") and "处要改正" in page.tree.findtext(".//title")
    assert case.open_tasks == ["judge_complaint"]


def test_a_value_that_no_choice_offers_is_refused(login: Login, office: Office) -> None:
    case, path = judging(office)

    page = judged(login("supervisor"), path, validity="perfect")

    assert page.status == 422 and case.open_tasks == ["judge_complaint"]


def test_a_forged_field_is_refused_and_nothing_is_written(login: Login, office: Office) -> None:
    case, path = judging(office)

    page = judged(login("supervisor"), path, handler="somebody", approved="true")

    assert page.status == 422 and page.notices
    assert case.open_tasks == ["judge_complaint"]


def test_a_draft_is_kept_and_offered(login: Login, office: Office) -> None:
    _, path = judging(office)
    supervisor = login("supervisor")

    supervisor.follow(supervisor.fill(path, validity_reason="还没写完", _draft="1"))
    page = login("supervisor").get(path)

    assert "草稿" in page.notices and page.form(path)["validity_reason"] == "还没写完"


def test_a_double_click_is_answered_with_who_did_it_when(login: Login, office: Office) -> None:
    _, path = judging(office)
    supervisor = login("supervisor")
    form = {**supervisor.get(path).form(path), **JUDGED}
    form = {**form, **{key: offered(supervisor.get(path), key, value) for key, value in JUDGED.items()}}

    first, second = supervisor.post(path, form), supervisor.post(path, form)

    assert (first.status, second.status) == (303, 409)
    assert "已由 刘敏 于 今天 09:00 完成" in second.heading


def test_a_task_done_by_a_colleague_keeps_what_was_typed(login: Login, office: Office) -> None:
    case, path = judging(office)
    supervisor = login("supervisor")
    form = {**supervisor.get(path).form(path), "validity_reason": "我也写了一份"}
    case.complete("judge_complaint", _by="supervisor")

    page = supervisor.post(path, form)

    assert page.status == 409 and "刘敏" in page.heading
    assert "我也写了一份" in page.notices


def test_a_closed_task_is_shown_with_the_way_on(login: Login, office: Office) -> None:
    case, path = judging(office)
    case.complete("judge_complaint", _by="supervisor")

    page = login("supervisor").get(path)

    assert page.status == 200 and "完成" in page.heading
    assert page.links("/inbox") and not page.tree.xpath(f"//form[@action='{path}']")


def test_another_estates_task_does_not_exist(login: Login, office: Office) -> None:
    _, path = judging(office)
    stranger = login("bitong")

    assert stranger.get(path).status == 404
    assert stranger.post(path, {"request_id": "r1", **JUDGED}).status == 404
    assert stranger.post(f"{path}/fields", {}).status == 404
    assert stranger.get(f"{path}/done").status == 404
    assert stranger.get("/tasks/nothing").status == 404


def test_a_colleague_of_another_role_may_look_and_not_post(login: Login, office: Office) -> None:
    case, path = judging(office)
    reception = login("reception")

    page = reception.get(path)
    refused = reception.post(path, {"request_id": "r1", **JUDGED})

    assert page.status == 200 and "客户主任" in page.notices
    assert not page.tree.xpath(f"//form[@action='{path}']")
    assert refused.status == 403 and case.open_tasks == ["judge_complaint"]


def test_a_task_in_a_colleagues_hands_says_whose(login: Login, office: Office) -> None:
    case = office.register_emergency()
    item_id = case.item("notify_departments")["id"]
    login("reception2").post(f"/tasks/{item_id}/claim")

    page = login("reception").get(f"/tasks/{item_id}")

    assert "何雨" in page.notices and not page.tree.xpath(f"//form[@action='/tasks/{item_id}']")


def test_the_clock_is_explained(login: Login, office: Office) -> None:
    case = office.register_emergency()

    page = login("reception").get(f"/tasks/{case.item('notify_departments')['id']}")

    assert "3 分钟" in page.tree.find_class("rd-task-side")[0].text_content()
    assert "还剩 3 分钟" in page.text


def test_the_strip_names_the_steps_on_both_sides(login: Login, office: Office) -> None:
    _, path = judging(office)

    drawn = login("supervisor").get(path).tree.xpath("//ol[@class='rd-stepstrip']/li")
    steps = [" ".join(step.text_content().split()) for step in drawn]

    assert "记录投诉" in steps[0] and "判断投诉" in steps[1] and "办理" in steps[2]


def test_answers_of_an_earlier_round_can_be_read(login: Login, office: Office) -> None:
    case = office.register(subject="电梯异响")
    case.reach("visit_complainant")
    case.complete("visit_complainant", visit_result="dissatisfied", dissatisfied_reason="还在响")
    case.reach("find_cause")
    item = case.item("find_cause")

    page = login(case.doer(item)).get(f"/tasks/{item['id']}")

    assert item["round"] > 1
    assert "第 1 轮" in page.tree.find_class("rd-task-side")[0].text_content()


def test_an_oversized_file_costs_nothing_that_was_typed(login: Login, office: Office) -> None:
    case = office.register()
    case.reach("find_cause")
    item = case.item("find_cause")
    path = f"/tasks/{item['id']}"
    doer = login(case.doer(item))
    page = doer.get(path)
    field = page.tree.xpath("//input[@type='file']/@name")[0]
    words = page.tree.xpath("//textarea/@name")[0]

    refused = doer.fill(path, **{words: "写了很久", field: (io.BytesIO(b"0" * (100 * 1024 + 1)), "现场.mp4")})

    assert refused.status == 413 and any("现场.mp4" in error for error in refused.errors)
    assert refused.form(path)[words] == "写了很久"


def test_a_file_is_kept_though_the_form_is_refused(login: Login, office: Office) -> None:
    case = office.register()
    case.reach("find_cause")
    item = case.item("find_cause")
    path = f"/tasks/{item['id']}"
    doer = login(case.doer(item))
    field = doer.get(path).tree.xpath("//input[@type='file']/@name")[0]

    refused = doer.fill(path, **{field: (io.BytesIO(PNG), "裂缝.png")})

    assert refused.status == 422
    assert len(office.rows(sa.select(t.attachment.c.id))) == 1
    assert refused.form(path)[field] and "裂缝.png" in refused.text


def test_the_fields_alone_are_drawn_again_for_htmx(login: Login, office: Office) -> None:
    _, path = judging(office)
    supervisor = login("supervisor")

    page = supervisor.post(f"{path}/fields", {**supervisor.get(path).form(path), "validity_reason": "在写"})

    assert page.tree.get("id") == "fields" and "在写" in page.text


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c63f8cfc0f01f00050001ff56c72f0d0000000049454e44ae426082"
)


def test_a_double_click_leaves_no_draft_behind(login: Login, office: Office) -> None:
    _, path = judging(office)
    supervisor = login("supervisor")
    form = {**supervisor.get(path).form(path)}
    form |= {key: offered(supervisor.get(path), key, value) for key, value in JUDGED.items()}

    supervisor.post(path, form)
    supervisor.post(path, form)

    assert office.rows(sa.select(t.draft.c.id)) == []


def test_an_unwelcome_file_is_named_at_its_field_and_the_rest_is_kept(login: Login, office: Office) -> None:
    case = office.register()
    case.reach("find_cause")
    item = case.item("find_cause")
    path = f"/tasks/{item['id']}"
    doer = login(case.doer(item))
    page = doer.get(path)
    field, words = page.tree.xpath("//input[@type='file']/@name")[0], page.tree.xpath("//textarea/@name")[0]

    refused = doer.fill(path, **{words: "写了很久", field: (io.BytesIO(b"MZ\x90\x00" + b"\x00" * 200), "setup.exe")})

    assert refused.status == 422 and len(refused.errors) == 1
    assert refused.form(path)[words] == "写了很久"


def test_a_part_that_cannot_be_made_leaves_the_page_alone(login: Login, office: Office) -> None:
    _, path = judging(office)
    supervisor = login("supervisor")
    token = supervisor.token()
    supervisor.post("/sign-out")

    for answer in (
        supervisor.post(f"{path}/fields", headers={"HX-Request": "true"}),
        login("supervisor").post(f"{path}/fields", {"csrf_token": token[::-1]}, headers={"HX-Request": "true"}),
        login("bitong").post(f"{path}/fields", headers={"HX-Request": "true"}),
    ):
        assert answer.status in (400, 401, 404)
        assert answer.response.headers["HX-Reswap"] == "none" and answer.text == ""


def test_what_the_company_knows_about_the_category_stands_beside_the_form(login: Login, office: Office) -> None:
    case = office.register(category="facility")
    path = f"/tasks/{case.item('judge_complaint')['id']}"
    for title, category in (("电梯停用的告知", "facility"), ("收费公示", "charge")):
        note = {"kind": "rule", "title": title, "text": "要点", "source": "公司制度", "category": category}
        office.execute(company.SaveNote(**note, valid_from=None, valid_until=None), "supervisor")

    side = login("supervisor").get(path).tree.find_class("rd-task-side")[0]

    assert [link.text for link in side.xpath(".//a[starts-with(@href, '/knowledge/')]")] == ["电梯停用的告知"]
