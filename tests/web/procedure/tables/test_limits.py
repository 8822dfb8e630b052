"""The table of limits line by line: changed by choosing, kept at once, refused at the field with what was typed still there."""

from __future__ import annotations

from typing import Any

import pytest

from engine.commands.versions.editing import digest_of
from engine.procedure.decisions import Rule, parse_decisions
from tests.office import Office
from tests.web.conftest import Login
from tests.web.pages import Browser, Page
from tests.web.procedure.test_studio import begun

PATH = "limits.dmn"
#: The row of the front desk's twelve hours.
ROW = 11


class Table:
    """The owner at the table of limits of a new draft."""

    def __init__(self, who: Browser) -> None:
        self.who = who
        self.draft = begun(who)

    @property
    def content(self) -> bytes:
        return bytes(self.who.client.get(f"{self.draft}/files/{PATH}").data)

    def page(self) -> Page:
        return self.who.get(f"{self.draft}/studio?file={PATH}")

    def line(self, row: int = ROW) -> dict[str, Any]:
        """What the line's form would post."""
        form = next(one for one in self.page().tree.forms if one.get("id") == f"line-{row}")
        found = {name: form.fields[name] for name in form.fields if name not in ("do", "csrf_token", None)}
        return {name: value if isinstance(value, str) else list(value or ()) for name, value in found.items()}

    def change(self, row: int = ROW, **given: Any) -> Page:
        return self.who.post(f"{self.draft}/edit/limits", {**self.line(row), "row": str(row), **given})

    def rule(self, row: int = ROW) -> Rule:
        return parse_decisions(self.content, PATH).decisions["limits"].rules[row - 1]


@pytest.fixture
def table(login: Login, office: Office) -> Table:
    return Table(login("owner"))


def test_twelve_hours_become_eight_working_hours_and_nothing_else_changes(table: Table) -> None:
    before = table.content

    answer = table.change(amount="8", unit="working_hours")

    assert answer.status == 303 and answer.location.endswith(f"#line-{ROW}")
    assert table.rule().outputs[:2] == ("8", '"working_hours"')
    changed = before.replace(b"<text>12</text>", b"<text>8</text>")
    place = changed.index(b'<outputEntry id="limits_row_11_out_unit">')
    assert table.content == changed[:place] + changed[place:].replace(b'"hours"', b'"working_hours"', 1)


def test_a_note_that_states_the_old_length_is_told_and_mended_with_a_button(table: Table) -> None:
    assert "说明里写的还是" not in table.page().text

    table.change(amount="8", unit="working_hours")
    behind = " ".join(table.page().tree.xpath(f"//*[@id='line-{ROW}']")[0].text_content().split())
    table.change(do="note")

    assert "说明里写的还是“十二小时”。" in behind
    assert "说明里写的还是" not in table.page().text
    assert table.rule().annotation == "前台八个工作小时内派单；当日和紧急事项不等此时限"
    assert table.rule().outputs[:2] == ("8", '"working_hours"')


def test_every_control_has_a_name_of_its_own_and_lines_say_when_they_hold(table: Table) -> None:
    page = table.page()

    labels = [" ".join(label.text_content().split()) for label in page.tree.xpath("//form[@class='rd-limit']//label[@for]")]
    named = [label for label in labels if "：" in label]

    assert len(named) == len(set(named)) and "派单：数额" in named
    assert {"会同验证（须开发商解决：是）：数额", "二次答复（第 17 行）：单位", "派单：提醒的单位"} <= set(named)
    lines = {row: " ".join(page.tree.xpath(f"//*[@id='line-{row}']")[0].text_content().split()) for row in (1, 16)}
    assert "任何情况" in lines[1] and "投诉方式：来电或来访" in lines[16]


def test_a_line_posted_as_it_stands_changes_nothing(table: Table) -> None:
    before = table.content

    answers = [table.change(row).status for row in (1, 5, 7, 18, 19)]

    assert answers == [303] * 5 and table.content == before


