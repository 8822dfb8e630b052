"""What a person types and the files they hand over: kept, sent up with progress, found again."""

from __future__ import annotations

import base64
import io

import pytest
import sqlalchemy as sa
from PIL import Image
from playwright.sync_api import Page, Route, expect

from engine.storage import tables as t
from tests.browser.conftest import Visit, words_of
from tests.office import Office

pytestmark = pytest.mark.browser

LANGUAGES = ["zh-CN", "en-GB"]

REASON = "[name=validity_reason]"


def status(page: Page) -> object:
    """Where the page says whether what was typed is kept."""
    return page.locator("[data-rd-draft-status]")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_typed_outlives_a_reload_a_lost_connection_and_an_ended_session(
    visit: Visit, office: Office, language: str
) -> None:
    said = words_of(language)
    case = office.register(subject="电梯异响")
    path = f"/tasks/{case.item('judge_complaint')['id']}"
    page = visit("刘敏", language=language)
    page.goto(path)

    page.locator(REASON).press_sequentially("看过现场")
    expect(status(page)).to_contain_text(f"{said('draft.saved')} 09:00")
    page.reload()
    expect(page.locator(REASON)).to_have_value("看过现场")

    page.context.set_offline(True)
    page.locator(REASON).fill("看过现场，轿厢有异响")
    page.locator(REASON).blur()
    expect(status(page)).to_contain_text(said("draft.offline"))
    page.get_by_role("button", name=said("task.complete"), exact=True).click()
    expect(page.locator(REASON)).to_have_value("看过现场，轿厢有异响")
    page.context.set_offline(False)
    expect(status(page)).to_contain_text(said("draft.saved"))
    assert page.evaluate("sessionStorage.length") == 0

    page.locator(REASON).fill("看过现场，轿厢有异响，修好了")
    page.get_by_role("button", name=said("task.complete"), exact=True).click()
    expect(page.locator("#faults")).to_be_focused()
    expect(status(page)).to_contain_text(said("draft.saved"))
    page.goto(path)
    expect(page.locator(REASON)).to_have_value("看过现场，轿厢有异响，修好了")

    page.context.clear_cookies()
    page.locator(REASON).fill("看过现场，轿厢有异响，已拍照")
    page.locator(REASON).blur()
    expect(status(page)).to_contain_text(said("draft.ended"))
    page.get_by_role("link", name=said("draft.sign_in")).click()
    page.locator("button[name=person_id]", has_text="刘敏").first.click()
    expect(page.locator(REASON)).to_have_value("看过现场，轿厢有异响，已拍照")
    expect(status(page)).to_contain_text(said("draft.saved"))
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_evidence_is_dropped_pasted_and_refused_without_leaving_the_form(visit: Visit, office: Office, language: str) -> None:
    said = words_of(language)
    case = office.register()
    case.reach("carry_out_plan")
    path = f"/tasks/{case.item('carry_out_plan')['id']}"
    page = visit(office.actor(case.doer(case.item("carry_out_plan"))).name, language=language)
    page.goto(path)
    kept = page.locator(".rd-attachments input[type=checkbox]")

    hand_over(page, "drop", "裂缝.jpg", photograph())
    expect(kept).to_have_count(1)
    expect(page.locator(".rd-thumb")).to_have_js_property("naturalWidth", 144)
    hand_over(page, "paste", "image.png", photograph(), "image/jpeg")
    expect(kept).to_have_count(2)
    hand_over(page, "drop", "清单.doc", b"\xd0\xcf\x11\xe0", "application/msword")
    expect(page.locator(".rd-upload .rd-error")).to_contain_text(said("form.file_kind"))

    # Left before it was saved: it stands here, whenever the server hears of it.
    held: list[Route] = []
    page.route("**/draft", lambda route: held.append(route))
    hand_over(page, "drop", "现场.jpg", photograph())
    expect(kept).to_have_count(3)
    page.reload()
    expect(kept).to_have_count(3)
    page.unroute("**/draft")
    expect(status(page)).to_contain_text(said("draft.saved"))
    page.reload()
    expect(kept).to_have_count(3)
    expect(page.locator(".rd-attachments")).to_contain_text("裂缝.jpg")
    assert page.evaluate("sessionStorage.length") == 0


