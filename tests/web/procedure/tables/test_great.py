"""A table of two thousand rows comes page by page; each place of it is found, and a saved row changes nothing else."""

from __future__ import annotations

import re

import pytest

from engine.commands.versions import SaveFile
from engine.commands.versions.editing import digest_of
from tests.office import Office
from tests.web.conftest import Login
from tests.web.pages import Page
from tests.web.procedure.tables.test_editor import ROW, TABLE
from tests.web.procedure.test_studio import begun

MANY, AT_ONCE = 2_000, 100
#: A page holds less than this, whatever the table holds.
MOST_BYTES = 1_000_000


@pytest.fixture
def great(login: Login, office: Office) -> str:
    """A draft whose table has two thousand rows between the second and the last, one of them unlike the others."""
    owner = login("owner")
    draft = begun(owner)
    content = owner.client.get(f"{draft}/files/{TABLE}").data
    row = ROW.search(content)
    assert row is not None
    more = (re.sub(rb'id="([^"]+)"', rb'id="\1_%d"' % number, row[0]) for number in range(MANY - 3))
    added = b"".join(part.replace(b"important", b"unheard_of") if at == 1_500 else part for at, part in enumerate(more))
    wanted = content.replace(row[0], row[0] + added).replace(b'hitPolicy="UNIQUE"', b'hitPolicy="FIRST"')
    office.execute(SaveFile(draft.rpartition("/")[2], TABLE, wanted, digest_of(content)), "owner")
    return draft


def numbers(page: Page) -> list[int]:
    """Which rows stand on a page."""
    return [int(one.rpartition("-")[2]) for one in page.tree.xpath("//li[contains(@class, 'rd-row')]/@id")]


def test_a_great_table_comes_by_the_page_and_a_saved_row_changes_nothing_else(login: Login, great: str) -> None:
    owner, desk = login("owner"), f"{great}/studio?file={TABLE}"
    first = owner.get(desk)
    assert numbers(first) == [*range(1, AT_ONCE + 1)] and len(first.response.data) < MOST_BYTES
    assert f"第 1–100 行，共 {MANY} 行" in first.text
    (onward,) = [link for link in first.links(f"{great}/studio") if "rows=" in link]
    second = owner.get(onward.partition("#")[0])
    assert numbers(second) == [*range(AT_ONCE + 1, 2 * AT_ONCE + 1)]
    last = owner.get(f"{desk}&rows=closer_rule.{MANY}")
    assert numbers(last)[-1] == MANY and last.tree.xpath(f"//li[@id='row-closer_rule-{MANY}']//button[@value='down'][@disabled]")

    found = owner.get(f"{desk}&q=UNHEARD")
    assert numbers(found) == [1_503] and f"{MANY} 行中找到 1 行" in found.text
    assert 1_503 in numbers(owner.get(f"{desk}&element=closer_rule_row_2_1500"))
    told = [link for link in second.links(f"{great}/studio") if "element=closer_rule_row" in link]
    assert told and numbers(owner.get(told[0].partition("#")[0])) == numbers(first), "it speaks of a row on the first page"

    before = owner.client.get(f"{great}/files/{TABLE}").data
    form = found.tree.xpath("//li[@id='row-closer_rule-1503']//form")[0]
    given = {name: value for name, value in form.form_values() if name != "do"}
    saved = owner.post(form.get("action"), {**given, "note": "这一行"})
    assert saved.status == 303 and 1_503 in numbers(owner.get(saved.location.partition("#")[0]))
    after = owner.client.get(f"{great}/files/{TABLE}").data
    changed = [at for at, (old, new) in enumerate(zip(rows(before), rows(after), strict=True), 1) if old != new]
    assert changed == [1_503] and "这一行" in after.decode()


def test_a_great_table_is_drawn_as_a_sheet_for_whoever_asks_for_it(login: Login, great: str) -> None:
    owner, desk = login("owner"), f"{great}/studio?file={TABLE}"
    listed = owner.get(desk)
    assert f"共 {MANY} 行" in listed.text and not listed.tree.xpath("//*[@data-rd-studio]")
    (asked,) = [link for link in listed.links(f"{great}/studio") if "as=table" in link]

    drawn = owner.get(asked)
    assert drawn.tree.xpath("//*[@data-rd-studio]") and "画成一整张要等" not in drawn.text
    assert [link for link in drawn.links(f"{great}/studio") if link.endswith(TABLE.replace("/", "%2F")) or link.endswith(TABLE)]

    small = owner.get(f"{great}/studio?file=severity.dmn")
    assert small.tree.xpath("//*[@data-rd-studio]") and "as=table" not in small.text


def rows(content: bytes) -> list[bytes]:
    """The rows of the table's file."""
    return re.findall(rb"<rule .*?</rule>", content, re.DOTALL)
