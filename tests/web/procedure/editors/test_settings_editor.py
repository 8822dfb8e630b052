"""Settings and papers: their words change in both languages, names are added, and all the rest of the file stays."""

from __future__ import annotations

import re

import yaml

from tests.office import Office
from tests.web.conftest import Login
from tests.web.procedure.editors.test_story_editor import begun, content, post

SETTINGS, PAPERS = "procedure.yaml", "documents.yaml"


def test_words_of_the_settings_change_where_they_stand(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    before = content(owner, draft, SETTINGS).decode()
    paths, zh, en = ["roles/reception", "roles/supervisor"], ["前台", "客户主任"], ["Front desk", "Customer-service supervisor"]

    answer = post(owner, draft, "settings", SETTINGS, do="change", element="roles", path=paths, zh=zh, en=en)

    assert answer.status == 303 and answer.location.endswith("#roles")
    after = content(owner, draft, SETTINGS).decode()
    assert after == before.replace("{zh: 接待, en: Reception,", "{zh: 前台, en: Front desk,")


def test_words_stand_under_the_names_of_what_says_them(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)

    for language, action, block, choice in (
        ("zh", "标为紧急 · 办理前的说明", "第 2 段 · 正文", "第 6 段 · 写法 · 满足"),
        ("en", "Flag as urgent · words before it", "part 2 · text", "part 6 · words for it · Granted"),
    ):
        owner.post("/language", {"language": "en" if language == "en" else "zh_Hans"})
        heads = [
            head.text_content().strip()
            for path, section in ((SETTINGS, "actions"), (PAPERS, "reply_letter"))
            for head in owner.get(f"{draft}/studio?file={path}&element={section}").tree.xpath(f"//li[@id='{section}']//tbody//th")
        ]
        assert {action, block, choice} <= set(heads)
        assert not [head for head in heads if re.search(r"[a-z]_[a-z]", head) or (language == "zh" and re.search("[a-z]", head))]


def test_a_new_role_and_a_new_limit_are_named(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    role = {"name": "法务", "name_en": "Legal adviser", "scope": "company"}

    assert post(owner, draft, "settings", SETTINGS, do="add", element="roles", **role).status == 303
    assert (
        post(owner, draft, "settings", SETTINGS, do="add", element="limits", name="法务意见", name_en="Legal opinion").status
        == 303
    )

    data = yaml.safe_load(content(owner, draft, SETTINGS))
    assert data["roles"]["legal_adviser"] == {"zh": "法务", "en": "Legal adviser", "scope": "company"}
    assert data["limits"]["legal_opinion"] == {"zh": "法务意见", "en": "Legal opinion"}
    for section, wrong, sentence in (
        ("roles", role, "已有内部名称"),
        ("roles", {**role, "key": "other", "scope": "moon"}, "请选范围"),
        ("roles", {**role, "name": "<i>x</i>", "key": "other"}, "只写文字"),
    ):
        refused = post(owner, draft, "settings", SETTINGS, about="name", do="add", element=section, **wrong)
        assert refused.status == 422 and any(sentence in one for one in refused.errors), (wrong, refused.errors)
    assert post(owner, draft, "settings", SETTINGS, do="add", element="calendar", **role).status == 422


def test_the_words_of_a_paper_change_and_what_is_wrong_stands_at_its_cell(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    before = content(owner, draft, PAPERS).decode()
    page = owner.get(f"{draft}/studio?file={PAPERS}&element=reply_letter")
    paths = page.tree.xpath("//li[@id='reply_letter']//input[@name='path']/@value")
    words = [
        [cell.text.removeprefix("\n") for cell in page.tree.xpath(f"//li[@id='reply_letter']//textarea[@name='{one}']")]
        for one in ("zh", "en")
    ]
    given = {"do": "change", "about": "words", "element": "reply_letter", "path": paths}

    assert post(owner, draft, "settings", PAPERS, **given, zh=words[0], en=words[1]).status == 303
    assert content(owner, draft, PAPERS).decode() == before

    changed = ["答复函", *words[0][1:]]
    assert post(owner, draft, "settings", PAPERS, **given, zh=changed, en=words[1]).status == 303
    assert content(owner, draft, PAPERS).decode() == before.replace("  zh: 关于投诉处理结果的答复", "  zh: 答复函", 1)
    refused = post(owner, draft, "settings", PAPERS, **given, zh=["", *words[0][1:]], en=["<script>", *words[1][1:]])
    assert refused.status == 422 and 'id="reply_letter.zh-error"' in refused.text and 'id="reply_letter.en-error"' in refused.text
