"""Clauses, stories and texts of a draft at their addresses: what is said is kept, what cannot be read is said at its place."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from engine.commands.versions.editing import digest_of
from tests.office import Office
from tests.web.conftest import Login
from tests.web.pages import Browser, Page
from tests.web.procedure.test_studio import begun

CLAUSES, STORY = "clauses.yaml", "scenarios/minor.yaml"


def content(who: Browser, draft: str, path: str) -> bytes:
    return who.client.get(f"{draft}/files/{path}").data


def post(who: Browser, draft: str, editor: str, file: str, /, **given: Any) -> Page:
    return who.post(f"{draft}/edit/{editor}", {"file": file, "seen": digest_of(content(who, draft, file)), **given})


def test_clauses_are_worded_added_and_kept_while_anything_carries_them(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    before = content(owner, draft, CLAUSES).decode()
    said = {"words": "一到就记", "words_en": "Record at once"}

    assert post(owner, draft, "clauses", CLAUSES, do="change", element="S0.1", **said).status == 303
    assert post(owner, draft, "clauses", CLAUSES, do="add", number="S9.1", **said).location.endswith("#S9.1")

    after = content(owner, draft, CLAUSES).decode()
    assert yaml.safe_load(after)["S0.1"] == {"zh": "一到就记", "en": "Record at once"}
    assert {*before.splitlines()} - {*after.splitlines()} == {before.splitlines()[1]}
    page = owner.get(f"{draft}/studio?file={CLAUSES}&element=S1.23&only=open").text
    assert "confirm_assignment" in page and "没有落实" in page and 'id="S9.1"' in page
    kept = post(owner, draft, "clauses", CLAUSES, do="remove", element="S1.23", about="remove")
    assert kept.status == 422 and "还有" in " ".join(kept.errors)
    assert post(owner, draft, "clauses", CLAUSES, do="remove", element="S9.1").status == 303


def test_a_clause_that_cannot_be_taken_is_told_why(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    good = {"do": "add", "about": "add", "number": "S9.1", "words": "记", "words_en": "Record"}

    for wrong, sentence in (
        ({"number": "S0.1"}, "已有编号为“S0.1”"),
        ({"number": "S 9"}, "编号只用"),
        ({"words": "<script>x</script>"}, "只写文字"),
        ({"words": ""}, "请写中文"),
        ({"open_en": "later"}, "也请写中文"),
    ):
        answer = post(owner, draft, "clauses", CLAUSES, **{**good, **wrong})
        assert answer.status == 422 and any(sentence in one for one in answer.errors), (wrong, answer.errors)


def test_the_steps_of_a_story_change_come_move_and_go(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    before = yaml.safe_load(content(owner, draft, STORY))
    expected = {"verb": "expect", "expected": ["open", "value", ""], "wanted": ["judge_complaint", "severity: minor", ""]}

    assert post(owner, draft, "story", STORY, do="change", element="4", **expected).status == 303
    assert post(owner, draft, "story", STORY, do="add", after="0", verb="after", span="PT5M").status == 303
    assert post(owner, draft, "story", STORY, down="1").location.endswith("#2")
    assert post(owner, draft, "story", STORY, remove="2").status == 303
    done = {"verb": "complete", "name": "record_complaint", "as": "reception", "values": "subject: 灯坏了\nemergency: false"}
    assert post(owner, draft, "story", STORY, do="change", element="3", **done).status == 303

    story = yaml.safe_load(content(owner, draft, STORY))
    step = {"complete": "record_complaint", "as": "reception", "with": {"subject": "灯坏了", "emergency": False}}
    assert story["story"][2:4] == [step, {"expect": {"open": ["judge_complaint"], "value": {"severity": "minor"}}}]
    assert story["story"][4:] == before["story"][4:] and story["story"][:2] == before["story"][:2]
    assert "记录投诉" in owner.get(f"{draft}/studio?file={STORY}").text


def test_steps_are_chosen_from_what_the_procedure_offers_and_told_in_words(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    before = content(owner, draft, STORY)
    page = owner.get(f"{draft}/studio?file={STORY}&element=4")
    told = " ".join(page.tree.xpath("//li[@id='2' or @id='4']/div")[-1].text_content().split())
    form = page.tree.xpath("//li[@id='4']/form")[0]
    given: dict[str, Any] = {name: form.xpath(f".//*[@name='{name}']/@value") for name in ("wanted",)}
    given["expected"] = form.xpath(".//select[@name='expected']/option[@selected]/@value")
    given |= {"do": "change", "element": "4", "verb": "expect"}

    assert "派单：9月1日 21:10" in told and "转告前台：没有" in told and "T21:10" not in told
    assert "过了 10 分钟" in " ".join(page.tree.xpath("//li[@id='2']")[0].text_content().split())
    assert (
        form.xpath(".//select[@name='pick']//option[@value='told|reception']")
        and post(owner, draft, "story", STORY, **given).status == 303
    )
    assert content(owner, draft, STORY) == before

    assert post(owner, draft, "story", STORY, **given, pick="includes|judge_complaint").status == 303
    assert (
        post(owner, draft, "story", STORY, do="change", element="2", verb="after", span_amount="3", span_unit="days").status
        == 303
    )
    step = {"do": "change", "element": "3", "verb": "complete", "name": "record_complaint", "as": "reception"}
    assert post(owner, draft, "story", STORY, **step, values="subject: 灯坏了", answer="channel: letter").status == 303
    story = yaml.safe_load(content(owner, draft, STORY))["story"]
    assert story[1] == {"after": "P3D"} and story[3]["expect"]["includes"] == ["judge_complaint"]
    assert story[2]["with"] == {"subject": "灯坏了", "channel": "letter"}
    late = post(
        owner, draft, "story", STORY, do="change", element="2", about="step", verb="after", span_amount="soon", span_unit="days"
    )
    assert late.status == 422 and any("再选单位" in one for one in late.errors)


def test_a_step_that_lacks_to_whom_is_asked_for_it_and_found_in_a_file_that_came_without(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    step = {"do": "add", "after": "2", "verb": "delegate", "name": "judge_complaint", "as": "supervisor", "about": "add"}
    asked = post(owner, draft, "story", STORY, **step)
    typed = content(owner, draft, STORY).decode().rstrip() + "\n  - delegate: judge_complaint\n"

    assert post(owner, draft, "text", STORY, text=typed, about="text").status == 303

    last = len(yaml.safe_load(typed)["story"])
    page = owner.get(f"{draft}/studio?file={STORY}&element={last}")
    assert asked.status == 422 and any("角色的代码" in one for one in asked.errors)
    assert "没有写交给谁" in page.tree.xpath(f"//li[@id='{last}']")[0].text_content()
    mended = post(owner, draft, "story", STORY, **{**step, "do": "change", "element": str(last), "to": "manager"})
    assert mended.status == 303 and b"to: manager" in content(owner, draft, STORY)


def test_tables_are_told_by_their_names(login: Login, office: Office) -> None:
    owner = login("owner")

    told = owner.get(f"{begun(owner)}/studio?file=scenarios/severity_poor_service.yaml").tree.xpath("//ol")[0].text_content()

    assert "投诉等级：按规则得出的等级：" in told and "severity_rule" not in told and "{" not in told


@pytest.mark.parametrize(
    ("story", "zh", "en"),
    [
        (
            "fields_acknowledge_dispatch",
            "理由、能够完成的日期（填写：部门答复：",
            "hides Acknowledge the dispatch: Reason, Date that can be met, ",
        ),
        ("routing_charge", "建议的受理部门：财务部", "Department suggested: Finance"),
        ("effect_checked", "检查成效：对照检查、“看事实", 'Check the effect: Compare before and after, "Look at'),
    ],
)
def test_what_a_form_shows_is_told_by_its_words(login: Login, office: Office, story: str, zh: str, en: str) -> None:
    owner = login("owner")
    place = f"{begun(owner)}/studio?file=scenarios/{story}.yaml"

    for language, words in (("zh_Hans", zh), ("en", en)):
        owner.post("/language", {"language": language})
        steps = owner.get(place).tree.xpath("//ol")[0].text_content()
        assert words in steps and not re.search(r"parts|guidance_|[{}]", steps)


def test_a_story_is_played_where_it_is_edited_and_the_failing_step_is_shown(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    short = "scenarios/ladder_calm.yaml"
    count = len(yaml.safe_load(content(owner, draft, short))["story"])

    played = post(owner, draft, "story/play", short)
    held = owner.get(played.location)
    wrong = {"do": "add", "after": str(count), "verb": "expect", "expected": "closed", "wanted": "true"}
    assert post(owner, draft, "story", short, **wrong).status == 303
    failed = owner.get(post(owner, draft, "story/play", short).location)

    assert played.status == 303 and not held.tree.xpath(
        "//li[contains(@class, 'rd-outline__row')]//*[contains(@class, 'rd-notice')]"
    )
    assert held.tree.xpath("//*[@id='played' and contains(@class, 'success')]")
    (row,) = failed.tree.xpath(f"//li[@id='{count + 1}']")
    assert "这一步不符" in row.text_content() and row.xpath(".//*[contains(@class, 'rd-notice--error')]/p")


def test_a_story_is_renamed_and_another_begun(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    head = {"name": "灯坏了", "clauses": "S0.1, S0.2", "starts": "2026-09-02T09:00:00+08:00", "with": "channel: visit"}

    assert post(owner, draft, "story", STORY, do="head", **head).status == 303
    made = post(owner, draft, "story/new", STORY, about="new_story", name="新的一个", file="new_one")

    story = yaml.safe_load(content(owner, draft, STORY))
    assert (story["scenario"], story["clauses"], story["with"]) == ("灯坏了", ["S0.1", "S0.2"], {"channel": "visit"})
    assert made.status == 303 and yaml.safe_load(content(owner, draft, "scenarios/new_one.yaml"))["scenario"] == "新的一个"


def test_what_the_rehearsal_could_not_read_is_refused_at_the_step(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    before = content(owner, draft, STORY)
    step = {"do": "change", "element": "3", "about": "step", "verb": "complete", "name": "record_complaint"}

    for wrong, sentence in (
        ({"name": "nothing_such"}, "“nothing_such”不存在"),
        ({"verb": ""}, "请选这一步做什么"),
        ({"values": "just words"}, "一行写一个"),
        ({"values": "a: ["}, "读不懂"),
        ({"verb": "at", "when": "tomorrow"}, "这样的时刻"),
        ({"verb": "expect", "expected": "clauses", "wanted": "S99.9"}, "没有条款“S99.9”"),
    ):
        answer = post(owner, draft, "story", STORY, **{**step, **wrong})
        assert answer.status == 422 and any(sentence in one for one in answer.errors), (wrong, answer.errors)
    assert content(owner, draft, STORY) == before


def test_a_text_is_checked_as_it_is_typed_and_kept_even_if_it_is_not_right_yet(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    before = content(owner, draft, STORY).decode()
    wrong = before.replace("reach: archive_case", "reach: archive_cases")
    number = wrong[: wrong.index("archive_cases")].count("\n") + 1

    told = post(owner, draft, "text/check", STORY, text=wrong)
    assert told.status == 200 and f"第 {number} 行" in told.text and "archive_cases”不存在" in told.text
    assert content(owner, draft, STORY).decode() == before

    assert post(owner, draft, "text", STORY, text=wrong.replace("\n", "\r\n")).status == 303
    assert content(owner, draft, STORY).decode() == wrong
    assert "archive_cases”不存在" in owner.get(f"{draft}/studio?file={STORY}").text
    paper = post(owner, draft, "text/check", "documents.yaml", text="a: [")
    assert "YAML" in paper.text
