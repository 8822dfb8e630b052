"""The form editor's addresses: pieces change, move, come and go; what cannot be taken has its sentence at its place."""

from __future__ import annotations

import json
import re
from typing import Any

from engine.commands.versions.editing import digest_of
from tests.office import Office
from tests.web.conftest import Login
from tests.web.pages import Browser, Page
from tests.web.procedure.test_studio import begun

PATH = "forms/judge_complaint.form"
SCRIPT = "<script>alert(1)</script>"


def content(who: Browser, draft: str, path: str = PATH) -> bytes:
    return who.client.get(f"{draft}/files/{path}").data


def post(who: Browser, draft: str, editor: str = "form", path: str = PATH, **given: Any) -> Page:
    seen = digest_of(content(who, draft, path))
    return who.post(f"{draft}/edit/{editor}", {"file": path, "seen": seen, **given})


def piece(who: Browser, draft: str, ref: str) -> dict[str, Any]:
    pending = json.loads(content(who, draft))["components"]
    while pending:
        part = pending.pop()
        if part["id"] == ref:
            return dict(part)
        pending += part.get("components", [])
    raise AssertionError(ref)


def test_a_piece_says_something_else_and_shows_on_a_condition(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    said = {"label": "性质说明", "label_en": "Why", "help": "", "help_en": "", "required": "1", "show": "when"}
    when = {"field": "validity", "comparison": "is_any", "values": ["invalid", "to_improve"]}

    answer = post(owner, draft, about="piece", element="field_validity_reason", do="change", **said, **when)

    assert answer.status == 303 and answer.location.endswith("&element=field_validity_reason#field_validity_reason")
    changed = piece(owner, draft, "field_validity_reason")
    assert (changed["label"], changed["properties"]["label_en"]) == ("性质说明", "Why")
    assert changed["validate"] == {"maxLength": 2000, "required": True} and "description" not in changed
    assert changed["conditional"] == {"hide": '=not(validity in ("invalid", "to_improve"))'}
    page = owner.get(answer.location).text
    assert "显示条件：" in page and "是其中之一" in page
    assert post(owner, draft, "step", do="undo").status == 303
    assert piece(owner, draft, "field_validity_reason")["label"] == "判断依据"


def test_conditions_are_joined_and_bounds_set_and_both_are_shown_again(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    ref = {"about": "piece", "element": "field_validity_reason", "do": "change", "show": "when"}
    first = {"field": "validity", "comparison": "is", "values": "invalid"}
    second = {"field_2": "severity", "comparison_2": "is_any", "values_2": ["minor", "major"]}

    both = post(owner, draft, **ref, **first, **second, join="any", own_minLength="10", own_maxLength="500")
    page = owner.get(both.location)

    assert piece(owner, draft, "field_validity_reason")["conditional"] == {
        "hide": '=validity != "invalid" and not(severity in ("minor", "major"))'
    }
    assert piece(owner, draft, "field_validity_reason")["validate"] == {"maxLength": 500, "minLength": 10}
    assert "投诉性质 是 “无效” 或者 投诉等级 是其中之一" in " ".join(page.text.split())
    assert page.tree.xpath("//input[@name='join' and @checked]/@value") == ["any"]
    assert page.tree.xpath("//select[@name='field_2']//option[@selected]/@value") == ["severity"]
    assert page.tree.xpath("//select[@name='field_3']")
    for wrong, name, sentence in (
        ({"values_2": ["never"]}, "values_2", "请选或填一个值"),
        ({"own_minLength": "600"}, "own_maxLength", "最小不能大于最大"),
        ({"own_minLength": "0.5"}, "own_minLength", "整数"),
    ):
        given: dict[str, Any] = {**ref, **first, **second, "own_minLength": "1", "own_maxLength": "500", **wrong}
        refused = post(owner, draft, **given)
        place = re.search(rf'id="{name}-error">([^<]*)<', refused.text)
        assert refused.status == 422 and place and sentence in place[1], wrong


def test_the_type_of_a_field_changes_everywhere_or_the_places_that_would_break_are_named(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    before = content(owner, draft, "fields.yaml")

    def typed(key: str, **given: Any) -> Page:
        return post(owner, draft, about="field", element=f"field_{key}", do="field", key=key, **given)

    broken = typed("severity", type="number", sure_type="1")
    unsure = typed("grounds_sufficient", type="boolean")
    assert broken.status == 422 and "读不懂它了" in broken.text and "severity.dmn" in broken.text
    assert unsure.status == 422 and content(owner, draft, "fields.yaml") == before

    assert typed("validity_reason", type="text", max_length="80").status == 303
    assert '"textarea"' in json.dumps(piece(owner, draft, "field_validity_reason"))
    line = next(one for one in content(owner, draft, "fields.yaml").decode().splitlines() if one.startswith("validity_reason:"))
    assert line.startswith("validity_reason: {type: text,") and "max_length: 80}" in line
    assert typed("validity_reason", type="date", sure_type="1").status == 303
    asked = piece(owner, draft, "field_validity_reason")
    assert (asked["type"], asked["subtype"]) == ("datetime", "date")
    assert typed("validity_reason", max_length="no", type="text", sure_type="1").status == 422


def test_a_table_looks_at_a_field_with_one_button_and_one_link_leads_back(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    new = {"new_name": "是否复发", "new_name_en": "Came back", "new_type": "boolean", "what": "new", "do": "add", "about": "add"}
    assert post(owner, draft, inside="group_facts", **new).status == 303

    asked = {"about": "column", "element": "field_came_back", "table": "severity.dmn#severity_rule"}
    added = post(owner, draft, "form/column", key="came_back", **asked)
    again = post(owner, draft, "form/column", key="came_back", **asked)
    personal = post(owner, draft, "form/column", key="subject", **asked)

    assert added.status == 303 and "file=severity.dmn" in added.location
    assert any("judge_complaint.form" in link for link in owner.get(added.location).links("/procedure/drafts/"))
    assert "<text>came_back</text>" in content(owner, draft, "severity.dmn").decode()
    line = next(one for one in content(owner, draft, "fields.yaml").decode().splitlines() if one.startswith("came_back:"))
    assert "keep: true" in line
    assert again.status == 422 and "已经在看“是否复发”" in again.text
    assert personal.status == 422 and "个人信息" in personal.text


def test_a_new_field_comes_into_the_form_and_the_vocabulary_at_once(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    field = {"new_name": "是否复发", "new_name_en": "Came back", "new_type": "choice", "new_keep": "1"}

    answer = post(
        owner,
        draft,
        about="add",
        do="add",
        what="new",
        inside="group_facts",
        new_choices="首次 | First time\n复发 | Again",
        **field,
    )

    assert answer.status == 303 and "element=field_came_back" in answer.location
    assert piece(owner, draft, "field_came_back")["type"] == "radio"
    line = next(one for one in content(owner, draft, "fields.yaml").decode().splitlines() if one.startswith("came_back:"))
    assert "keep: true" in line and "{value: first_time, zh: 首次, en: First time}" in line
    page = owner.client.get(f"{draft}/preview?file={PATH}")
    assert "是否复发" in page.text and "frame-ancestors 'self'" in page.headers["Content-Security-Policy"]
    assert "Came back" in owner.client.get(f"{draft}/preview?file={PATH}&lang=en").text


def test_pieces_move_go_and_come(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)

    assert post(owner, draft, up="group_validity").status == 303
    assert post(owner, draft, do="place", element="field_complex", inside="group_tests").status == 303
    assert post(owner, draft, do="remove", element="guidance_2").status == 303
    assert post(owner, draft, do="add", what="group", group_name="补充", group_name_en="More").status == 303
    assert post(owner, draft, do="add", what="field", key="subject", inside="group_1").status == 303

    groups = json.loads(content(owner, draft))["components"]
    assert [one["id"] for one in groups][:2] == ["group_validity", "group_tests"]
    assert [one["id"] for one in groups[1]["components"]][-1] == "field_complex"
    assert groups[-1]["label"] == "补充" and groups[-1]["components"][0]["key"] == "subject"
    assert "guidance_2" not in content(owner, draft).decode()


def test_what_cannot_be_taken_is_said_where_it_was_typed(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    before = content(owner, draft), content(owner, draft, "fields.yaml")
    change = {"about": "piece", "element": "field_validity_reason", "do": "change", "label": "依据", "label_en": "Grounds"}
    new = {"about": "add", "do": "add", "what": "new", "new_name": "等级", "new_name_en": "Degree", "new_type": "text"}
    tried: list[tuple[dict[str, Any], str, str]] = [
        ({**change, "label": SCRIPT}, "label", "只写文字"),
        ({**change, "help_en": "English alone"}, "help", "也请写中文"),
        ({**change, "show": "feel", "feel": "validity ="}, "feel", "读不懂"),
        ({**change, "show": "feel", "feel": "nobody_knows = 1"}, "feel", "词汇里没有"),
        ({**change, "show": "when", "field": "subject", "comparison": "given"}, "field", "个人信息"),
        ({**change, "show": "when", "field": "validity", "comparison": "is", "values": "gone"}, "values", "请选或填一个值"),
        ({**change, "clause": "S99.9"}, "clause", "没有“S99.9”"),
        ({**new, "new_name": "投诉等级"}, "new_name", "词汇里已有“投诉等级”"),
        ({**new, "new_key": "severity"}, "new_name", "词汇里已有“投诉等级”"),
        ({**new, "new_key": "1x"}, "new_key", "小写英文"),
        ({**new, "new_type": ""}, "new_type", "请选一个类型"),
        ({**new, "new_type": "choice"}, "new_choices", "请写选项"),
        ({**new, "new_type": "choice", "new_choices": "甲 | A\n乙 | A"}, "new_choices", "写了两次"),
        ({**new, "what": "field", "key": "nothing"}, "key", "请选一个字段"),
        ({**new, "what": "group", "group_name": SCRIPT, "group_name_en": "x"}, "group_name", "只写文字"),
        ({**new, "what": "words", "words": "", "words_en": ""}, "words", "请写中文；英文可以以后补"),
    ]

    for given, name, sentence in tried:
        answer = post(owner, draft, **given)
        place = re.search(rf'id="{name}-error">([^<]*)<', answer.text)

        assert answer.status == 422, given
        assert place and sentence in place[1], (given, place)
        assert SCRIPT not in answer.text
    assert (content(owner, draft), content(owner, draft, "fields.yaml")) == before


def test_a_new_form_is_begun_once(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)

    made = post(owner, draft, "form/new", about="new_form", name="check_meter")
    again = post(owner, draft, "form/new", about="new_form", name="check_meter")

    assert made.status == 303 and "forms/check_meter.form" in made.location
    assert again.status == 422 and "已有同名的表单" in again.text
    assert json.loads(content(owner, draft, "forms/check_meter.form"))["id"] == "check_meter"


def test_a_page_that_is_behind_says_so(login: Login, office: Office) -> None:
    owner, admin = login("owner"), login("admin")
    draft = begun(owner)
    given = {"file": PATH, "up": "group_validity"}

    behind = owner.post(f"{draft}/edit/form", {**given, "seen": digest_of(b"old")})
    other = admin.post(f"{draft}/edit/form", {**given, "seen": digest_of(content(owner, draft))})

    assert behind.status == 409 and "在别处改过" in behind.text
    assert other.status == 409 and "正在修改这份草稿" in other.text and 'name="take_over"' in other.text


def test_a_form_that_is_used_stays_and_another_goes_and_comes_back(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    used = post(owner, draft, "form/remove", about="delete")
    assert used.status == 422 and "这张表单还在用" in used.text
    assert any("complaint.bpmn" in link for link in used.links("/procedure/drafts/"))

    spare, story = "forms/check_meter.form", "scenarios/national_day.yaml"
    post(owner, draft, "form/new", about="new_form", name="check_meter")
    for path, editor in ((spare, "form"), (story, "story")):
        was = content(owner, draft, path)
        gone = post(owner, draft, f"{editor}/remove", path, sure="1")
        assert gone.status == 303 and "已删去" in owner.get(gone.location).text
        assert owner.get(f"{draft}/files/{path}").status == 404
        back = owner.post(f"{draft}/edit/step", {"file": path, "seen": "", "do": "undo"})
        assert back.status == 303 and content(owner, draft, path) == was

    undone = post(owner, draft, "step", spare, do="undo")
    assert "重做" in owner.get(undone.location).text


def test_a_new_question_needs_no_english_and_no_name_of_its_own(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    new = {"about": "add", "do": "add", "what": "new", "new_name_en": "", "new_type": "choice", "new_choices": "可行\n不可行"}

    statuses = [post(owner, draft, **new, new_name=name).status for name in ("方案可行吗", "预算够吗", "")]

    written = content(owner, draft, "fields.yaml").decode()
    assert statuses == [303, 303, 422]
    assert all(part in written for part in ("question_1:", "方案可行吗", "question_2:", "预算够吗", "choice_2"))
