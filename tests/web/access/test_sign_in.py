"""Signing in and out, and what is kept when a session ends in the middle of work."""

from __future__ import annotations

import pytest

from engine.commands import directory
from engine.demo import PASSWORD
from engine.domain.actor import SYSTEM
from tests.office import Office
from tests.web.conftest import Login
from tests.web.pages import Browser


def test_a_page_behind_the_sign_in_leads_there_and_back(visitor: Browser) -> None:
    away = visitor.get("/inbox/available?late=1")
    assert away.status == 303 and away.location.startswith("/sign-in?next=")

    signed_in = visitor.post("/sign-in", {"login": "reception", "password": PASSWORD, "next": "/inbox/available?late=1"})

    assert (signed_in.status, signed_in.location) == (303, "/inbox/available?late=1")
    assert visitor.get("/inbox").status == 200


def test_a_wrong_password_says_so_and_keeps_the_name(visitor: Browser) -> None:
    refused = visitor.post("/sign-in", {"login": "reception", "password": "wrong"})

    assert refused.status == 403
    assert refused.notices
    assert refused.form("/sign-in")["login"] == "reception"
    assert visitor.get("/inbox").status == 303


def test_the_way_back_never_leads_to_another_server(visitor: Browser) -> None:
    for address in ("//evil.example/x", "https://evil.example/", "/\\evil.example"):
        assert visitor.post("/sign-in", {"login": "reception", "password": PASSWORD, "next": address}).location == "/inbox"
        visitor.post("/sign-out")


def test_every_demo_person_is_one_click_away(visitor: Browser, office: Office) -> None:
    page = visitor.get("/sign-in")
    offered = page.tree.xpath("//button[@name='person_id']/@value")

    assert len(offered) == 18
    assert visitor.post("/sign-in/demo", {"person_id": office.person_id("board")}).status == 303
    assert "宋董事" in visitor.get("/inbox").text


def test_outside_demo_mode_nobody_signs_in_with_a_click(visitor: Browser, office: Office) -> None:
    office.application.settings = office.application.settings.model_copy(update={"demo": False})

    assert not visitor.get("/sign-in").tree.xpath("//button[@name='person_id']")
    assert visitor.post("/sign-in/demo", {"person_id": office.person_id("board")}).status == 404
    assert visitor.get("/inbox").status == 303


def test_signing_in_begins_a_new_session(visitor: Browser) -> None:
    visitor.get("/sign-in")
    with visitor.client.session_transaction() as session:
        session["left_over"] = "from before"
    before = visitor.client.get_cookie("redress")

    visitor.post("/sign-in", {"login": "reception", "password": PASSWORD})

    after = visitor.client.get_cookie("redress")
    assert before and after and before.value != after.value
    assert after.http_only and after.same_site == "Lax" and after.expires is not None
    with visitor.client.session_transaction() as session:
        assert "left_over" not in session


def test_signing_out_closes_every_page(login: Login) -> None:
    reception = login("reception")

    reception.post("/sign-out")

    assert reception.get("/inbox").status == 303


def test_a_person_who_left_the_company_is_signed_out(login: Login, office: Office) -> None:
    reception = login("reception")
    assert reception.get("/inbox").status == 200

    dismiss(office, "reception")

    assert reception.get("/inbox").status == 303


def test_what_was_typed_when_the_session_ended_is_offered_again(login: Login, office: Office) -> None:
    case = office.register()
    item_id = case.item("judge_complaint")["id"]
    supervisor = login("supervisor")
    typed = {**supervisor.get(f"/tasks/{item_id}").form(f"/tasks/{item_id}"), "validity_reason": "电梯确实坏了 🛗"}
    supervisor.post("/sign-out")

    ended = supervisor.post(f"/tasks/{item_id}", typed)
    assert ended.status == 401 and "登录已过期" in ended.notices
    assert ended.tree.xpath("//button[@name='person_id']")
    again = supervisor.post("/sign-in", {**ended.form("/sign-in"), "login": "supervisor", "password": PASSWORD})
    form = supervisor.post(f"/tasks/{item_id}", {**again.form(f"/tasks/{item_id}"), "_update": "1"})

    assert "已重新登录" in again.heading and "电梯确实坏了 🛗" in again.text
    assert "validity_reason" not in again.tree.text_content()
    assert form.form(f"/tasks/{item_id}")["validity_reason"] == "电梯确实坏了 🛗"
    assert case.open_tasks == ["judge_complaint"]


@pytest.mark.parametrize("header", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_a_strange_site_cannot_have_its_words_carried(visitor: Browser, office: Office, header: dict[str, str]) -> None:
    case = office.register()
    words = {"subject": "planted"}

    page = visitor.post(f"/tasks/{case.items[0]['id']}", words, headers=header)

    assert page.status == 401 and "planted" not in page.text


def dismiss(office: Office, name: str) -> None:
    """The person is no longer active."""
    person_id = office.person_id(name)
    office.application.execute(directory.SavePerson(name, "张倩", person_id=person_id, active=False), SYSTEM)
