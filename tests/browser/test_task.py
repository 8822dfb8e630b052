"""What a person types at a task or with a caller on the telephone: kept, sent up, done in seconds."""

from __future__ import annotations

import base64
import io
import json

import pytest
import sqlalchemy as sa
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page, Route, expect

from engine.domain.codec import loads
from engine.storage import tables as t
from engine.storage.payloads import read
from tests.browser.conftest import PHONE, Visit
from tests.office import Case, Office
from webforms.rendering import raw_of

pytestmark = pytest.mark.browser

REASON = "[name=validity_reason]"


def status(page: Page) -> object:
    """Where the page says whether what was typed is kept."""
    return page.locator("[data-rd-draft-status]")


def test_what_is_typed_outlives_a_reload_a_lost_connection_and_an_ended_session(visit: Visit, office: Office) -> None:
    case = office.register(subject="电梯异响")
    path = f"/tasks/{case.item('judge_complaint')['id']}"
    page = visit("刘敏")
    page.goto(path)

    page.locator(REASON).press_sequentially("看过现场")
    expect(status(page)).to_contain_text("草稿已保存 09:00")
    page.reload()
    expect(page.locator(REASON)).to_have_value("看过现场")

    page.context.set_offline(True)
    page.locator(REASON).fill("看过现场，轿厢有异响")
    page.locator(REASON).blur()
    expect(status(page)).to_contain_text("连接断开，内容保存在本机")
    page.get_by_role("button", name="完成", exact=True).click()
    expect(page.locator(REASON)).to_have_value("看过现场，轿厢有异响")
    page.context.set_offline(False)
    expect(status(page)).to_contain_text("草稿已保存")
    assert page.evaluate("sessionStorage.length") == 0

    page.locator(REASON).fill("看过现场，轿厢有异响，修好了")
    page.get_by_role("button", name="完成", exact=True).click()
    expect(page.locator("#faults")).to_be_focused()
    expect(status(page)).to_contain_text("草稿已保存")
    page.goto(path)
    expect(page.locator(REASON)).to_have_value("看过现场，轿厢有异响，修好了")

    page.context.clear_cookies()
    page.locator(REASON).fill("看过现场，轿厢有异响，已拍照")
    page.locator(REASON).blur()
    expect(status(page)).to_contain_text("登录已结束")
    page.get_by_role("link", name="重新登录").click()
    page.locator("button[name=person_id]", has_text="刘敏").first.click()
    expect(page.locator(REASON)).to_have_value("看过现场，轿厢有异响，已拍照")
    expect(status(page)).to_contain_text("草稿已保存")
    assert page.evaluate("sessionStorage.length") == 0


