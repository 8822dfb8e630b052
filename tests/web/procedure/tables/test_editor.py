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
    return [found.text for found in page.tree.xpath(f"//*[@id='row-closer_rule_row_{row}']//dd")]


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
