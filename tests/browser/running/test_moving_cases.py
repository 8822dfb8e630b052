"""The story of a new version and the cases that are under way: half of them are moved, one cannot be, and they go back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, Visit, words_of
from tests.browser.procedure.signing import in_language, look
from tests.engine.incidents.test_bulk import EIGHT, TWELVE, at_assignment, follows
from tests.engine.incidents.test_migrating import KEY, TASK
from tests.office import Office
from tests.published import publish

pytestmark = pytest.mark.browser
FIRST = "judge_complaint"


def changed(files: dict[str, str]) -> dict[str, str]:
    """Eight hours where there were twelve, and another task at the beginning."""
    assert TWELVE in files["limits.dmn"] and f'"{FIRST}"' in files["complaint.bpmn"]
    return {
        "limits.dmn": files["limits.dmn"].replace(TWELVE, EIGHT, 1),
        "complaint.bpmn": files["complaint.bpmn"].replace(f'"{FIRST}"', f'"{FIRST}_anew"'),
    }


def look_at_both(page: Page, size: tuple[int, int]) -> None:
    """As ``look``, and at the other size nothing is wider than the window either, nor are words cut off."""
    look(page)
    other = PHONE if size == DESK else DESK
    page.set_viewport_size({"width": other[0], "height": other[1]})
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), (page.url, other)
    page.set_viewport_size({"width": size[0], "height": size[1]})


@pytest.mark.parametrize(("language", "size"), [("zh-CN", DESK), ("en-US", PHONE)], ids=["zh", "en"])
def test_half_of_the_cases_are_moved_and_go_back(visit: Visit, office: Office, language: str, size: tuple[int, int]) -> None:
    said = words_of(language)
    stays, moves = at_assignment(office, 2)
    stuck = office.register()
    due = moves.run("dispatch")["due_at"]
    publish(office.application, KEY, changed)
    page = in_language(visit("曹颖", language=language, size=size), language)

    page.goto(f"/procedure/{KEY}/versions/2")
    page.get_by_role("link", name=said("migration.link")).click()
    expect(page.get_by_role("row", name=stuck.number)).to_contain_text(said("migration.cannot"))
    expect(page.get_by_role("row", name=moves.number)).to_contain_text(said("migration.no_dues"))
    look_at_both(page, size)
    page.get_by_role("link", name=said("migration.timers.recompute"), exact=True).click()
    expect(page.get_by_role("row", name=moves.number)).to_contain_text("→")
    page.get_by_role("row", name=moves.number).get_by_role("checkbox").check()
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name=said("migration.move")).click()
    expect(page.locator("#reason-error")).to_be_visible()
    look_at_both(page, size)
    page.get_by_label(said("migration.reason")).fill("派单改快")
    page.get_by_role("button", name=said("migration.move")).click()

    expect(page.get_by_role("heading", level=1)).to_have_text(said("migration.receipt"))
    assert [follows(office, case) for case in (stays, moves, stuck)] == [1, 2, 1]
    assert moves.run("dispatch")["due_at"] < due == stays.run("dispatch")["due_at"]
    look_at_both(page, size)

    page.get_by_role("row", name=moves.number).get_by_role("checkbox").check()
    page.get_by_label(said("migration.back_reason")).fill("还是按原来的")
    page.get_by_role("button", name=said("migration.back"), exact=False).click()
    expect(page.get_by_role("row", name=moves.number)).to_contain_text(said("migration.state.back"))
    look_at_both(page, size)
    assert follows(office, moves) == 1 and moves.item(TASK)["due_at"] == due