@pytest.mark.parametrize(
    ("given", "name", "sentence"),
    [
        ({"amount": "八小时"}, "amount", "请写一个大于 0 的数"),
        ({"amount": "-3"}, "amount", "请写一个大于 0 的数"),
        ({"amount": "NaN"}, "amount", "请写一个大于 0 的数"),
        ({"amount": "1.5", "unit": "working_days"}, "amount", "请写整数"),
        ({"unit": "fortnights"}, "unit", "请选单位"),
        ({"anchor": "someday"}, "anchor", "请选从何时算起"),
        ({"warn": "12", "warn_unit": "hours"}, "warn", "提醒不能早于开始计时"),
        ({"warn": "soon"}, "warn", "请写提前多久"),
        ({"told_first": "emperor"}, "told_first", "没有“emperor”这个角色"),
        ({"clause": 'S1.23, "'}, "clause", "条款清单里没有"),
        ({"at_least": "1.5"}, "at_least", "整数的分钟"),
        ({"note": "", "note_en": "English alone"}, "note", "也请写中文"),
    ],
)
def test_what_cannot_be_taken_has_its_sentence_and_stays_as_typed(
    table: Table, given: dict[str, str], name: str, sentence: str
) -> None:
    before = table.content

    page = table.change(**given)

    assert page.status == 422 and table.content == before
    (fault,) = page.tree.xpath(f"//*[@id='r{ROW}-{name}-error']")
    assert sentence in fault.text
    if name in ("amount", "warn", "clause", "at_least", "note"):
        assert page.tree.xpath(f"//*[@id='r{ROW}-{name}']/@value") == [given[name]]


def test_a_condition_is_added_and_taken_away_and_every_change_undone(table: Table) -> None:
    before, address = table.content, f"{table.draft}/edit/limits"
    posted = {"file": PATH, "row": str(ROW)}
    table.who.post(address, {**posted, "seen": digest_of(before), "do": "copy"})
    copied = parse_decisions(table.content, PATH).decisions["limits"].rules
    assert copied[ROW].outputs == copied[ROW - 1].outputs and len({rule.id for rule in copied}) == len(copied) == 25

    table.who.post(address, {**posted, "seen": digest_of(table.content), "do": "drop"})
    assert len(parse_decisions(table.content, PATH).decisions["limits"].rules) == 24
    for _ in range(2):
        undone = {"file": PATH, "seen": digest_of(table.content), "do": "undo"}
        assert table.who.post(f"{table.draft}/edit/step", undone).status == 303

    assert table.content == before


def test_a_row_says_where_it_matters_and_what_the_check_finds_in_it(table: Table) -> None:
    broken = table.content.replace(b'<text>"supervisor"</text>', b'<text>"emperor"</text>', 1)
    headers = {"X-CSRFToken": table.who.token(), "If-Match": f'"{digest_of(table.content)}"'}
    table.who.client.post(f"{table.draft}/files/{PATH}", data=broken, headers=headers)

    page = table.page()

    line = page.tree.xpath("//*[@id='line-2']")[0].text_content()
    assert "“emperor”" in line and "现场处置" in line
    assert "“emperor”" not in page.tree.xpath("//*[@id='line-1']")[0].text_content()
    assert "data-rd-studio" in table.who.get(f"{table.draft}/studio?file={PATH}&as=table").text


def test_only_the_line_that_was_looked_at_is_changed(table: Table) -> None:
    stale = table.line()
    table.change(1, amount="4")

    refused = table.who.post(f"{table.draft}/edit/limits", {**stale, "row": str(ROW), "amount": "9"})

    assert refused.status == 409 and "在别处改过" in refused.notices and table.rule().outputs[0] == "12"
    assert "仍按我填的保存" in refused.text
    seen = digest_of(table.content)
    again = table.who.post(f"{table.draft}/edit/limits", {**stale, "row": str(ROW), "amount": "9", "seen": seen})
    assert again.status == 303 and table.rule().outputs[0] == "9"


