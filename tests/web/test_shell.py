"""What every page has: frame, languages, headers, demo line, and refusals in words."""

from __future__ import annotations

import pytest

from tests.web.conftest import Login
from tests.web.pages import Browser
from webforms.security import POLICY

PAGES = ("/inbox", "/inbox/available", "/inbox/followed", "/inbox/done", "/record", "/emergency", "/messages")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("language", "lang"), [("zh_Hans", "zh-Hans"), ("en", "en")])
def test_every_page_opens_in_both_languages(login: Login, path: str, language: str, lang: str) -> None:
    reception = login("reception")
    reception.post("/language", {"language": language})

    page = reception.get(path)

    assert page.status == 200
    assert page.tree.get("lang") == lang
    assert page.tree.xpath("count(//h1)") == 1
    assert page.links("/emergency") and page.tree.find_class("rd-demo")


def test_the_language_is_remembered_with_the_person(login: Login) -> None:
    login("reception").post("/language", {"language": "en"})

    assert login("reception").get("/inbox").heading == "Inbox"


def test_a_visitor_reads_the_browsers_language_and_may_choose(visitor: Browser) -> None:
    assert "登录" in visitor.get("/sign-in").text
    assert "Sign in" in visitor.get("/sign-in", headers={"Accept-Language": "en-GB,en;q=0.9"}).text

    visitor.post("/language", {"language": "en"})

    assert "Sign in" in visitor.get("/sign-in").text


def test_every_answer_is_protected(visitor: Browser) -> None:
    for path in ("/sign-in", "/inbox", "/nowhere", "/static/nothing.css"):
        headers = visitor.get(path).response.headers
        assert headers["Content-Security-Policy"] == POLICY
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_no_page_holds_a_script_of_its_own(login: Login) -> None:
    reception = login("reception")

    for path in PAGES:
        tree = reception.get(path).tree
        assert not tree.xpath("//script[not(@src) and not(@type='application/json')]")
        assert not tree.xpath("//@*[starts-with(name(), 'on')]")


def test_without_the_bundle_the_plain_style_sheet_stands_in(visitor: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    app = visitor.client.application
    bundle = app.jinja_env.globals["bundle"]
    monkeypatch.setitem(app.jinja_env.globals, "bundle", lambda name: bundle("no such entry"))

    tree = visitor.get("/sign-in").tree

    assert tree.xpath("//link[@rel='stylesheet']/@href") == ["/static/fallback.css"]
    assert not tree.xpath("//script")


def test_an_unknown_address_says_what_to_do(login: Login) -> None:
    page = login("reception").get("/cases-that-never-were")

    assert page.status == 404 and page.heading == "没有找到"
    assert page.links("/inbox")


def test_a_wrong_method_is_refused_in_words(login: Login) -> None:
    page = login("reception").get("/sign-out")

    assert page.status == 405 and page.heading


def test_a_form_that_was_open_too_long_is_offered_again(login: Login) -> None:
    page = login("reception").post("/record", {"csrf_token": "stale", "request_id": "r1", "subject": "电梯坏了"})

    assert page.status == 400
    assert page.form("/record")["subject"] == "电梯坏了"
    assert page.form("/record")["csrf_token"] != "stale"


def test_a_fault_is_told_without_details(login: Login, monkeypatch: pytest.MonkeyPatch) -> None:
    reception = login("reception")
    app = reception.client.application
    app.testing, app.config["PROPAGATE_EXCEPTIONS"] = False, False
    monkeypatch.setitem(app.view_functions, "person.messages", lambda: 1 / 0)

    page = reception.get("/messages")

    assert page.status == 500 and page.heading == "系统出了故障"
    assert "ZeroDivision" not in page.text


def test_the_server_shows_signs_of_life(visitor: Browser) -> None:
    assert (visitor.get("/healthz").status, visitor.get("/healthz").text) == (200, "ok\n")
