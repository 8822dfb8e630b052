"""What a person types at a task or with a caller on the telephone: kept, sent up, done in seconds."""

from __future__ import annotations

import json

import pytest
import sqlalchemy as sa
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from engine.domain.codec import loads
from engine.storage import tables as t
from engine.storage.payloads import read
from tests.browser.conftest import PHONE, Visit
from tests.browser.day.test_keeping import hand_over, photograph
from tests.office import Case, Office
from webforms.rendering import raw_of

pytestmark = pytest.mark.browser


def name_of(office: Office, login: str) -> str:
    """What the demo person of that login is called."""
    return office.actor(login).name


#: What hands need: a click or a key a third of a second, a character of Chinese a second with its choosing.
CLICK, CHARACTER, READ = 1.0, 0.6, 4.0


class Hands:
    """Somebody at the telephone; ``seconds`` is what an unhurried person needs for the same."""

    def __init__(self, page: Page) -> None:
        self.page, self.seconds, self.actions = page, 0.0, 0

    def click(self, what: object) -> None:
        """One click."""
        what.click()  # type: ignore[attr-defined]
        self._took(CLICK)

    def type(self, words: str, on: object | None = None) -> None:
        """Write where the cursor stands."""
        (on or self.page.locator(":focus")).press_sequentially(words)  # type: ignore[attr-defined]
        self._took(CHARACTER * len(words))

    def choose(self, select: object, label: str) -> None:
        """Open a list and take one: two clicks and a look."""
        select.select_option(label=label)  # type: ignore[attr-defined]
        self._took(2 * CLICK + READ / 2)

    def _took(self, seconds: float) -> None:
        self.seconds += seconds
        self.actions += 1


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_a_call_is_recorded_within_a_minute_and_the_next_one_faster(visit: Visit, office: Office, language: str) -> None:
    office.register(subject="电梯异响没人管", category="facility")
    page = visit("张倩", language=language)
    words = WORDS[language]
    hands = Hands(page)

    hands.click(page.locator(".rd-sidebar").get_by_role("link", name=words["record"]))
    hands.type("3-1-502")
    expect(page.locator("#found button")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("[name=complainant_name]")).to_have_value("李晓梅")
    expect(page.locator("[name=subject]")).to_be_focused()
    hands.type("电梯异响没人管，三天了")
    hands.choose(page.locator("[name=channel]"), words["telephone"])
    hands.click(page.get_by_role("button", name=words["use"]))
    expect(page.locator("[name=category][value=facility]")).to_be_checked()
    hands.click(page.get_by_role("button", name=words["next"]))
    expect(page.get_by_role("status").filter(has_text="YH-2026-00002")).to_be_visible()

    assert hands.seconds <= 40 and hands.actions <= 7, "a minute, with twenty seconds to listen"
    expect(page.locator("#find")).to_be_focused()
    expect(page.locator("[name=channel]")).to_have_value("by_telephone")
    assert page.evaluate("sessionStorage.length") == 0


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_an_emergency_takes_ten_seconds_from_any_page(visit: Visit, office: Office, language: str) -> None:
    page = visit("张倩", size=PHONE, language=language)
    hands = Hands(page)

    hands.click(page.locator(".rd-nav--emergency"))
    expect(page.locator("[name=occurred_place]")).to_be_focused()
    hands.type("1号楼东梯")
    page.keyboard.press("Tab")
    hands.type("电梯困人")
    page.keyboard.press("Enter")

    expect(page.locator(".rd-rung--now a")).to_have_attribute("href", "tel:13700008001")
    assert hands.seconds <= 10 and hands.actions <= 4
    assert page.evaluate("sessionStorage.length") == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


