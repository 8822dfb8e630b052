"""What is typed is kept while it is being typed, and never gets into the way of finishing."""

from __future__ import annotations

import sqlalchemy as sa

from engine.demo import PASSWORD
from engine.storage import tables as t
from tests.office import Office
from tests.web.conftest import Login
from tests.web.pages import Page
from tests.web.task.test_page import JUDGED, judging, offered


def drafts(office: Office) -> int:
    """How many drafts are kept."""
    return len(office.rows(sa.select(t.draft.c.id)))


def test_the_script_saves_what_is_typed_and_is_told_when(login: Login, office: Office) -> None:
    _, path = judging(office)
    supervisor = login("supervisor")
    form = supervisor.get(path).form(path)

    answers = [supervisor.post(f"{path}/draft", {**form, "validity_reason": words}).response for words in ("写", "写到一半")]

    assert [answer.json for answer in answers] == [{"said": "草稿已保存 09:00"}] * 2
    assert supervisor.get(path).form(path)["validity_reason"] == "写到一半" and drafts(office) == 1


def test_a_draft_does_not_stand_in_the_way_of_completing(login: Login, office: Office) -> None:
    case, path = judging(office)
    supervisor = login("supervisor")
    page = supervisor.get(path)
    form = {**page.form(path), **{key: offered(page, key, value) for key, value in JUDGED.items()}}

    supervisor.post(f"{path}/draft", form)
    done = supervisor.post(path, form)
    late = supervisor.post(f"{path}/draft", {**form, "validity_reason": "太晚了"})

    assert done.status == 303 and "judge_complaint" not in case.open_tasks
    assert late.status == 409 and "刘敏" in late.response.json["said"]
    assert "太晚了" not in str(office.rows(sa.select(t.payload.c.value)))


def test_a_draft_for_a_task_that_a_colleague_has_done_is_kept_with_the_case(login: Login, office: Office) -> None:
    case = office.register_emergency()
    item = case.item("notify_departments")
    path, colleague = f"/tasks/{item['id']}", login("reception2")
    form = colleague.get(path).form(path)
    case.complete("notify_departments", _by="reception")

    gone = colleague.post(f"{path}/draft", {**form, "notified_note": "我也在写"})

    assert gone.status == 409 and "张倩" in gone.response.json["said"]
    assert drafts(office) == 1


def test_the_browser_is_told_which_form_is_carried_out(login: Login, office: Office) -> None:
    _, path = judging(office)
    supervisor = login("supervisor")
    page = supervisor.get(path)
    form = {**page.form(path), **{key: offered(page, key, value) for key, value in JUDGED.items()}}

    refused, done = supervisor.post(path, {**form, "validity": ""}), supervisor.post(path, form)

    assert "rd_saved" not in str(refused.response.headers)
    assert f"rd_saved={form['request_id']}" in done.response.headers["Set-Cookie"]


def test_after_an_ended_session_signing_in_leads_back_to_the_form_with_everything(login: Login, office: Office) -> None:
    _, path = judging(office)
    supervisor = login("supervisor")
    form = {**supervisor.get(path).form(path), "validity_reason": "写了很久"}
    supervisor.client.delete_cookie("redress")

    asked = Page(supervisor.client.post(f"{path}/draft", data=form, headers={"HX-Request": "true"}))
    ended = Page(supervisor.client.post(path, data=form))
    entered = supervisor.post("/sign-in", {**ended.form("/sign-in"), "login": "supervisor", "password": PASSWORD})
    again = supervisor.post(path, {**entered.form(path), "_update": "1"})

    assert asked.status == 401 and asked.text == ""
    assert ended.status == 401 and "写了很久" in ended.text
    assert again.status == 200 and again.form(path)["validity_reason"] == "写了很久"


def test_nobody_saves_a_draft_of_another_estates_task(login: Login, office: Office) -> None:
    _, path = judging(office)

    assert login("bitong").post(f"{path}/draft", {"validity_reason": "x"}).status == 404
    assert login("reception").post(f"{path}/draft", {"validity_reason": "x"}).status == 403
    assert drafts(office) == 0
