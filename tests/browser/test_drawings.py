"""Every drawing that is shipped opens in a plain viewer without a warning."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

REPOSITORY = Path(__file__).parents[2]
VIEWER = REPOSITORY / "webforms/frontend/node_modules/bpmn-js/dist/bpmn-viewer.production.min.js"
OPEN = """async xml => {
  const viewer = new BpmnJS({ container: document.body });
  const { warnings } = await viewer.importXML(xml);
  const drawn = viewer.get('elementRegistry').getAll().length;
  viewer.destroy();
  return { drawn, warnings: warnings.map(String) };
}"""


@pytest.fixture(scope="module")
def viewer(chromium: Browser) -> Iterator[Page]:
    """A page with the viewer as its makers publish it."""
    context = chromium.new_context(viewport={"width": 1640, "height": 1200})
    page = context.new_page()
    page.set_content("<!doctype html><body style='height: 1200px'>")
    page.add_script_tag(path=str(VIEWER))
    yield page
    context.close()


DRAWINGS = sorted(REPOSITORY.glob("processes/*/*.bpmn"))


@pytest.mark.parametrize("file", DRAWINGS, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_drawing_opens_without_a_warning(viewer: Page, file: Path) -> None:
    opened = viewer.evaluate(OPEN, file.read_text(encoding="utf-8"))

    assert opened["warnings"] == [] and opened["drawn"] > 3
