"""Every page can be read by everybody: in both languages, on a desk and a phone, enlarged, by keyboard, in the dark."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Error

from tests.browser.bounded import Stuck
from tests.browser.conftest import DESK, PHONE
from tests.browser.walking import REFUSED, VISITOR, Place, Walker, places, unseen_focus, violations, wider
from tests.office import Office
from tests.web.access.scene import Scene, make
from webforms import create_app
from webforms.access.routes import ROUTES

pytestmark = pytest.mark.browser

#: A desk of 1280 pixels at 200 %.
ENLARGED = (640, 400)
_DESK, _ENLARGED, _PHONE = ({"width": width, "height": height} for width, height in (DESK, ENLARGED, PHONE))
#: Seen in the dark: one page of each kind.
DARK = frozenset({
    "inbox.tab", "record.page", "emergency.page", "task.page", "case_file.overview", "case_file.timeline", "case_file.deadlines",
    "case_file.signatures", "register.book", "dashboard.home", "reports.home", "procedure.versions", "directory.people",
})  # fmt: skip


@pytest.fixture
def app(application: object, address: str) -> Flask:
    """The application that is served, for its addresses and sessions."""
    return create_app(application)  # type: ignore[arg-type]


@pytest.fixture
def scene(app: Flask, office: Office) -> Scene:
    """A case, a proposal, a report, an incident: something at every address."""
    return make(app, office)


@pytest.fixture
def walker(chromium: Browser, app: Flask, scene: Scene, address: str) -> Iterator[Walker]:
    """Somebody at a desk."""
    made = Walker(chromium, app, scene, address, viewport=_DESK)
    yield made
    made.close()


def test_every_page_can_be_read_by_everybody(walker: Walker, app: Flask, scene: Scene) -> None:
    faults: list[object] = []
    everywhere = list(places(app, scene))
    for language, shown in (("zh_Hans", "zh-Hans"), ("en", "en")):
        walker.speak(language)
        titles: dict[str, str] = {}
        for place in everywhere:
            try:
                faults += _look(walker, place, shown, titles)
            except (Stuck, Error) as fault:
                raise AssertionError(f"{shown} {place.address}: {fault}") from fault

    assert not faults, "\n".join(map(str, faults))


def _look(walker: Walker, place: Place, shown: str, titles: dict[str, str]) -> Iterator[object]:
    at = (shown, place.address)
    status, page = walker.open(place)
    if status >= REFUSED and status != place.status:
        yield (*at, "answers", status)
    if page is None or status != place.status:
        return
    page.set_viewport_size(_DESK)
    if place.who != (VISITOR,) and page.locator("html").get_attribute("lang") != shown:
        yield (*at, "lang", page.locator("html").get_attribute("lang"))
    if (headings := page.locator("h1").count()) != 1:
        yield (*at, "h1", headings)
    if place.endpoint in ROUTES and titles.setdefault(page.title(), place.endpoint) != place.endpoint:
        yield (*at, "title", page.title(), titles[page.title()])
    yield from ((*at, "desk", *fault) for fault in violations(page))
    yield from ((*at, "focus", fault) for fault in unseen_focus(page))
    for name, size in (("enlarged", _ENLARGED), ("phone", _PHONE)):
        page.set_viewport_size(size)
        if (out := wider(page)) is not None:
            yield (*at, name, "wider", out)
    if shown == "zh-Hans":
        yield from ((*at, "phone", *fault) for fault in violations(page))


def test_pages_can_be_read_in_the_dark(chromium: Browser, app: Flask, scene: Scene, address: str) -> None:
    walker = Walker(chromium, app, scene, address, viewport=_DESK, color_scheme="dark")
    faults = []
    for place in (place for place in places(app, scene) if place.endpoint in DARK):
        _, page = walker.open(place)
        if page is not None:
            faults += [(place.address, *fault) for fault in violations(page)]
    walker.close()

    assert not faults, "\n".join(map(str, faults))
