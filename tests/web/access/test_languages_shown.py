"""Every page in Chinese and in English: nothing of the other language but names, what people wrote, and exact quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml
from flask import Flask

from engine.commands import access
from engine.storage import tables as t
from tests.browser.walking import REFUSED, VISITOR, Place, places
from tests.installation import REPOSITORY
from tests.office import Office
from tests.web.access.scene import LOGINS, Scene, make
from tests.web.pages import Browser, Page

CHINESE = re.compile(r"[\u4e00-\u9fff]+")
#: One word may be a login, an id that is asked for, a format's name or a key on the keyboard; two in a row are a sentence.
ENGLISH = re.compile(r"[A-Za-z]['’A-Za-z]+[ ,]+[A-Za-z]['’A-Za-z]+")
HEARD = ("title", "aria-label", "placeholder", "alt", "data-rd-confirm", "data-rd-busy", "data-rd-over", "data-failed")
#: Exact words of a record, a file or an expression; what is being edited.
QUOTED = frozenset({"code", "kbd", "textarea", "script", "style"})
#: Typed or named by the people of the scene, the sign in the numbers of one kind of paper, and what the language calls itself.
WRITTEN = """
    楼道灯不亮 楼道 灯不亮 登 名册 钱多多 离职 改进 原因 措施 九月抽查 街道办 写明期限 告知 公司制度 张贴通知 试换 号楼 三楼
    灯坏了一周 晚上看不清台阶 得力 奖金 董事 太慢 中文
"""
ELSEWHERE = (302, 303)
#: Searched for words are marked in pieces; the other state of a page that is walked anyway.
PIECES = "/register?q="


def test_nobody_reads_the_other_language(app: Flask, office: Office) -> None:
    scene = make(app, office)

    assert list(_foreign(app, scene, "zh_Hans", ENGLISH, frozenset())) == []
    assert list(_foreign(app, scene, "en", CHINESE, _own(office))) == []


def _own(office: Office) -> frozenset[str]:
    """The Chinese words that stand in people's names, in what they usually answer, and in what the scene's people wrote."""
    answers = yaml.safe_load((REPOSITORY / "processes/complaint/scenarios/answers.yaml").read_text("utf-8"))
    typed = [str(value) for answer in answers.values() for value in answer.values()]
    named = [row["name"] for table in (t.person, t.household) for row in office.rows(table.select())]
    return frozenset(CHINESE.findall(" ".join([WRITTEN, *typed, *map(str, named)])))


def _foreign(app: Flask, scene: Scene, language: str, words: re.Pattern[str], own: frozenset[str]) -> Iterator[tuple[str, str]]:
    for login in LOGINS.values():
        scene.office.execute(access.SetLanguage(language), login)
    browsers: dict[str, Browser] = {}
    for place in places(app, scene):
        if "." in place.address.rpartition("/")[2].partition("?")[0] or place.address.startswith(PIECES):
            continue
        page = _opened(app, scene, browsers, place, language)
        for text in _told(page.tree, language, language) if page is not None else ():
            if set(words.findall(text)) - own:
                yield place.address, " ".join(text.split())[:200]


def _opened(app: Flask, scene: Scene, browsers: dict[str, Browser], place: Place, language: str) -> Page | None:
    for who in place.who:
        if who not in browsers:
            browsers[who] = Browser(app, scene.office.person_id(LOGINS[who]) if who != VISITOR else None)
            browsers[who].client.environ_base["HTTP_ACCEPT_LANGUAGE"] = language.partition("_")[0]
        answer = browsers[who].client.get(place.address)
        if answer.status_code < REFUSED:
            break
    if answer.content_type.startswith("text/html") and answer.status_code not in ELSEWHERE:
        return Page(answer)
    answer.close()
    return None


def _told(node: Any, language: str, spoken: str) -> Iterator[str]:
    """What is seen or heard in the reader's language; parts that say of themselves that they are in another are left out."""
    spoken = node.get("lang") or spoken
    if node.tag in QUOTED or spoken[:2] != language[:2]:
        return
    yield from (words for words in (node.text, *map(node.get, HEARD)) if words and not words.isspace())
    for child in node.iterchildren("*"):
        yield from _told(child, language, spoken)
        if child.tail and not child.tail.isspace():
            yield child.tail
