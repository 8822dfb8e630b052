"""What the stories of the diagram's editor have in common: beginning a draft, opening a diagram, picking an element."""

from __future__ import annotations

from playwright.sync_api import Page, expect

#: A first check tries the whole procedure, which takes long on a busy machine.
BUSY = 30_000


def begun(page: Page, language: str = "zh-CN") -> str:
    """Begin a draft of the complaint procedure in that language; the address of its studio."""
    if not (page.locator("html").get_attribute("lang") or "").startswith(language[:2]):
        page.locator(".rd-menu summary").click()
        page.get_by_role("button", name="English").click()
    page.goto("/procedure/complaint/versions")
    page.locator("form[action$='/drafts/new'] button").click()
    ready(page)
    return page.url.partition("?")[0]


def ready(page: Page) -> None:
    """The drawing stands."""
    expect(page.locator("[data-rd-studio]")).to_have_attribute("data-ready", "yes", timeout=BUSY)


def opened(page: Page, diagram: str, element: str = "") -> None:
    """Open a diagram of the draft in the address, with an element selected."""
    draft = page.url.partition("?")[0]
    page.goto(f"{draft}?file={diagram}.bpmn&element={element}")
    ready(page)


def picked(page: Page, element: str) -> None:
    """Select an element as the address does, by what the search finds."""
    page.locator("[data-rd-do=find]").click()
    sought = page.locator(".djs-search-input input")
    sought.fill(element[:-1])
    # The search looks when a key is let go.
    sought.press_sequentially(element[-1])
    expect(page.locator(".djs-search-result").first).to_contain_text(element)
    page.keyboard.press("Enter")
    expect(page.locator("[data-rd-panel] .bio-properties-panel-header")).to_be_visible()


def saved(page: Page) -> None:
    """What was drawn has reached the server."""
    page.locator("[data-rd-do=save]").click()
    expect(page.locator("[data-rd-status]")).to_have_attribute("data-state", "saved", timeout=BUSY)


def file_of(page: Page) -> bytes:
    """The opened file as it stands on the server."""
    address = page.locator("[data-rd-studio]").get_attribute("data-src") or ""
    return page.request.get(address).body()
