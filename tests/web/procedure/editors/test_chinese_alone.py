"""An owner who writes Chinese alone names whatever an owner names: all is kept, the check says what has no English yet."""

from __future__ import annotations

import json
from typing import Any

import yaml

from tests.office import Office
from tests.web.conftest import Login
from tests.web.procedure.editors.test_story_editor import begun, content, post

SETTINGS, CLAUSES, FIELDS, FORM, LIMITS = (
    "procedure.yaml", "clauses.yaml", "fields.yaml", "forms/judge_complaint.form", "limits.dmn",
)  # fmt: skip
ROW = {"row": "11", "note": "前台十二小时内派单", "note_en": "", "do": "change"}
#: Editor, file, what is posted, and the rule that tells of it.
NAMED: list[tuple[str, str, dict[str, Any], str]] = [
    ("settings", SETTINGS, {"do": "add", "element": "roles", "name": "法务", "scope": "company"}, "manifest-english"),
    ("settings", SETTINGS, {"do": "add", "element": "moments", "name": "法务收到"}, "manifest-english"),
    ("settings", SETTINGS, {"do": "change", "path": ["facts/contact_count"], "zh": ["来过几次"], "en": [""]}, "manifest-english"),
    ("clauses", CLAUSES, {"do": "add", "number": "S9.1", "words": "法务看过", "open": "明年再办"}, "clause-english"),
    ("vocabulary", FIELDS, {"do": "add", "new_name": "诉讼", "new_type": "choice", "new_choices": "有\n没有"}, "field-english"),
    ("form", FORM, {"do": "add", "what": "group", "inside": "", "group_name": "法务意见"}, "form-english"),
    ("form", FORM, {"do": "add", "what": "words", "inside": "", "words": "先看合同"}, "form-english"),
    ("form", FORM, {"do": "add", "what": "new", "inside": "", "new_name": "法务怎么看", "new_type": "text"}, "field-english"),
    ("limits", LIMITS, ROW, "row-english"),
    ("settings", "documents.yaml", {"do": "change", "path": ["slip"], "zh": ["回执"], "en": [""]}, ""),
]


def test_everything_is_named_in_chinese_alone_and_told(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    found = {}

    for editor, file, given, rule in NAMED:
        assert post(owner, draft, editor, file, **given).status == 303, given
        looked_at = FIELDS if rule == "field-english" else file
        told = owner.client.get(f"{draft}/findings?file={looked_at}&first=1").json["findings"]
        found |= {one["text"]: one for one in told}
        assert not rule or any(one["rule"] == rule and one["level"] == "warning" for one in told), (given, told)
    form = owner.post(f"{draft}/edit/form/new")
    story = owner.post(f"{draft}/edit/story/new", {"name": "新的一个", "file": ""})

    settings, fields = (yaml.safe_load(content(owner, draft, file)) for file in (SETTINGS, FIELDS))
    assert settings["roles"]["role_1"] == {"zh": "法务", "scope": "company"} and settings["moments"]["moment_1"] == {
        "zh": "法务收到"
    }
    assert yaml.safe_load(content(owner, draft, CLAUSES))["S9.1"] == {"zh": "法务看过", "open": {"zh": "明年再办"}}
    assert fields["question_1"] == {
        "type": "choice", "zh": "诉讼", "choices": [{"value": "choice_1", "zh": "有"}, {"value": "choice_2", "zh": "没有"}],
    }  # fmt: skip
    parts = json.loads(content(owner, draft, FORM))["components"][-3:]
    assert [(one.get("label") or one["text"], one.get("properties", {})) for one in parts] == [
        ("法务意见", {}), ("先看合同", {"guidance": "true"}), ("法务怎么看", {}),
    ]  # fmt: skip
    assert {"“法务”还没有英文，读英文的人看到的是中文。", "“诉讼”等 3 处还没有英文，读英文的人看到的是中文。"} <= found.keys()
    assert all("请在这里补上英文" in one["mend"] for one in found.values() if "还没有英文" in one["text"])
    assert "forms/form_1.form" in form.location and "scenarios/story_1.yaml" in story.location


def test_who_reads_english_sees_the_chinese_until_somebody_writes_it(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    post(owner, draft, "vocabulary", FIELDS, do="add", new_name="诉讼", new_type="boolean")
    post(owner, draft, "settings", SETTINGS, do="change", path=["title"], zh=["投诉"], en=[""])
    owner.post("/language", {"language": "en"})
    settings = owner.get(f"{draft}/studio?file={SETTINGS}").tree.xpath("//li[@id='title']")[0].text_content()
    assert "投诉" in settings and "1 to look at" in settings
    page = owner.get(f"{draft}/studio?file={FIELDS}&element=question_1")

    box = page.tree.xpath("//li[@id='question_1']//input[@name='name_en']")[0]
    assert (box.get("value"), box.get("placeholder")) == ("", "may follow later") and "has no English yet" in page.text
    assert "诉讼" in " ".join(page.tree.xpath("//li[@id='question_1']//a[@class='rd-outline__name']/text()"))

    post(owner, draft, "vocabulary", FIELDS, do="change", element="question_1", name="诉讼", name_en="Lawsuit", type="boolean")
    told = owner.client.get(f"{draft}/findings?file={FIELDS}&first=1").json["findings"]
    assert yaml.safe_load(content(owner, draft, FIELDS))["question_1"]["en"] == "Lawsuit"
    assert [one["rule"] for one in told] == ["manifest-english"]