def held_back(page: Page, held: list[Route], number: int) -> Route:
    """The request of that number: the page shows that it was sent before the test is told."""
    for _ in range(600):
        if len(held) >= number:
            break
        page.wait_for_timeout(50)
    return held[number - 1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_upload_shows_its_progress_can_be_cancelled_and_sent_again(visit: Visit, office: Office, language: str) -> None:
    said = words_of(language)
    case = office.register()
    case.reach("carry_out_plan")
    page = visit(office.actor(case.doer(case.item("carry_out_plan"))).name, language=language)
    page.goto(f"/tasks/{case.item('carry_out_plan')['id']}")
    held: list[Route] = []

    def held_but_the_second(route: Route) -> None:
        held.append(route)
        if len(held) == 2:
            route.abort("internetdisconnected")

    page.route("**/files/*", held_but_the_second)

    with page.expect_request("**/files/*"):
        hand_over(page, "drop", "现场.jpg", photograph())
    expect(page.locator(".rd-upload progress")).to_be_visible()
    page.get_by_role("button", name=said("form.file_cancel")).click()
    expect(page.locator(".rd-upload")).to_have_count(0)

    hand_over(page, "drop", "现场.jpg", photograph())
    expect(page.locator(".rd-upload .rd-error")).to_contain_text(said("form.file_failed"))
    with page.expect_request("**/files/*"):
        page.get_by_role("button", name=said("form.file_again")).click()
    expect(page.locator(".rd-upload progress")).to_be_visible()

    # Whoever is done before the file is there: the form waits for it.
    page.get_by_role("button", name=said("task.complete"), exact=True).click()
    expect(status(page)).to_contain_text(said("form.file_waits"))
    expect(page.locator("#faults")).to_have_count(0)
    held_back(page, held, 3).continue_()
    expect(page.locator("#faults")).to_be_focused()
    expect(page.locator(".rd-attachments input[type=checkbox]")).to_have_count(1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_of_a_call_are_gathered_and_go_up_once_with_it(visit: Visit, office: Office, language: str) -> None:
    said = words_of(language)
    page = visit("张倩", language=language)
    page.goto("/record")
    sent: list[int] = []
    page.on("request", lambda request: sent.append(len(request.post_data_buffer or b"")))
    chooser = page.locator("#fields input[type=file]").first

    chooser.set_input_files([{"name": "一.jpg", "mimeType": "image/jpeg", "buffer": photograph(2000)}])
    hand_over(page, "drop", "二.jpg", photograph(1000))
    hand_over(page, "drop", "三.jpg", photograph(900))
    hand_over(page, "drop", "表.xls", b"x", "application/vnd.ms-excel")
    page.get_by_role("button", name=f"{said('form.file_cancel')} 三.jpg").click()
    page.locator("[name=category]").first.check()
    expect(page.locator("#similar.htmx-request")).to_have_count(0)
    expect(page.locator(".rd-upload")).to_have_count(3)
    assert chooser.evaluate("input => [...input.files].map((file) => file.name)") == ["一.jpg", "二.jpg"]
    assert max(sent, default=0) < 10_000, "answers alone"

    page.locator("[name=channel]").select_option(index=1)
    page.locator("[name=subject]").fill("电梯异响")
    page.get_by_role("button", name=said("record.save_open")).click()
    expect(page.locator(".rd-notice--success")).to_contain_text(said("record.saved"))
    assert len(office.rows(sa.select(t.attachment.c.id))) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_of_a_call_go_up_before_ones_eyes_and_stay_when_they_cannot(visit: Visit, office: Office, language: str) -> None:
    said = words_of(language)
    page = visit("张倩", language=language)
    page.goto("/record")
    save = page.get_by_role("button", name=said("record.save_open"))
    page.locator("[name=channel]").select_option(index=1)
    page.locator("[name=category]").first.check()
    page.locator("[name=subject]").fill("电梯异响")
    hand_over(page, "drop", "一.jpg", photograph(2000))
    hand_over(page, "drop", "二.jpg", photograph(1000))
    held: list[Route] = []
    page.route("**/record", lambda route: held.append(route))

    save.click()
    expect(page.locator(".rd-upload progress")).to_have_count(2)
    page.get_by_role("button", name=said("form.file_cancel"), exact=True).click()
    expect(page.locator(".rd-upload progress")).to_have_count(0)
    save.click()
    expect(page.locator(".rd-upload progress")).to_have_count(2)
    held_back(page, held, 2).abort("internetdisconnected")
    expect(status(page)).to_contain_text(said("form.file_lost"))
    expect(page.locator("[name=subject]")).to_have_value("电梯异响")
    assert office.rows(sa.select(t.cases.c.id)) == []

    page.unroute("**/record")
    page.locator("[name=subject]").fill("")
    save.click()
    expect(page.locator("#faults")).to_be_focused()
    expect(page.locator(".rd-upload")).to_have_count(2)
    page.locator("[name=subject]").fill("电梯异响")
    save.click()
    expect(page.locator(".rd-notice--success")).to_contain_text(said("record.saved"))
    assert len(office.rows(sa.select(t.attachment.c.id))) == 2


def test_what_was_saved_elsewhere_since_is_not_written_over_and_nobody_else_finds_it(visit: Visit, office: Office) -> None:
    said = words_of("zh-CN")
    path = f"/tasks/{office.register().item('judge_complaint')['id']}"
    page = visit("刘敏")
    page.on("dialog", lambda dialog: dialog.accept())
    # What this tab has kept is older than what the office has.
    page.clock.set_fixed_time("2020-01-01")
    page.route("**/draft", lambda route: route.abort("internetdisconnected"))
    page.goto(path)
    page.locator(REASON).fill("电梯里写了一半")
    page.locator(REASON).blur()
    expect(status(page)).to_contain_text(said("draft.offline"))
    other = page.context.new_page()
    other.goto(path)
    other.locator(REASON).fill("回到桌前写全了")
    other.locator(REASON).blur()
    expect(status(other)).to_contain_text(said("draft.saved"))

    page.reload()
    expect(page.locator(REASON)).to_have_value("回到桌前写全了")
    page.get_by_role("button", name=said("draft.bring")).click()
    expect(page.locator(REASON)).to_have_value("电梯里写了一半")

    page.context.clear_cookies()
    page.goto("/sign-in")
    assert page.evaluate("sessionStorage.length") == 1
    page.locator("button[name=person_id]", has_text="张倩").click()
    expect(page.locator(".rd-menu summary")).to_contain_text("张倩")
    assert page.evaluate("sessionStorage.length") == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_call_outlives_a_reload_and_a_lost_connection_in_its_tab(visit: Visit, language: str) -> None:
    said = words_of(language)
    page = visit("张倩", language=language)
    page.goto("/record")
    page.locator("[name=subject]").fill("电梯异响三天没人管")
    page.locator("input[type=checkbox][name=by_proxy]").check()
    page.locator("[name=proxy_name]").fill("李晓兰")

    page.context.set_offline(True)
    page.get_by_role("button", name=said("record.save_open")).click()
    expect(status(page)).to_contain_text(said("draft.offline"))
    page.context.set_offline(False)
    page.reload()

    expect(page.locator("[name=subject]")).to_have_value("电梯异响三天没人管")
    expect(page.locator("[name=proxy_name]")).to_have_value("李晓兰")
    page.locator(".rd-menu summary").click()
    page.get_by_role("button", name=said("shell.sign_out")).click()
    page.wait_for_url("**/sign-in")
    assert page.evaluate("sessionStorage.length") == 0