def photograph(width: int = 800) -> bytes:
    """A picture as large as a telephone's is small."""
    made = io.BytesIO()
    Image.new("RGB", (width, width // 2), "red").save(made, "JPEG")
    return made.getvalue()


#: Hands a file to the page as the hand of a person would: dropped on the place for files, or pasted.
HAND_OVER = """([kind, name, type, base64]) => {
  const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  const data = new DataTransfer();
  data.items.add(new File([bytes], name, { type }));
  const zone = document.querySelector('[data-rd-files]');
  const event = kind === 'paste'
    ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
    : new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true });
  zone.dispatchEvent(event);
}"""


def hand_over(page: Page, kind: str, name: str, content: bytes, media_type: str = "image/jpeg") -> None:
    """Drop or paste a file."""
    page.evaluate(HAND_OVER, [kind, name, media_type, base64.b64encode(content).decode()])


def test_evidence_is_dropped_pasted_and_refused_without_leaving_the_form(visit: Visit, office: Office) -> None:
    case = office.register()
    case.reach("carry_out_plan")
    path = f"/tasks/{case.item('carry_out_plan')['id']}"
    page = visit(name_of(office, case.doer(case.item("carry_out_plan"))))
    page.goto(path)
    kept = page.locator(".rd-attachments input[type=checkbox]")

    hand_over(page, "drop", "裂缝.jpg", photograph())
    expect(kept).to_have_count(1)
    expect(page.locator(".rd-thumb")).to_have_js_property("naturalWidth", 144)
    hand_over(page, "paste", "image.png", photograph(), "image/jpeg")
    expect(kept).to_have_count(2)
    hand_over(page, "drop", "清单.doc", b"\xd0\xcf\x11\xe0", "application/msword")
    expect(page.locator(".rd-upload .rd-error")).to_contain_text("这种文件不能收")
    expect(status(page)).to_contain_text("草稿已保存")

    page.reload()
    expect(kept).to_have_count(2)
    expect(page.locator(".rd-attachments")).to_contain_text("裂缝.jpg")


def test_an_upload_shows_its_progress_can_be_cancelled_and_sent_again(visit: Visit, office: Office) -> None:
    case = office.register()
    case.reach("carry_out_plan")
    page = visit(name_of(office, case.doer(case.item("carry_out_plan"))))
    page.goto(f"/tasks/{case.item('carry_out_plan')['id']}")
    held: list[Route] = []
    page.route("**/files/*", lambda route: held.append(route))

    hand_over(page, "drop", "现场.jpg", photograph())
    expect(page.locator(".rd-upload progress")).to_be_visible()
    page.get_by_role("button", name="取消").click()
    expect(page.locator(".rd-upload")).to_have_count(0)

    hand_over(page, "drop", "现场.jpg", photograph())
    expect(page.locator(".rd-upload progress")).to_be_visible()
    held[-1].abort("internetdisconnected")
    expect(page.locator(".rd-upload .rd-error")).to_contain_text("没有传上去")
    page.unroute("**/files/*")
    page.get_by_role("button", name="再传一次").click()
    expect(page.locator(".rd-attachments input[type=checkbox]")).to_have_count(1)


def test_files_of_a_call_are_gathered_and_go_up_once_with_it(visit: Visit, office: Office) -> None:
    page = visit("张倩")
    page.goto("/record")
    sent: list[int] = []
    page.on("request", lambda request: sent.append(int(request.all_headers().get("content-length", 0))))
    chooser = page.locator("#fields input[type=file]").first

    chooser.set_input_files([{"name": "一.jpg", "mimeType": "image/jpeg", "buffer": photograph(2000)}])
    hand_over(page, "drop", "二.jpg", photograph(1000))
    hand_over(page, "drop", "三.jpg", photograph(900))
    hand_over(page, "drop", "表.xls", b"x", "application/vnd.ms-excel")
    page.get_by_role("button", name="取消 三.jpg").click()
    page.locator("[name=category]").first.check()
    expect(page.locator("#similar.htmx-request")).to_have_count(0)
    expect(page.locator(".rd-upload")).to_have_count(3)
    assert chooser.evaluate("input => [...input.files].map((file) => file.name)") == ["一.jpg", "二.jpg"]
    assert max(sent, default=0) < 10_000, "answers alone"

    page.locator("[name=channel]").select_option(index=1)
    page.locator("[name=subject]").fill("电梯异响")
    page.get_by_role("button", name="保存并打开").click()
    expect(page.locator("h1")).to_be_visible()
    assert len(office.rows(sa.select(t.attachment.c.id))) == 2


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


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_call_is_recorded_within_a_minute_and_the_next_one_faster(visit: Visit, office: Office, language: str) -> None:
    office.register(subject="电梯异响没人管", category="facility")
    page = visit("张倩")
    words = WORDS[language]
    speak(page, language)
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


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_emergency_takes_ten_seconds_from_any_page(visit: Visit, office: Office, language: str) -> None:
    page = visit("张倩", size=PHONE)
    speak(page, language)
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
    "zh": {"record": "登记投诉", "telephone": "来电", "use": "采用", "next": "保存并记下一个"},
    "en": {"record": "Record a call", "telephone": "Telephone call", "use": "Use it", "next": "Save and next call"},
}


def speak(page: Page, language: str) -> None:
    """Read the pages in that language."""
    if language == "en":
        page.locator(".rd-menu summary").click()
        page.get_by_role("button", name="English").click()
        expect(page.locator("html")).to_have_attribute("lang", "en")


def test_a_call_outlives_a_reload_and_a_lost_connection_in_its_tab(visit: Visit) -> None:
    page = visit("张倩")
    page.goto("/record")
    page.locator("[name=subject]").fill("电梯异响三天没人管")
    page.get_by_label("由他人代为投诉").check()
    page.locator("[name=proxy_name]").fill("李晓兰")

    page.context.set_offline(True)
    page.get_by_role("button", name="保存并打开").click()
    expect(status(page)).to_contain_text("连接断开")
    page.context.set_offline(False)
    page.reload()

    expect(page.locator("[name=subject]")).to_have_value("电梯异响三天没人管")
    expect(page.locator("[name=proxy_name]")).to_have_value("李晓兰")
    page.locator(".rd-menu summary").click()
    page.get_by_role("button", name="退出").click()
    page.wait_for_url("**/sign-in")
    assert page.evaluate("sessionStorage.length") == 0


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_technician_does_a_task_on_a_phone_in_every_state_of_the_page(visit: Visit, office: Office, language: str) -> None:
    case = office.register(subject="电梯异响" * 20, occurred_place="3 号楼")
    case.reach("carry_out_plan")
    path = f"/tasks/{case.item('carry_out_plan')['id']}"
    page = visit(name_of(office, case.doer(case.item("carry_out_plan"))), size=PHONE)
    speak(page, language)
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
    expect(page.locator("h1")).to_contain_text({"zh": "已完成", "en": "is done"}[language])
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
