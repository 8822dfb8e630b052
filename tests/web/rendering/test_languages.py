"""Three languages: which one is shown, how the third is derived, and whose words are never touched."""

from __future__ import annotations

import json

import pytest

from engine.domain.text import Text
from engine.outbound.traditional import ZH_HANT, traditional, written
from engine.outbound.traditional.converting import reviewed
from tests.office import Office
from tests.web.conftest import Login
from tests.web.pages import Browser


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("zh-CN", "zh-Hans"), ("zh", "zh-Hans"), ("zh-Hans-HK", "zh-Hans"), ("zh-TW,en;q=0.5", "zh-Hant"), ("zh-HK", "zh-Hant"),
        ("zh-Hant", "zh-Hant"), ("en-GB", "en"), ("fr,en;q=0.3,zh;q=0.2", "en"), ("fr", "zh-Hans"), ("", "zh-Hans"),
    ],
)  # fmt: skip
def test_a_visitor_is_shown_what_the_browser_asks_for(visitor: Browser, asked: str, shown: str) -> None:
    page = visitor.get("/sign-in", headers={"Accept-Language": asked})

    assert page.tree.get("lang") == shown


def test_traditional_pages_keep_what_people_typed(login: Login, office: Office) -> None:
    case = office.register(subject="楼道灯不亮", complainant_name="刘晓梅")
    supervisor = login("supervisor")
    supervisor.post("/language", {"language": ZH_HANT})

    page = supervisor.get(f"/cases/{case.id}")

    assert page.tree.get("lang") == "zh-Hant" and page.heading == "楼道灯不亮"
    text = page.tree.text_content()
    assert "刘晓梅" in text and "尽快修好楼道灯" in text, "typed words"
    assert "刘敏" in supervisor.get(f"/cases/{case.id}/timeline").tree.text_content(), "a name within a sentence"
    for words in ("可以做的事", "投訴類別", "設備設施", "待客戶主任認領"):
        assert words in text, "words of pages and procedure"
    assert "繁體" not in text and "中文（简体）" in text, "the other languages are offered"


def test_own_words_inside_a_sentence_stay() -> None:
    assert written(Text("刘敏决定", "decided by 刘敏", own=("刘敏",)), ZH_HANT) == "刘敏決定"
    assert written(Text("刘敏", "刘敏"), ZH_HANT) == "刘敏"
    assert written(Text("决定", "decided"), "en") == "decided"


def test_reviewed_words_stand_as_reviewed() -> None:
    for simplified, wanted in reviewed().items():
        assert traditional(simplified) == wanted
    assert traditional("房屋质量和“台账”") == "房屋品質和「台帳」"


def test_a_drawing_is_written_in_traditional_characters_too(login: Login, office: Office) -> None:
    case = office.register()
    supervisor = login("supervisor")
    supervisor.post("/language", {"language": ZH_HANT})

    names = json.loads(supervisor.get(f"/cases/{case.id}/diagram").tree.xpath("string(//script[@id='diagram-state'])"))["names"]

    assert names["judge_complaint"] == "二 判斷投訴" and "record_complaint" in names
