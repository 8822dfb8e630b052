"""No template speaks by itself: every word that a person reads comes from the wording, a procedure, or what somebody wrote."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.installation import REPOSITORY

FOLDERS = ("webforms/templates", "engine/outbound/documents/templates")
TEMPLATES = sorted(path for folder in FOLDERS for path in (REPOSITORY / folder).rglob("*.html"))
#: Two letters or signs make a word.
SPOKEN = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,}")
COMMENT, EXPRESSION, STATEMENT = re.compile(r"{#.*?#}", re.S), re.compile(r"{{.*?}}", re.S), re.compile(r"{%.*?%}", re.S)
UNSAID = re.compile(r"<(script|style|code|svg)\b.*?</\1>", re.S)
TAG = re.compile(r"<[^>]*>", re.S)
#: A macro that writes attributes into a tag, and the blocks that give a page its class.
ATTRIBUTE, CLASS = re.compile(r"\b[\w-]+=\"[^\"]*\""), re.compile(r"{% block (?:main|shell)_class %}.*?{% endblock %}")
HEARD = re.compile(r"\b(?:aria-label|title|alt|placeholder|data-rd-confirm|data-rd-busy|data-rd-over)=\"([^\"]*)\"")
LITERAL = re.compile(r"\"([^\"]*[\u4e00-\u9fff][^\"]*)\"|'([^']*[\u4e00-\u9fff][^']*)'")
#: Units and marks that are written alike in every language, and the languages' own names.
ALIKE = frozenset({"MB", "kB", "PDF", "Excel", "CSV", "API", "LAN", "QR"})
LANGUAGES = ("中文（简体）", "中文（繁體）", "中文", "English")


def literals(text: str) -> list[str]:
    """The words that stand in a template itself."""
    text = CLASS.sub(" ", COMMENT.sub(" ", text))
    spoken = [found for pair in LITERAL.findall("".join(EXPRESSION.findall(text) + STATEMENT.findall(text))) for found in pair]
    plain = UNSAID.sub(" ", STATEMENT.sub(" ", EXPRESSION.sub(" ", text)))
    read = [*HEARD.findall(plain), ATTRIBUTE.sub(" ", TAG.sub(" ", plain))]
    words = [word for part in read for word in SPOKEN.findall(part.replace("&nbsp;", " ").replace("&times;", " "))]
    return [
        word for word in (*filter(None, spoken), *words) if word not in ALIKE and word not in LANGUAGES and SPOKEN.search(word)
    ]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_template_has_no_words_of_its_own(template: Path) -> None:
    assert literals(template.read_text("utf-8")) == []


def test_words_are_found_wherever_they_stand() -> None:
    found = literals('<p title="Hover">{{ t("a.b") }} 你好</p>{% set x = "中文字" %}<b>plain</b>{# 不算 #}')

    assert found == ["中文字", "Hover", "你好", "plain"]