WORDS = {
    "zh-CN": {"record": "登记投诉", "telephone": "来电", "use": "采用", "next": "保存并记下一个"},
    "en-GB": {"record": "Record a call", "telephone": "Telephone call", "use": "Use it", "next": "Save and next call"},
}


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_a_technician_does_a_task_on_a_phone_in_every_state_of_the_page(visit: Visit, office: Office, language: str) -> None:
    case = office.register(subject="电梯异响" * 20, occurred_place="3 号楼")
    case.reach("carry_out_plan")
    path = f"/tasks/{case.item('carry_out_plan')['id']}"
    page = visit(name_of(office, case.doer(case.item("carry_out_plan"))), size=PHONE, language=language)
    page.goto(path)
    readable(page)

    page.locator(".rd-action-bar > .btn-primary").click()
    expect(page.locator("#faults")).to_be_focused()
    readable(page)
    hand_over(page, "drop", "裂缝.jpg", photograph())
    hand_over(page, "drop", "清单.doc", b"\xd0\xcf\x11\xe0", "application/msword")
    expect(page.locator(".rd-thumb")).to_be_visible()
    page.locator(".rd-action-bar > .rd-way > summary").first.click()
    readable(page)
    page.locator(".rd-way[open] button[formaction]").first.click()
    expect(page.locator(".rd-way[open] .rd-error")).to_be_visible()
    expect(page.locator(".rd-thumb")).to_be_visible()

    fill_in(page, office.application, case)
    page.locator(".rd-action-bar > .btn-primary").click()
    expect(page.locator("h1")).to_contain_text({"zh-CN": "已完成", "en-GB": "is done"}[language])
    readable(page)
    assert "carry_out_plan" not in case.open_tasks


def readable(page: Page) -> None:
    """Nobody is kept out, and nothing is wider than the screen."""
    found = Axe().run(page).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found if fault["impact"] in ("serious", "critical")] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]


def fill_in(page: Page, application: object, case: Case) -> None:
    """Give the usual answers in the order of the page, as far as it asks; questions that appear are answered in turn."""
    usual = case.usual("carry_out_plan")
    entries = raw_of(usual, usual, application.zone)  # type: ignore[attr-defined]
    for name, value in entries.items():
        answer(page, name, value)


def answer(page: Page, name: str, value: object) -> None:
    """One answer, when the page asks for it."""
    control = page.locator(f"#fields [name='{name}']:not([type=file])")
    kind = control.first.get_attribute("type", timeout=300) if control.count() else None
    if not control.count():
        return
    if kind == "radio":
        page.locator(f"#fields [name='{name}'][value='{value}']").check()
    elif kind == "checkbox":
        control.first.set_checked(value == "true")
    elif control.first.evaluate("control => control.tagName") == "SELECT":
        control.first.select_option(value=str(value))
    else:
        control.first.fill(str(value))


#: A form with what is asked first, and what appears on that answer and is answered too.
APPEARING = {
    "/record": ("[name=by_proxy]", {"proxy_name": "李晓兰"}, {"channel": "visit", "subject": "电梯异响"}),
    "judge_complaint": (
        "[name=validity][value=to_improve]",
        {"external_party": "电梯维保公司"},
        {"grounds_sufficient": "sufficient", "demand_reasonable": "reasonable", "severity": "minor"},
    ),
}


@pytest.mark.parametrize("asked", list(APPEARING))
def test_questions_that_appear_give_the_same_answers_with_and_without_scripts(visit: Visit, office: Office, asked: str) -> None:
    kept = [answered(visit, office, asked, scripts) for scripts in (True, False)]

    assert kept[0] == kept[1] and kept[0]


def answered(visit: Visit, office: Office, asked: str, scripts: bool) -> dict[str, object]:
    """What is kept of the form once it was filled in."""
    first, then, rest = APPEARING[asked]
    path = asked if asked.startswith("/") else f"/tasks/{office.register().item(asked)['id']}"
    page = visit("刘敏", scripts=scripts)
    page.goto(path)
    page.locator(first).check()
    if not scripts:
        page.get_by_role("button", name="按已填内容更新表单").click()
    for name, value in {**rest, **then}.items():
        expect(page.locator(f"#fields [name='{name}']").first).to_be_visible()
        answer(page, name, value)
    page.locator(".rd-action-bar > .btn-primary").click()
    page.wait_for_url(lambda address: not address.endswith(path))
    element = asked.removeprefix("/") if asked != "/record" else "record_complaint"
    query = (
        sa.select(t.submission)
        .where(t.submission.c.element_id == element)
        .order_by(t.submission.c.at.desc(), t.submission.c.id.desc())
    )
    row = office.rows(query)[0]
    with office.application.database.read() as connection:
        personal = {key: read(connection, [ref])[ref] for key, ref in json.loads(row["personal"]).items()}
    return {**dict(loads(row["plain"])), **personal}