def test_a_limit_for_a_step_is_added_in_one_place_and_the_check_is_quiet(table: Table) -> None:
    new = {"file": PATH, "do": "add", "about": "new-limit", "name": "复核赔偿", "name_en": "Check of the claim", "amount": "8"}
    new |= {"unit": "working_hours", "anchor": "(before)", "task": "find_cause"}
    address = f"{table.draft}/edit/limits"
    before = len(parse_decisions(table.content, PATH).decisions["limits"].rules)
    touched = (PATH, "procedure.yaml", "investigate.bpmn")
    stood = [table.who.client.get(f"{table.draft}/files/{file}").data for file in touched]

    made = table.who.post(address, {**new, "seen": digest_of(table.content)})

    assert made.status == 303 and made.location.endswith(f"#line-{before + 1}")
    rule = table.rule(before + 1)
    assert (rule.cells[0], rule.outputs[:3]) == ('"check_of_the_claim"', ("8", '"working_hours"', '"check_of_the_claim_since"'))
    line = " ".join(table.who.get(made.location).tree.xpath(f"//*[@id='line-{before + 1}']")[0].text_content().split())
    assert "复核赔偿" in line and "查明原因" in line and "任何情况" in line
    assert [table.who.client.get(f"{table.draft}/findings?file={file}&first=1").json["findings"] for file in touched] == [[]] * 3

    now = [table.who.client.get(f"{table.draft}/files/{file}").data for file in touched]
    for way, wanted in (("undo", stood), ("redo", now)):
        step = {"file": PATH, "seen": digest_of(table.content), "do": way}
        assert table.who.post(f"{table.draft}/edit/step", step).status == 303
        assert [table.who.client.get(f"{table.draft}/files/{file}").data for file in touched] == wanted

    assert "删去这个时限，任务上的也去掉" in table.page().tree.xpath(f"//*[@id='line-{before + 1}']")[0].text_content()
    table.who.post(address, {"file": PATH, "row": str(before + 1), "seen": digest_of(table.content), "do": "drop"})
    assert [table.who.client.get(f"{table.draft}/files/{file}").data for file in touched] == stood


def test_a_limit_that_has_a_name_alone_gets_its_row_by_the_same_name(table: Table) -> None:
    settings = table.who.client.get(f"{table.draft}/files/procedure.yaml").data
    named = {"file": "procedure.yaml", "seen": digest_of(settings), "do": "add", "element": "limits", "name": "复核赔偿"}
    assert table.who.post(f"{table.draft}/edit/settings", named).status == 303
    settings = table.who.client.get(f"{table.draft}/files/procedure.yaml").data
    rules = {one["rule"] for one in table.who.client.get(f"{table.draft}/findings?file=procedure.yaml&first=1").json["findings"]}

    new = {"file": PATH, "do": "add", "name": "复核赔偿", "amount": "8", "unit": "hours", "anchor": "heard_at"}
    made = table.who.post(f"{table.draft}/edit/limits", {**new, "seen": digest_of(table.content)})

    assert rules == {"limit-without-row", "manifest-english"} and made.status == 303
    assert table.rule(25).cells[0] == '"limit_1"'
    assert table.who.client.get(f"{table.draft}/files/procedure.yaml").data == settings


@pytest.mark.parametrize(
    ("given", "name", "sentence"),
    [
        ({"name": ""}, "name", "请写中文；英文可以以后补"),
        ({"name": "派单"}, "name", "已有时限“派单”"),
        ({"amount": "八"}, "amount", "请写一个大于 0 的数"),
        ({"task": ""}, "anchor", "要先选给哪个任务用"),
        ({"anchor": "someday"}, "anchor", "请选从何时算起"),
        ({"task": "nothing"}, "task", "在单子里选一个任务"),
    ],
)
def test_a_limit_that_cannot_be_added_is_told_why_and_nothing_typed_is_lost(
    table: Table, given: dict[str, str], name: str, sentence: str
) -> None:
    new = {"file": PATH, "do": "add", "about": "new-limit", "name": "复核赔偿", "amount": "8", "unit": "working_hours"}
    before = table.content

    new |= {"anchor": "(before)", "task": "find_cause", **given}
    page = table.who.post(f"{table.draft}/edit/limits", {**new, "seen": digest_of(before)})

    assert page.status == 422 and table.content == before
    (fault,) = page.tree.xpath(f"//*[@id='{name}-error']")
    assert sentence in fault.text and page.tree.xpath("//details[@id='new-limit']/@open")
    typed = page.tree.xpath("//details[@id='new-limit']//input[@name='name' or @name='amount']/@value")
    assert typed == [new["name"], new["amount"]]
