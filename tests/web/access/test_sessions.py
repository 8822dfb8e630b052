"""A session counts only while the database says so, and not for ever."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from engine.clock import ManualClock
from engine.commands import access, directory
from engine.demo import PASSWORD
from engine.domain.actor import SYSTEM
from engine.storage import tables as t
from tests.office import Office
from tests.web.conftest import Login
from tests.web.pages import Browser
from webforms import create_app

NEW = "seven wet umbrellas"
CHANGE = {"old": PASSWORD, "new": NEW, "again": NEW}


@pytest.fixture
def limited(office: Office) -> None:
    """Sessions of twelve hours, two of them without a page."""
    _settle(office, session_minutes=12 * 60, session_idle_minutes=2 * 60)


def _settle(office: Office, **changes: Any) -> None:
    office.application.settings = office.application.settings.model_copy(update=changes)


def _copy(browser: Browser) -> Browser:
    """Another browser with the same cookie."""
    other = Browser(browser.client.application)
    cookie = browser.client.get_cookie("redress")
    assert cookie is not None
    other.client.set_cookie("redress", cookie.value)
    return other


def test_a_session_ends_when_nobody_is_there(limited: None, login: Login, clock: ManualClock) -> None:
    reception = login("reception")
    clock.advance(hours=1, minutes=59)
    assert reception.get("/inbox").status == 200
    clock.advance(hours=1, minutes=59)
    assert reception.get("/inbox").status == 200, "the page before has begun the time anew"

    clock.advance(hours=2)

    assert reception.get("/inbox").location.startswith("/sign-in")


def test_a_page_that_asks_for_news_by_itself_keeps_no_session_alive(limited: None, login: Login, clock: ManualClock) -> None:
    reception = login("reception")
    for _ in range(4):
        clock.advance(minutes=29)
        assert reception.get("/inbox/fresh", headers={"HX-Request": "true"}).status == 200

    clock.advance(minutes=4)

    assert reception.get("/inbox/fresh", headers={"HX-Request": "true"}).status == 401


def test_a_session_ends_after_a_working_day_however_busy(limited: None, login: Login, clock: ManualClock) -> None:
    reception = login("reception")
    for _ in range(11):
        clock.advance(hours=1)
        assert reception.get("/inbox").status == 200

    clock.advance(hours=1)

    assert reception.get("/inbox").status == 303


def test_a_copied_cookie_is_worth_nothing_after_signing_out(login: Login) -> None:
    reception = login("reception")
    thief = _copy(reception)
    assert thief.get("/inbox").status == 200

    reception.post("/sign-out")

    assert thief.get("/inbox").status == 303


def test_signing_out_everywhere_ends_the_sessions_of_that_person_alone(login: Login) -> None:
    here, there, colleague = login("reception"), login("reception"), login("guard")

    here.fill("/password", "/sign-out/everywhere")

    assert (here.get("/inbox").status, there.get("/inbox").status, colleague.get("/inbox").status) == (303, 303, 200)


def test_changing_the_password_begins_a_new_session_and_ends_the_others(login: Login, visitor: Browser) -> None:
    here, there = login("reception"), login("reception")
    old = _copy(here)

    page = here.follow(here.fill("/password", **CHANGE))

    assert "密码已更改" in page.notices
    assert (here.get("/inbox").status, there.get("/inbox").status, old.get("/inbox").status) == (200, 303, 303)
    assert visitor.post("/sign-in", {"login": "reception", "password": PASSWORD}).status == 403
    assert visitor.post("/sign-in", {"login": "reception", "password": NEW}).status == 303


@pytest.mark.parametrize(
    ("typed", "status", "at"),
    [
        ({"old": "guess"}, 403, "old-error"),
        ({"again": "something else"}, 422, "again-error"),
        ({"new": "short", "again": "short"}, 422, "new-error"),
    ],
)
def test_what_is_wrong_with_a_change_stands_at_its_field(login: Login, typed: dict[str, str], status: int, at: str) -> None:
    page = login("reception").fill("/password", **{**CHANGE, **typed})

    assert page.status == status
    assert [found.get("id") for found in page.tree.find_class("rd-error")] == [at]
    assert not page.tree.xpath("//input[@type='password'][@value]"), "a password is never written into a page"


def test_a_password_that_others_know_is_changed_before_anything_else(visitor: Browser, office: Office) -> None:
    person_id = office.person_id("reception")
    office.application.execute(access.SetPassword(person_id, "given by an operator"), SYSTEM)

    first = visitor.post("/sign-in", {"login": "reception", "password": "given by an operator"})
    elsewhere = visitor.get("/inbox")
    part = visitor.get("/inbox/fresh", headers={"HX-Request": "true"})
    visitor.fill("/password", old="given by an operator", new=NEW, again=NEW)

    assert first.heading == "我的密码" and "别人设的" in first.notices
    assert (elsewhere.status, elsewhere.location, part.status) == (303, "/password", 403)
    assert visitor.get("/inbox").status == 200


def test_what_was_typed_is_carried_over_the_change_too(login: Login, visitor: Browser, office: Office) -> None:
    reception = login("reception")
    office.application.execute(access.SetPassword(office.person_id("reception"), "given by an operator"), SYSTEM)

    ended = reception.post("/record", {"subject": "电梯坏了", "request_id": "r1"})
    entered = reception.post("/sign-in", {**ended.form("/sign-in"), "login": "reception", "password": "given by an operator"})
    changed = {"old": "given by an operator", "new": NEW, "again": NEW}
    again = reception.post("/password", {**entered.form("/password"), **changed})

    assert again.form("/record")["subject"] == "电梯坏了"
    assert NEW not in again.text


def test_demonstration_people_stay_out_of_a_real_installation(login: Login, visitor: Browser, office: Office) -> None:
    reception = login("reception")

    _settle(office, demo=False)

    refused = visitor.post("/sign-in", {"login": "reception", "password": PASSWORD})
    assert refused.status == 403 and "演示" in refused.notices
    assert reception.get("/inbox").status == 303, "a session from the demonstration has ended with it"


def test_a_session_without_its_marks_is_none(visitor: Browser, office: Office) -> None:
    with visitor.client.session_transaction() as session:
        session["person"] = office.person_id("reception")

    assert visitor.get("/inbox").status == 303


def test_over_https_the_cookie_is_for_this_host_alone(office: Office) -> None:
    _settle(office, demo=True, https=True)
    visitor = Browser(create_app(office.application))
    visitor.client.environ_base["wsgi.url_scheme"] = "https"
    secure = {"base_url": "https://localhost", "headers": {"Referer": "https://localhost/sign-in"}}
    token = visitor.get("/sign-in", **secure).form("/sign-in")["csrf_token"]

    typed = {"csrf_token": token, "login": "reception", "password": PASSWORD}
    answer = visitor.client.post("/sign-in", data=typed, **secure)

    cookie = next(line for line in answer.headers.getlist("Set-Cookie") if line.startswith("__Host-redress="))
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert "max-age" in answer.headers["Strict-Transport-Security"]


def test_only_our_own_proxies_are_believed(office: Office) -> None:
    def tried_from(behind: int) -> str:
        _settle(office, proxies=behind)
        visitor = Browser(create_app(office.application))
        visitor.client.environ_base["HTTP_X_FORWARDED_FOR"] = "198.51.100.7, 192.0.2.9"
        visitor.post("/sign-in", {"login": "nobody", "password": "guess"})
        return str(office.rows(t.sign_in_attempt.select().order_by(t.sign_in_attempt.c.id.desc()))[0]["address"])

    assert [tried_from(behind) for behind in (0, 1, 2)] == ["127.0.0.1", "192.0.2.9", "198.51.100.7"]


def test_a_deputy_has_what_is_deputised_only_while_it_lasts(login: Login, office: Office, clock: ManualClock) -> None:
    case = office.register()
    item_id = case.item("judge_complaint")["id"]
    guard, now = login("guard"), clock.now()
    assert guard.get(f"/tasks/{item_id}").status == 404
    span = (now + timedelta(hours=1), now + timedelta(hours=2))
    office.execute(directory.SetDeputy(office.person_id("supervisor"), office.person_id("guard"), *span), "admin")

    seen = []
    for _ in range(3):
        seen.append(guard.get(f"/tasks/{item_id}").status)
        clock.advance(hours=1)

    assert seen == [404, 200, 404]
