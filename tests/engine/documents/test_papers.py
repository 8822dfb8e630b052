"""What stands on the papers: the golden words of each in both languages, and that they are whole, safe and complete."""

from __future__ import annotations

import base64
import re
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest

from engine.errors import Unavailable
from engine.outbound.documents import fonts as machine
from engine.outbound.documents.composing import html_of
from engine.outbound.documents.pdf import to_pdf
from tests.office import Case, Office
from tests.papers import fonts, look, noticed, opened, printed, words

pytestmark = pytest.mark.pdf

GOLDEN = Path(__file__).parent / "golden"
LANGUAGES = ("zh_Hans", "en")
MARKUP = "<script>alert(1)</script><b>粗</b>{{ 7*7 }} {case_number} &amp;"
DEMANDS = [
    {"demand_text": "更换电梯门机。", "demand_answer": "granted", "demand_offer": "10月15日前更换"},
    {"demand_text": "退还本季度运行费。", "demand_answer": "refused_demand", "answer_reason": "已用于电费和人工"},
    {"demand_text": "公开记录。", "demand_answer": "partly_granted", "demand_offer": "近三月", "answer_reason": "更早的不在我处"},
]
INTAKE: dict[str, Any] = {
    "complainant_name": "张文秀",
    "complainant_phone": "13800138000",
    "subject": "3号楼电梯一周停三次",
    "description": f"老人上下楼不便。{MARKUP}",
    "emergency": True,
    "serious_harm": True,
}


@pytest.fixture(scope="module")
def told(shared_office: Office) -> Case:
    """A major complaint handled to its end, with an emergency on the way and every demand answered."""
    case = shared_office.register(**INTAKE, demands=[{"demand_text": one["demand_text"]} for one in DEMANDS])
    later = {"site_head_decision": "cannot_solve", "leader_decision": "cannot_solve", "serious_harm": True, "demands": DEMANDS}
    # One step a second, in the order of the alphabet: who signs first is then always told first.
    while case.open_tasks:
        shared_office.clock.advance(seconds=1)
        form = case.procedure.form_of(case.open_tasks[0])
        case.complete(case.open_tasks[0], **{key: value for key, value in later.items() if form and key in form.keys})
    assert case.entry["status"] == "closed"
    return case


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_paper_says_what_it_said(told: Case, language: str) -> None:
    for kind in told.procedure.documents:
        pdf = printed(told, kind, language, roll=True)

        assert len(pdf.pages) == 1
        golden = GOLDEN / f"{kind}-{language}.txt"
        assert words(pdf) == golden.read_text(encoding="utf-8").strip(), golden.name
        used = fonts(pdf)
        assert used and all(used.values()), f"a font is missing in {kind}: {used}"


def test_what_people_typed_stays_text(told: Case) -> None:
    drawn = look(told.office, told.id, "registration_form", "supervisor")
    html = html_of(drawn, "zh_Hans", told.office.application.zone, number=None)

    assert "<script>alert" not in html and "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "{{ 7*7 }} {case_number} &amp;amp;" in html


def test_a_draft_has_no_number_and_says_so(told: Case) -> None:
    draft, issued = (words(printed(told, "reply_letter", "en", number=number)) for number in (None, "N-7"))

    assert "DRAFT" in draft and "Draft,notnumbered" in draft and "N-7" not in draft
    assert "DRAFT" not in issued and "No.N-7" in issued


def test_a_hundred_demands_go_over_pages_each_with_the_headings(shared_office: Office) -> None:
    many = [{"demand_text": f"第{place}条：{'要求书面答复' * 8}"} for place in range(1, 101)]
    case = shared_office.register(demands=many)

    pages = [re.sub(r"\s", "", page.extract_text()) for page in printed(case, "registration_form").pages]

    holding = [page for page in pages if "要求书面答复" in page]
    assert len(holding) > 3 and all("怎样满足" in page for page in holding)
    assert all(f"第{place}条：" in "".join(pages) for place in range(1, 101))
    assert all(f"{place}/{len(pages)}" in page for place, page in enumerate(pages, 1))


def test_a_word_without_end_is_broken_and_what_is_missing_is_a_dash(shared_office: Office) -> None:
    case = shared_office.register(description="W" * 400, complainant_name=None, complainant_phone=None)

    pdf = printed(case, "registration_form")

    lines = [line for page in pdf.pages for line in page.extract_text().splitlines() if "WWWW" in line]
    assert len(lines) > 4 and "W" * 400 in words(pdf).replace("N-1", "")
    assert "投诉人姓名—" in words(pdf)
    letter = words(printed(case, "reply_letter", "en"))
    assert "DearSirorMadam," in letter


@pytest.mark.parametrize(
    ("text", "told_of"),
    [
        ("李海反映的问题不属实。", "Complainant's name"),
        ("请打 13912345678。", "Telephone"),
        ("请打 13800138000。", "telephone or identity number (138…)"),
        ("证件 11010519491231002X。", "telephone or identity number (110…)"),
        ("近日有业主反映停车费要上涨，标准没有变化。", None),
    ],
)
def test_a_notice_names_nobody(shared_office: Office, text: str, told_of: str | None) -> None:
    obstacle = look(shared_office, noticed(shared_office, text).id, "announcement", "supervisor").obstacle

    assert told_of in obstacle.en if told_of and obstacle else (obstacle, told_of) == (None, None)


def test_before_anybody_redacted_it_a_notice_is_not_public(shared_office: Office) -> None:
    obstacle = look(shared_office, shared_office.register().id, "announcement").obstacle

    assert obstacle is not None and obstacle.zh.startswith("还没有人确认已隐去个人信息")


def test_a_document_reaches_no_file_and_no_network(tmp_path: Path) -> None:
    picture = tmp_path / "x.png"
    picture.write_bytes(png())
    addresses = (picture.as_uri(), "http://127.0.0.1:9/x.png", "ftp://127.0.0.1/x.png")
    tags = "".join(f'<img src="{address}"><link rel="stylesheet" href="{address}">' for address in addresses)

    (page,) = opened(to_pdf(f"<html><body><p>没有图</p>{tags}</body></html>")).pages

    assert "没有图" in page.extract_text() and not page.images
    (own,) = opened(to_pdf(f'<img src="data:image/png;base64,{inline(png())}">')).pages
    assert own.images, "only what the document brings along is drawn"


def test_the_same_page_gives_the_same_bytes() -> None:
    page = "<html><body><h1>规程</h1></body></html>"

    assert to_pdf(page) == to_pdf(page)


def test_without_a_chinese_font_the_sentence_names_the_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "FAMILIES", ("No Such Family",))
    machine.require.cache_clear()

    with pytest.raises(Unavailable, match="fonts-noto-cjk"):
        to_pdf("<p>x")

    monkeypatch.undo()
    machine.require.cache_clear()
    assert to_pdf("<p>x").startswith(b"%PDF")


def png() -> bytes:
    """A picture of one point."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0")) + chunk(b"IEND", b"")


def inline(content: bytes) -> str:
    """As a ``data:`` address holds it."""
    return base64.b64encode(content).decode()
