"""What protects every answer and every form, whatever is asked for and however it goes wrong."""

from __future__ import annotations

import pytest
from flask import Flask

from engine.clock import ManualClock
from engine.commands import cases
from tests.office import Office
from tests.web.conftest import Login
from tests.web.pages import Browser
from webforms.security import HEADERS, POLICY, TYPED_TEXT_BYTES

SIGNED_OUT, SIGNED_IN = ("/sign-in", "/inbox", "/nowhere", "/static/nothing.css", "/static/fallback.css", "/healthz"), (
    "/inbox", "/cases/nothing", "/directory", "/sign-out", "/static/fallback.css", "/inbox/nothing", "/record", "/password",
)  # fmt: skip
SCRIPTS = ("'unsafe-inline'", "'unsafe-eval'", "data:", "blob:", "*", "http:", "https:")


def test_the_policy_lets_no_script_in_but_our_own() -> None:
    rules = {name: values for name, *values in (rule.split() for rule in POLICY.split(";"))}

    assert rules["script-src"] == rules["default-src"] == ["'self'"]
    assert not set(rules["script-src"]) & set(SCRIPTS)
    assert rules["object-src"] == rules["base-uri"] == rules["frame-ancestors"] == ["'none'"]
    assert rules["form-action"] == ["'self'"]


@pytest.mark.parametrize("path", SIGNED_OUT)
def test_every_answer_to_a_stranger_is_protected(visitor: Browser, path: str) -> None:
    _assert_protected(visitor, path)


@pytest.mark.parametrize("path", SIGNED_IN)
def test_every_answer_to_a_person_is_protected(login: Login, path: str) -> None:
    _assert_protected(login("reception"), path)


def test_a_fault_is_protected_like_any_page(login: Login, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    app.testing, app.config["PROPAGATE_EXCEPTIONS"] = False, False
    monkeypatch.setitem(app.view_functions, "person.messages", lambda: 1 / 0)

    _assert_protected(login("reception"), "/messages")


def test_no_page_of_a_person_is_kept_by_anybody(login: Login) -> None:
    for path in ("/inbox", "/messages", "/record", "/register", "/password", "/nowhere"):
        assert login("reception").get(path).response.headers["Cache-Control"] == "no-store"


def test_a_file_is_neither_kept_nor_run(login: Login, office: Office) -> None:
    case = office.register()
    file_id = case.do(cases.Attach(case.id, "a.pdf", b"%PDF-1.4 x"), "reception")

    response = login("reception").client.get(f"/cases/{case.id}/attachments/{file_id}", buffered=True)

    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Content-Disposition"].startswith("attachment")


def test_no_form_is_taken_without_its_token(app: Flask, login: Login, visitor: Browser) -> None:
    """Every address that takes a form, as those who reach its guard: an administrator, and for signing in a stranger."""
    admin, refused = login("admin"), {}
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or ()):
            with app.test_request_context():
                path = app.url_for(rule.endpoint, **{name: "1" for name in rule.arguments})
            for browser in (admin, visitor):
                refused[path, browser is admin] = browser.client.post(path, data={"csrf_token": "stale", "note": "x"})

    assert len(refused) > 60
    for (path, as_admin), response in refused.items():
        behind = path not in ("/sign-in", "/sign-in/demo", "/language")
        assert response.status_code == (401 if behind and not as_admin else 400), path
        assert "<h1>" in response.text, path


def test_a_token_of_one_session_is_none_of_another(login: Login) -> None:
    reception, guard = login("reception"), login("guard")

    page = guard.client.post("/messages/read", data={"csrf_token": reception.token()})

    assert page.status_code == 400


def test_a_stranger_cannot_send_much(visitor: Browser) -> None:
    page = visitor.post("/sign-in", {"login": "x" * (TYPED_TEXT_BYTES + 1), "password": "x"})

    assert page.status == 413


def test_searches_are_counted_for_each_person_and_come_back_with_time(login: Login, clock: ManualClock) -> None:
    reception, guard = login("reception"), login("guard")
    path = "/record/household?_q=3-1"
    while (page := reception.get(path)).status == 200:
        clock.advance(seconds=0.01)

    assert (page.status, page.heading, page.response.headers["Retry-After"]) == (429, "试得太频繁了", "1")
    assert "短时间内请求太多" in page.text
    assert (guard.get(path).status, reception.get("/register").status, reception.get("/register?q=x").status) == (200, 200, 429)
    clock.advance(seconds=1)
    assert reception.get(path).status == 200


def test_attempts_at_passwords_are_counted_for_each_address(visitor: Browser) -> None:
    token, answered = visitor.token(), []
    for number in range(70):
        typed = {"csrf_token": token, "login": f"nobody{number}", "password": "guess"}
        answered.append(visitor.client.post("/sign-in", data=typed, environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code)

    assert answered == [403] * 60 + [429] * 10
    assert visitor.client.post("/sign-in", data={"csrf_token": token, "login": "nobody"}).status_code == 403


def test_large_uploads_are_counted_before_they_are_read(login: Login, office: Office) -> None:
    case = office.register()
    reception = login("reception")
    token = reception.token()
    sent = b"csrf_token=" + token.encode() + b"&text=" + b"x" * (300 * 1024)
    kind = "application/x-www-form-urlencoded"

    answered = [reception.client.post(f"/cases/{case.id}/comment", data=sent, content_type=kind).status_code for _ in range(42)]

    assert answered == [422] * 40 + [429] * 2


def test_rates_can_be_left_to_whatever_stands_before_the_server(visitor: Browser, office: Office) -> None:
    office.application.settings = office.application.settings.model_copy(update={"rate_limits": False})

    answered = {visitor.client.post("/sign-in/demo", data={"person_id": "x"}).status_code for _ in range(70)}

    assert answered == {400}


def _assert_protected(browser: Browser, path: str) -> None:
    response = browser.client.get(path, buffered=True)
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS, response.status
    assert response.headers.get("Cache-Control"), path
