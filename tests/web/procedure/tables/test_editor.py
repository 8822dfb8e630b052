"""The page of a decision table: its rows in words, what its columns may be about, and findings that name rows and cells."""

from __future__ import annotations

import json
import re
from typing import Any

from engine.commands.versions.editing import digest_of
from tests.office import Office
from tests.web.conftest import Login
from tests.web.pages import Browser, Page
from tests.web.procedure.test_studio import begun

TABLE = "closers.dmn"
ROW = re.compile(rb'      <rule id="closer_rule_row_2".*?</rule>\n', re.DOTALL)


def catalogue_of(text: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="studio-catalogue">(.*?)</script>', text, re.DOTALL)
    assert found is not None
    return dict(json.loads(found[1]))


def words_of(page: Page, row: int) -> list[str]:
    """What a row asks and answers, as the page says it."""
    return [found.text for found in page.tree.xpath(f"//*[@id='row-closer_rule-{row}']//dd")]


def edited(owner: Browser, draft: str, old: bytes, new: bytes) -> list[dict[str, Any]]:
    """Save the table with one text replaced, and ask what the check finds in it."""
    content = owner.client.get(f"{draft}/files/{TABLE}").data
    assert old in content
    headers = {"X-CSRFToken": owner.token(), "If-Match": f'"{digest_of(content)}"'}
    body = content.replace(old, new, 1)
    assert owner.client.post(f"{draft}/files/{TABLE}", data=body, headers=headers).status_code == 200
    found = owner.client.get(f"{draft}/findings?first=1&file={TABLE}").json["findings"]
    return [one for one in found if one["here"]]


def test_a_table_can_be_read_in_words(login: Login, office: Office) -> None:
    owner = login("owner")
    page = owner.get(f"{begun(owner)}/studio?file={TABLE}")

    assert [words_of(page, n) for n in (1, 2, 3)] == [["轻微", "客户主任"], ["重要", "主管经理"], ["重大", "总经理"]]
    columns = {one["value"]: one for one in catalogue_of(page.text)["fields"]}
    assert {"value": "major", "label": "重大"} in columns["severity"]["choices"]
    assert {"value": "general_manager", "label": "总经理"} in columns["closer_role"]["choices"]


def test_a_gap_offers_its_row_and_an_overlap_names_both(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    row = ROW.search(owner.client.get(f"{draft}/files/{TABLE}").data)
    assert row is not None

    (gap,) = edited(owner, draft, row[0], b"")
    assert (gap["rule"], gap["element"], gap["offer"]) == ("table-gap", "closer_rule", ['"important"'])

    (overlap,) = edited(owner, draft, b'<text>"major"</text>', b'<text>"minor", "important", "major"</text>')
    assert (overlap["element"], overlap["about"]) == ("closer_rule_row_1", ["closer_rule_row_3"])


def test_a_cell_that_cannot_be_read_is_named(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)

    found = edited(owner, draft, b'<text>"major"</text>', b'<text>"major</text>')

    assert [one["element"] for one in found if one["rule"] == "decision-expression"] == ["closer_rule_row_3_severity"]
    assert words_of(owner.get(f"{draft}/studio?file={TABLE}"), 2) == ["重要", "主管经理"]


def test_rows_change_by_choosing_without_scripts_and_every_change_is_taken_back(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    before = owner.client.get(f"{draft}/files/{TABLE}").data

    def post(do: str, row: int, **given: Any) -> Page:
        seen = digest_of(owner.client.get(f"{draft}/files/{TABLE}").data)
        about = {"file": TABLE, "seen": seen, "about": f"row-closer_rule-{row}", "decision": "closer_rule", "row": str(row)}
        return owner.post(f"{draft}/edit/table", {**about, "do": do, **given})

    def rows() -> list[list[str]]:
        page = owner.get(f"{draft}/studio?file={TABLE}")
        return [words_of(page, number) for number in range(1, 1 + len(page.tree.xpath("//li[contains(@class, 'rd-row')]")))]

    changed = post(
        "row", 2, c0_is="not", c0_v=["minor", "major"], c1='"general_manager"', note="重要的", note_en="Important ones"
    )
    assert changed.status == 303 and changed.location.endswith("#row-closer_rule-2")
    assert rows()[1] == [rows()[1][0], "总经理"] and "轻微" in rows()[1][0]
    assert post("copy", 1).location.endswith("#row-closer_rule-2")
    assert post("down", 2).location.endswith("#row-closer_rule-3")
    assert [row[1] for row in rows()] == ["客户主任", "总经理", "客户主任", "总经理"]
    assert post("new", 4).status == 303 and len(rows()) == 5
    assert post("drop", 5).status == 303 and post("drop", 3).status == 303
    for wrong, name, sentence in (({"c1": '"director'}, "c1", "读不懂"), ({"note": "<b>x</b>"}, "note", "只写文字")):
        refused = post("row", 2, **{"note": "重要的", "note_en": "Important ones", **wrong})
        (fault,) = refused.tree.xpath(f"//*[@id='row-closer_rule-2-{name}-error']")
        assert refused.status == 422 and sentence in fault.text
    assert post("sideways", 2).status == 409

    for _ in range(6):
        seen = digest_of(owner.client.get(f"{draft}/files/{TABLE}").data)
        assert owner.post(f"{draft}/edit/step", {"file": TABLE, "seen": seen, "do": "undo"}).status == 303
    assert owner.client.get(f"{draft}/files/{TABLE}").data == before


def test_columns_and_roles_of_the_limits_stand_by_name(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    owner.post("/language", {"language": "en"})

    page = owner.get(f"{draft}/studio?file=limits.dmn&as=table")

    fields = {one["value"]: one for one in json.loads(page.tree.xpath("string(//script[@id='studio-catalogue'])"))["fields"]}
    assert fields["unit"]["label"] == "Unit" and fields["limit"]["zh"] == "时限"
    assert "Reception, Department head" in page.text
