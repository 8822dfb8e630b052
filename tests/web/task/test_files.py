"""Evidence on the page of a task: each file goes up by itself and stands in the form from then on."""

from __future__ import annotations

import io

import sqlalchemy as sa
from PIL import Image

from engine.commands.cases import ErasePersonalData
from engine.storage import tables as t
from tests.office import Case, Office
from tests.web.conftest import Login
from tests.web.pages import Browser, Page

KEY = "work_evidence"


def photograph() -> bytes:
    """A picture."""
    made = io.BytesIO()
    Image.new("RGB", (600, 400), "red").save(made, "JPEG")
    return made.getvalue()


def waiting(login: Login, office: Office) -> tuple[Case, Browser, str]:
    """A case whose plan is to be carried out, who does it, and the task's address."""
    case = office.register()
    case.reach("carry_out_plan")
    item = case.item("carry_out_plan")
    return case, login(case.doer(item)), f"/tasks/{item['id']}"


def send(browser: Browser, path: str, content: bytes, name: str, key: str = KEY) -> Page:
    """One file, as the script sends it."""
    return browser.post(f"{path}/files/{key}", {"file": (io.BytesIO(content), name)}, headers={"HX-Request": "true"})


def test_a_file_is_kept_at_once_and_joins_the_form(login: Login, office: Office) -> None:
    case, doer, path = waiting(login, office)

    line = send(doer, path, photograph(), "<b>现场</b>.jpg")
    (kept,) = line.tree.xpath("//input/@value")
    doer.post(f"{path}/draft", {**doer.get(path).form(path), KEY: kept})
    page = doer.get(path)
    case.complete("carry_out_plan", **{KEY: [kept]})

    assert line.status == 200 and "&lt;b&gt;现场" in line.text
    assert page.form(path)[KEY] == [kept] and "<b>现场" not in page.text
    assert case.values[KEY] == [kept]


def test_a_picture_is_shown_small_to_those_who_read_the_case_until_it_is_erased(login: Login, office: Office) -> None:
    case, doer, path = waiting(login, office)
    line = send(doer, path, photograph(), "现场.jpg")
    (address,) = line.tree.xpath("//img/@src")

    shown = doer.client.get(address)
    assert shown.mimetype == "image/jpeg" and Image.open(io.BytesIO(shown.data)).size == (144, 96)
    assert "no-store" in shown.headers["Cache-Control"]
    assert login("bitong").get(address).status == 404
    case.do(ErasePersonalData(case.id, "本人要求"), "admin")

    assert doer.get(address).status == 404
    files = login("reception").get(f"/cases/{case.id}/documents")
    assert "已随个人信息删除" in files.text and not files.links(f"/cases/{case.id}/attachments/")


def test_what_cannot_be_taken_is_answered_with_the_sentence(login: Login, office: Office) -> None:
    _, doer, path = waiting(login, office)

    assert "最多" in send(doer, path, b"0" * 200_000, "长.mp4").text or send(doer, path, b"0" * 200_000, "长.mp4").status == 413
    assert "HEIC" in send(doer, path, b"\x00\x00\x00\x18ftypheic" + b"\x00" * 64, "IMG_1.HEIC").text
    assert send(doer, path, b"MZ\x90\x00" * 50, "setup.exe").status == 422
    assert doer.post(f"{path}/files/{KEY}", headers={"HX-Request": "true"}).status == 422
    assert office.rows(sa.select(t.attachment.c.id)) == []


def test_nobody_adds_a_file_to_a_task_or_field_that_is_not_theirs(login: Login, office: Office) -> None:
    _, doer, path = waiting(login, office)

    assert send(doer, path, photograph(), "a.jpg", key="approved").status == 403
    assert send(login("reception"), path, photograph(), "a.jpg").status == 403
    assert send(login("bitong"), path, photograph(), "a.jpg").status == 404
    assert send(doer, "/tasks/nothing", photograph(), "a.jpg").status == 404
    assert office.rows(sa.select(t.attachment.c.id)) == []


def test_the_chooser_offers_exactly_what_is_taken_and_the_camera(login: Login, office: Office) -> None:
    _, doer, path = waiting(login, office)

    inputs = doer.get(path).tree.xpath(f"//input[@type='file'][@name='{KEY}']")

    assert [field.get("capture") for field in inputs] == [None, "environment"]
    assert ".doc" not in inputs[0].get("accept").split(",") and ".pdf" in inputs[0].get("accept").split(",")
