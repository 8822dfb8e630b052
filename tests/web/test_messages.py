"""Messages, notification settings and undelivered messages: what the pages show, and what they say to bad input."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from engine.bootstrap import Application, build
from engine.clock import ManualClock
from engine.commands import cases, work
from engine.jobs.delivery import deliver
from engine.settings import Settings
from engine.storage import tables as t
from tests.office import Case, Office
from tests.receiving import WeCom, wecom_server
from tests.web.conftest import Login
from tests.web.pages import Page

SETTINGS = "/messages/settings"
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def wecom() -> Iterator[tuple[WeCom, str]]:
    """A WeCom of this machine."""
    with wecom_server() as served:
        yield served


@pytest.fixture
def application(settings: Settings, clock: ManualClock, wecom: tuple[WeCom, str]) -> Iterator[Application]:
    """An installation with mail, a robot whose key is wrong, and another service."""
    given = {
        "mail_url": "smtp://127.0.0.1?from=tousu@example.com",
        "wecom_url": f"{wecom[1]}/cgi-bin/webhook/send?key=wrong",
        "channels": "dingtalk=dingtalk://token/{address}",
    }
    built = build(Settings(**settings.model_dump() | given), clock)
    yield built
    built.close()


@pytest.fixture
def case(office: Office, clock: ManualClock) -> Case:
    """The supervisor judges it; the manager has written two notes."""
    made = office.register()
    made.do(work.Claim(made.items[0]["id"]), "supervisor")
    for words in ("请尽快联系住户。", "又来电话了。"):
        made.do(cases.AddComment(made.id, words), "manager")
        clock.advance(minutes=1)
    return made


def entries(page: Page) -> list[str]:
    """The messages shown, as words."""
    return [" ".join(found.text_content().split()) for found in page.tree.find_class("rd-message__words")]


def test_messages_stand_by_case_and_opening_one_leads_there_and_marks_it(login: Login, office: Office, case: Case) -> None:
    emergency = office.register_emergency()
    office.let_pass(minutes=4)
    browser = login("reception")
    page = browser.get("/messages")
    assert [found.text_content() for found in page.tree.xpath("//h3")] == [emergency.number, case.number]
    assert len(entries(page)) == 3 and entries(page)[0].startswith("要紧 紧急通知时限")

    note = office.rows(sa.select(t.notification.c.id).where(t.notification.c.urgent))[0]["id"]
    first = next(form.get("action") for form in page.tree.xpath("//form") if form.get("action").endswith(note))
    assert browser.post(first).location.startswith("/tasks/")
    assert len(browser.get("/messages").tree.xpath("//*[@name='message_id']")) == 2
    browser.post("/messages/read", {"case_id": case.id})
    page = browser.get("/messages")
    assert page.tree.xpath("//*[@name='message_id']") == [] and len(entries(page)) == 3


def test_what_is_urgent_stands_on_every_page_until_it_is_read(login: Login, office: Office) -> None:
    case = office.register_emergency()
    office.let_pass(minutes=4)
    browser = login("reception")
    for path in ("/inbox", "/register", SETTINGS):
        assert case.number in " ".join(found.text_content() for found in browser.get(path).tree.find_class("rd-pressing"))

    line = browser.get("/register").tree.find_class("rd-pressing")[0]
    (note,) = line.xpath(".//@value[../@name='message_id']")
    marked = browser.post("/messages/read", {"message_id": note, "next": "/register"})
    assert marked.location == "/register"
    assert case.number not in browser.get("/register").text.partition("rd-pressing")[2].partition("</div>")[0]


def test_a_message_of_somebody_else_is_not_there(login: Login, office: Office, case: Case) -> None:
    his = t.notification.c.person_id == office.person_id("supervisor")
    note = office.rows(sa.select(t.notification.c.id).where(his))[0]["id"]
    browser = login("guard")

    assert browser.get(f"/messages/{note}").status == browser.post(f"/messages/{note}").status == 404
    assert browser.post("/messages/read", {"message_id": note}).status == 404
    assert browser.post("/messages/read", {"message_id": SCRIPT, "next": "https://elsewhere.example"}).status == 404
    mail = login("supervisor").get(f"/messages/{note}")
    assert mail.location == f"/cases/{case.id}"
    unread = office.rows(sa.select(t.notification).where(t.notification.c.id == note, t.notification.c.read_at.is_(None)))
    assert len(unread) == 1


def test_settings_are_kept_and_shown_again(login: Login) -> None:
    browser = login("reception")
    entered: dict[str, Any] = {"level_mail": "urgent", "address_mail": "qian@example.com", "quiet": "own", "starts": "21:00"}
    page = browser.fill(SETTINGS, **entered, ends="06:30", kind=["breach"], limit=[])
    page = browser.follow(page)

    assert "已保存" in page.notices
    form = page.form(SETTINGS)
    assert {name: form[name] for name in entered} == entered
    assert form["kind"] == ["breach"] and form["limit"] == []


@pytest.mark.parametrize(
    ("field", "entered", "said"),
    [
        ("address_mail", {"address_mail": SCRIPT}, "邮箱地址"),
        ("address_wecom", {"address_wecom": "12"}, "手机号"),
        ("address_dingtalk", {"address_dingtalk": "不行"}, "账号"),
        ("level_mail", {"level_mail": "forged"}, "请选一项"),
        ("starts", {"quiet": "own", "starts": "", "ends": "07:00"}, "几点几分"),
    ],
)
def test_bad_input_is_said_at_its_field_and_nothing_typed_is_lost(
    login: Login, field: str, entered: dict[str, str], said: str
) -> None:
    browser = login("reception")
    page = browser.fill(SETTINGS, **{"address_mail": "kept@example.com", **entered})

    assert page.status == 422 and any(said in error for error in page.errors)
    assert page.tree.xpath(f"//*[@id='{field}'][@aria-invalid='true']")
    assert SCRIPT not in page.text and page.form(SETTINGS)["address_mail"] in ("kept@example.com", SCRIPT)
    assert browser.get(SETTINGS).form(SETTINGS)["address_mail"] == ""


def test_without_any_channel_the_page_says_so(login: Login, application: Application) -> None:
    application.outlets = type(application.outlets)()

    assert "还没有设置邮件或聊天通道" in login("reception").get(SETTINGS).text


def test_a_test_message_tells_its_result(login: Login, office: Office, wecom: tuple[WeCom, str]) -> None:
    browser = login("reception")
    assert "请先填写地址" in browser.post(f"{SETTINGS}/test", {"channel": "mail"}).text
    assert browser.post(f"{SETTINGS}/test", {"channel": SCRIPT}).status == 422
    page = browser.follow(browser.post(f"{SETTINGS}/test", {"channel": "wecom"}))
    assert "正在发送" in page.notices
    assert "请等二十秒" in browser.follow(browser.post(f"{SETTINGS}/test", {"channel": "wecom"})).notices

    deliver(office.application, office.application.outlets, office.clock.now)
    assert "key 无效（93000）" in browser.get(SETTINGS).notices and wecom[0].posted == []


def test_administrators_see_what_reached_nobody_and_send_it_again(login: Login, office: Office, wecom: tuple[WeCom, str]) -> None:
    office.register_emergency()
    office.let_pass(minutes=4)
    deliver(office.application, office.application.outlets, office.clock.now)
    admin = login("admin")
    assert "没能送达" in " ".join(found.text_content() for found in admin.get("/inbox").tree.find_class("rd-pressing"))
    assert "没能送达" not in login("reception").get("/inbox").text
    page = admin.get("/messages/undelivered")
    assert "张倩" in page.text and "93000" in page.text and "wrong" not in page.text

    wecom[0].KEY = "wrong"  # the operator has put it right on the other side
    assert "重新排队" in admin.follow(admin.post("/messages/undelivered", {"channel": "wecom"})).notices
    assert "可能已经重发" in admin.follow(admin.post("/messages/undelivered", {"channel": "wecom"})).notices
    deliver(office.application, office.application.outlets, office.clock.now)
    assert wecom[0].posted and "没有未送达的消息" in admin.get("/messages/undelivered").text


def test_the_companys_quiet_hours_are_the_administrators(login: Login) -> None:
    given = {"company_starts": "21:00", "company_ends": "08:00", "company_days_off": "1"}
    assert login("reception").post(f"{SETTINGS}/company", given).status == 403
    admin = login("admin")
    refused = admin.post(f"{SETTINGS}/company", {**given, "company_ends": "later"})
    assert refused.status == 422 and refused.form(f"{SETTINGS}/company")["company_starts"] == "21:00"

    assert "21:00 至 08:00，休息日全天" in admin.follow(admin.post(f"{SETTINGS}/company", given)).text
