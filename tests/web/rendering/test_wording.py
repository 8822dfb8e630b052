"""Every sentence of the pages exists in both languages, and every one that a page asks for exists."""

from __future__ import annotations

import re
from pathlib import Path

from flask import Flask

from engine.domain.text import Text
from webforms.rendering.filters import prose
from webforms.wording import WORDS

ASKED = re.compile(r"""\bt\(\s*["']([\w.]+)["']\s*[,)]|WORDS\[["']([\w.]+)["']\]|Place\("[\w.]+", "([\w.]+)\"""")
PLACES = re.compile(r"\{(\w+)\}")


def asked(repository: Path) -> set[str]:
    """The keys that templates and code name in full."""
    files = [*(repository / "webforms").rglob("*.py"), *(repository / "webforms" / "templates").rglob("*.html")]
    found = (match for file in files for match in ASKED.finditer(file.read_text("utf-8")))
    return {next(filter(None, match.groups())) for match in found}


def test_every_sentence_asked_for_exists(repository: Path) -> None:
    assert asked(repository) - set(WORDS) == set()


def test_every_sentence_is_written_in_both_languages_with_the_same_places() -> None:
    for key, text in WORDS.items():
        assert text.zh.strip() and text.en.strip(), key
        assert set(PLACES.findall(text.zh)) == set(PLACES.findall(text.en)), key


def test_longer_texts_become_paragraphs_and_lists_and_never_markup(app: Flask) -> None:
    with app.test_request_context("/"):
        made = prose("第一段\n\n- 一\n- **二**\n\n<script>alert(1)</script>")

    assert made == "<p>第一段</p><ul><li>一</li><li><strong>二</strong></li></ul><p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"


def test_a_text_is_said_in_the_readers_language(app: Flask) -> None:
    with app.test_request_context("/", headers={"Accept-Language": "en"}):
        assert prose(Text("中文", "English")) == "<p>English</p>"
