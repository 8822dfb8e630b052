"""The owner's handbook followed to the letter: three people do its steps, and find every word that it quotes on the pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Locator, Page, expect

from engine.domain.text import Text
from engine.procedure import Bundle
from engine.procedure.trying import Played
from engine.storage import tables as t
from tests.browser.conftest import Visit
from tests.browser.procedure.signing import BUSY, look
from tests.office import Office

pytestmark = pytest.mark.browser

_LATEST = t.procedure_version.select().where(t.procedure_version.c.procedure_key == "complaint").order_by(sa.desc("number"))
MOST_STEPS = 25
HEADING = re.compile(r"^## .*?(?:（\S+ (?P<name>\S+)）)?$")
STEP = re.compile(r"^(?P<number>\d+)\. (?P<words>.+)$")
ACT = re.compile(r"在「(?P<field>[^」]+)」(?P<how>填|选)「(?P<value>[^」]+)」|(?P<do>点|勾选|看到)「(?P<what>[^」]+)」")
FAILING = Played("scenarios/minor.yaml", "轻微投诉", False, 4, (Text("派单应在 21:10 到期", "Dispatch should be due at 21:10"),))


def steps(handbook: str) -> Iterator[tuple[str, int, str]]:
    """Each step with who does it and its number."""
    name = ""
    for line in handbook.splitlines():
        if line.startswith("## "):
            found = HEADING.match(line)
            name = (found and found["name"]) or name
        elif step := STEP.match(line):
            yield name, int(step["number"]), step["words"]


def named(page: Page, words: str) -> Locator:
    """What can be pressed under that name: exactly so, else beginning with it."""
    for exact in (True, False):
        found = page.get_by_role("link", name=words, exact=exact).or_(page.get_by_role("button", name=words, exact=exact))
        shown = found.or_(page.locator("summary", has_text=words)).locator("visible=true")
        if shown.count():
            break
    return shown.first


def do(page: Page, act: re.Match[str]) -> None:
    """One act of a step; whatever it names has to be there."""
    if act["field"]:
        field = page.get_by_label(act["field"], exact=True).or_(page.get_by_placeholder(act["field"], exact=True))
        field = field.or_(page.get_by_label(re.compile(f"^{re.escape(act['field'])}"))).first
        field.select_option(label=act["value"]) if act["how"] == "选" else field.fill(act["value"])
    elif act["do"] == "看到":
        expect(page.get_by_text(act["what"]).locator("visible=true").first).to_be_visible(timeout=BUSY)
    elif act["do"] == "勾选":
        box = page.get_by_label(act["what"], exact=True).or_(
            page.get_by_label(re.compile(rf"^\s*{re.escape(act['what'])}(\s|$)"))
        )
        box.first.check()
    else:
        expect(named(page, act["what"])).to_be_visible(timeout=BUSY)
        named(page, act["what"]).click()
        page.wait_for_load_state()


def test_the_handbook_is_followed_step_by_step(visit: Visit, office: Office, repository: Path) -> None:
    def one_fails(_bundle: Bundle) -> tuple[Played, ...]:
        return (FAILING,)

    office.application.stories = one_fails
    told = list(steps((repository / "docs" / "handbook.zh.md").read_text("utf-8")))
    assert [number for _, number, _ in told] == list(range(1, len(told) + 1)) and len(told) <= MOST_STEPS
    pages: dict[str, Page] = {}

    for name, _number, words in told:
        page = pages.get(name) or pages.setdefault(name, visit(name))
        for act in ACT.finditer(words):
            do(page, act)
        look(page)

    assert list(pages) == ["曹颖", "高翔", "罗建平"]
    row = office.rows(_LATEST)[0]
    assert row["number"] == 2 and row["published_at"] == office.clock.now() < row["effective_at"]
