"""The files of a case: kept, listed, handed out to those who may read the case, and to nobody else."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from tests.office import Case, Office
from tests.web.conftest import Login
from tests.web.pages import Browser, Page

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF"
NAME = "走廊 “灯”; x.pdf"


def picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(made, "PNG")
    return made.getvalue()


def upload(browser: Browser, case: Case, *files: tuple[bytes, str]) -> Page:
    chosen = [(io.BytesIO(content), name) for content, name in files]
    return browser.post(f"/cases/{case.id}/attachments", {"files": chosen}, content_type="multipart/form-data")


def listed(page: Page, case: Case) -> list[str]:
    return page.links(f"/cases/{case.id}/attachments/")


def test_a_file_is_kept_listed_and_handed_out_under_its_name(login: Login, office: Office) -> None:
    case, reception = office.register(), login("reception")

    page = reception.follow(upload(reception, case, (PDF, NAME)))
    (address,) = listed(page, case)
    answer = reception.client.get(address)

    assert NAME in page.text and "张倩" in page.text
    assert answer.data == PDF and answer.mimetype == "application/pdf"
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment;") and "filename*=UTF-8''%E8%B5%B0%E5%BB%8A" in disposition
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_timeline_names_the_file_and_leads_to_it(login: Login, office: Office) -> None:
    case, reception = office.register(), login("reception")
    upload(reception, case, (picture(), "现场.png"))

    page = reception.get(f"/cases/{case.id}/timeline")

    (address,) = listed(page, case)
    assert "添加文件" in page.text and "现场.png" in page.text
    assert reception.client.get(address).mimetype == "image/png"


def test_a_file_is_found_only_under_its_own_case_and_by_its_readers(login: Login, office: Office) -> None:
    case, other, reception = office.register(), office.register(), login("reception")
    (address,) = listed(reception.follow(upload(reception, case, (PDF, NAME))), case)

    answers = [
        login("bitong").get(address),
        reception.get(address.replace(case.id, other.id)),
        reception.get(f"/cases/{case.id}/attachments/nothing"),
    ]

    assert [answer.status for answer in answers] == [404, 404, 404]
    assert all(PDF not in answer.response.data for answer in answers)


def test_nobody_adds_a_file_to_another_estates_case(login: Login, office: Office) -> None:
    case = office.register()

    page = upload(login("bitong"), case, (PDF, NAME))

    assert page.status == 404 and len(case.journal()) == 1


def test_a_file_that_is_too_large_is_named_and_the_others_are_kept(login: Login, office: Office) -> None:
    case, reception = office.register(), login("reception")

    page = upload(reception, case, (b"%PDF" + b"0" * 200_000, "大.pdf"), (PDF, "小.pdf"))

    assert page.status == 413 and "大.pdf" in page.notices
    assert [name for name in ("大.pdf", "小.pdf") if name in page.tree.xpath("string(//ul[@class='rd-attachments'])")] == [
        "小.pdf"
    ]


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"", "空.pdf"), (b"MZ\x90\x00 not a picture", "照片.jpg"), (b"<html><script>alert(1)</script></html>", "<script>.html")],
)
def test_a_file_of_another_kind_is_refused_by_what_it_holds(login: Login, office: Office, content: bytes, name: str) -> None:
    case = office.register()

    page = upload(login("reception"), case, (content, name))

    assert page.status == 422 and page.notices and "<script>alert" not in page.text
    assert listed(page, case) == []


def test_choosing_no_file_is_said(login: Login, office: Office) -> None:
    case = office.register()

    page = login("reception").post(f"/cases/{case.id}/attachments")

    assert page.status == 422 and "请先选择文件" in page.notices
