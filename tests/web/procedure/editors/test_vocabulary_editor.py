"""The vocabulary's addresses: names and choices change, what is used is not taken away, and where it is used is said."""

from __future__ import annotations

import re
from typing import Any

import yaml

from engine.commands.versions.editing import digest_of
from tests.office import Office
from tests.web.conftest import Login
from tests.web.pages import Browser, Page
from tests.web.procedure.test_studio import begun

PATH = "fields.yaml"


def fields(who: Browser, draft: str) -> bytes:
    return who.client.get(f"{draft}/files/{PATH}").data


def post(who: Browser, draft: str, **given: Any) -> Page:
    return who.post(f"{draft}/edit/vocabulary", {"file": PATH, "seen": digest_of(fields(who, draft)), **given})


def as_it_is(who: Browser, draft: str, key: str) -> dict[str, Any]:
    """What the opened field's form holds when it is served."""
    page = who.get(f"{draft}/studio?file={PATH}&element={key}")
    form = page.tree.xpath(f"//li[@id='{key}']//form[.//input[@name='do'][@value='change']]")[0]
    found: dict[str, list[str]] = {}
    for control in form.xpath(".//input[@name]|.//textarea[@name]"):
        ticks = control.get("type") == "checkbox"
        if not ticks or control.get("checked") is not None:
            found.setdefault(control.get("name"), []).append(
                control.get("value", "1") if control.tag == "input" else control.text or ""
            )
    return {**found, "do": "change"}


def test_a_field_is_renamed_and_its_choices_grow_and_nothing_else_of_the_file_changes(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    before = fields(owner, draft).decode()
    given = as_it_is(owner, draft, "impact")
    given["name"], given["choice"][4], given["choice_en"][4] = ["影响范围"], "影响两个小区", "Two estates"

    assert post(owner, draft, **given).status == 303

    after = fields(owner, draft).decode()
    entry = yaml.safe_load(after)["impact"]
    assert entry["zh"] == "影响范围" and entry["choices"][-1] == {
        "value": "two_estates",
        "zh": "影响两个小区",
        "en": "Two estates",
    }
    assert [line for line in after.splitlines() if line.startswith("#")] == [
        line for line in before.splitlines() if line.startswith("#")
    ]
    assert {**yaml.safe_load(after), "impact": 0} == {**yaml.safe_load(before), "impact": 0}


def test_saving_a_field_as_it_is_changes_nothing(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    before = fields(owner, draft)

    for key in ("channel", "subject", "demands", "category"):
        assert post(owner, draft, **as_it_is(owner, draft, key)).status == 303

    assert fields(owner, draft) == before


def test_what_is_used_is_not_taken_away_and_its_places_are_links(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    before = fields(owner, draft)

    refused = post(owner, draft, element="severity", do="remove", about="remove")
    given = as_it_is(owner, draft, "severity")
    unsure = post(owner, draft, **given, gone=["major"])

    assert refused.status == 422 and re.search(r"还在用，不能删去：见下面列出的 \d+ 处", refused.text)
    assert any("severity.dmn" in link for link in refused.links("/procedure/drafts/"))
    assert any("forms%2F" in link or "forms/" in link for link in refused.links("/procedure/drafts/"))
    assert unsure.status == 422 and "还用在" in unsure.text and 'name="sure"' in unsure.text
    assert fields(owner, draft) == before

    assert post(owner, draft, **given, gone=["major"], sure="1").status == 303
    assert "major" not in {one["value"] for one in yaml.safe_load(fields(owner, draft))["severity"]["choices"]}


def test_a_new_field_can_go_again(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    before = fields(owner, draft)
    new = {"do": "add", "about": "add", "new_name": "电表读数", "new_name_en": "Meter reading", "new_type": "number"}

    assert post(owner, draft, **new).location.endswith("#meter_reading")
    assert "电表读数" in owner.get(f"{draft}/studio?file={PATH}&q=meter").text
    again = post(owner, draft, **new)
    assert again.status == 422 and "词汇里已有“电表读数”" in again.text
    assert post(owner, draft, element="meter_reading", do="remove").status == 303
    assert fields(owner, draft) == before


def test_bad_names_and_choices_get_their_sentence(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    before, given = fields(owner, draft), as_it_is(owner, draft, "impact")
    tried: list[tuple[dict[str, Any], str]] = [
        ({"name": "<b>x</b>"}, "只写文字"),
        ({"name": ""}, "请写中文"),
        ({"help": "", "help_en": "English alone"}, "也请写中文"),
        ({"choice": ["影响一户", "影响一户", "", "", "", ""]}, "写了两次"),
        ({"choice": ["影响一户", "", "整栋", "小区", "", ""]}, "每个选项都要写中文"),
        ({"choice": ["<script>", "多户", "整栋", "小区", "", ""]}, "只写文字"),
        ({"gone": given["choice_value"][:4], "sure": "1"}, "至少留一个选项"),
    ]

    for wrong, sentence in tried:
        answer = post(owner, draft, **{**given, **wrong})
        assert answer.status == 422 and any(sentence in one for one in answer.errors), (wrong, answer.errors)
    assert fields(owner, draft) == before
