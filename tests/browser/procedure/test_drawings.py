"""Every drawing that is shipped opens in a plain viewer without a warning; a table saved by a plain editor is the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from engine.procedure.exchange.canonical import canonical_file

REPOSITORY = Path(__file__).parents[3]
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


EDITOR = REPOSITORY / "webforms/frontend/node_modules/dmn-js/dist/dmn-modeler.production.min.js"
SAVED = """async xml => {
  const editor = new DmnJS({ container: document.body });
  const { warnings } = await editor.importXML(xml);
  const saved = await editor.saveXML({ format: true });
  editor.destroy();
  return { xml: saved.xml, warnings: warnings.map(String) };
}"""


def test_a_table_saved_by_a_plain_editor_is_the_same_file(chromium: Browser) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.set_content("<!doctype html><body style='height: 900px'>")
    page.add_script_tag(path=str(EDITOR))

    for file in sorted(REPOSITORY.glob("processes/*/*.dmn")):
        written = file.read_bytes()
        saved = page.evaluate(SAVED, written.decode())
        assert saved["warnings"] == [], file
        assert canonical_file(file.name, saved["xml"].encode()) == written and written.count(b"redress:en=") > 0, file
    context.close()
