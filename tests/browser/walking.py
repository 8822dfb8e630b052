"""Every page there is, found from the application's own addresses, and what anybody must be able to do with each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import axe_playwright_python
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page

from engine.commands import access
from tests.web.access.scene import ALLOWED, LOGINS, Scene
from tests.web.pages import Browser
from webforms.access.routes import ROUTES, Ask

VISITOR = ""
_ELSEWHERE, REFUSED = (302, 303), 400
#: Files of the application, and pictures in a form that nobody has begun in the scene.
_NO_PAGES = frozenset({"static", "task.picture"})
#: Who opens a page: the first of these whom the table of permissions and the page itself let in.
_ORDER = (
    "staff of the department", "reception of this estate", "deputy of a supervisor", "process owner", "administrator",
)  # fmt: skip
#: Beside one address of each kind: the same page in another state.
_MORE = (
    ("reception of this estate", "/inbox/available", 200),
    ("reception of this estate", "/register?q=%E6%A5%BC%E9%81%93", 200),
    ("reception of this estate", "/register?q=nothing-like-it", 200),
    ("reception of this estate", "/nowhere", 404),
    ("staff of the department", "/cases/{case_id}/diagram?sheet=investigate", 200),
    ("administrator", "/inbox/mine", 200),
    ("process owner", "/procedure/{key}/versions/1", 200),
    ("process owner", "/procedure/drafts/{draft_id}/studio?file=forms/judge_complaint.form&element=field_external_party", 200),
    ("process owner", "/procedure/drafts/{draft_id}/studio?file=fields.yaml&q=severity&element=severity", 200),
    ("process owner", "/procedure/drafts/{draft_id}/studio?file=clauses.yaml&element=S0.1&only=open", 200),
    ("process owner", "/procedure/drafts/{draft_id}/studio?file=scenarios/minor.yaml&element=4", 200),
    ("process owner", "/procedure/drafts/{draft_id}/studio?file=procedure.yaml&element=roles", 200),
    ("process owner", "/procedure/drafts/{draft_id}/studio?file=documents.yaml&as=text", 200),
)
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
#: The bpmn.io mark and what the drawing library draws are its makers'; the words beneath the drawing say the same.
_OURS = [".bjs-powered-by", ".djs-container", ".rd-diagram__canvas svg"]
#: What a bar hides comes from under it when the page is scrolled. Whatever does not answer is a fault, not a walk without end.
_RUN_AXE = """async ([tags, theirs]) => {
  const asked = { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] };
  const unstuck = new CSSStyleSheet();
  unstuck.replaceSync('.rd-action-bar, .rd-bottombar, .rd-topbar { position: static !important }');
  document.adoptedStyleSheets.push(unstuck);
  const late = new Promise((_, fail) => setTimeout(() => fail(new Error('axe is not done after 30 seconds')), 30_000));
  const found = await Promise.race([axe.run({ exclude: theirs.map(one => [one]) }, asked), late]);
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter(one => one !== unstuck);
  return found.violations.map(one => [one.id, one.nodes[0].html.slice(0, 160), one.nodes[0].failureSummary.slice(0, 200)]);
}"""
_WIDER = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return null;
  const out = [...document.querySelectorAll('main *, header *')].find(one => one.getBoundingClientRect().right > wide + 1);
  return [wide, document.documentElement.scrollWidth, out ? out.outerHTML.slice(0, 160) : ''];
}"""
_UNSEEN_FOCUS = """() => {
  const plain = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
  const unseen = [];
  for (const one of document.querySelectorAll(plain)) {
    if (one.disabled || !one.checkVisibility({ visibilityProperty: true }) || one.closest('.djs-container')) continue;
    one.focus({ preventScroll: true });
    if (document.activeElement !== one) continue;
    // The outline may be drawn around the row or box that the focus stands for.
    const around = [one, one.parentElement, one.parentElement?.parentElement, one.closest('li, label')].filter(Boolean);
    const shown = around.map(at => getComputedStyle(at))
      .some(style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1);
    if (!shown && getComputedStyle(one).boxShadow === 'none') unseen.push(one.outerHTML.slice(0, 120));
  }
  document.activeElement?.blur();
  return unseen.slice(0, 3);
}"""


@dataclass(frozen=True, slots=True)
class Place:
    """A page: its endpoint, an address that stands in the scene, and who may open it, whoever fits best first."""

    endpoint: str
    address: str
    who: tuple[str, ...]
    status: int = 200


def places(app: Flask, scene: Scene) -> Iterator[Place]:
    """Every GET address once, and some pages in a second state."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: str(rule)):
        if "GET" in (rule.methods or ()) and rule.endpoint not in _NO_PAGES:
            named = {**scene.named, **_named(scene, rule.endpoint)}
            with app.test_request_context():
                address = app.url_for(rule.endpoint, **{name: named.get(name, "nothing") for name in rule.arguments})
            yield Place(rule.endpoint, address, _openers(scene, rule.endpoint))
    yield from (Place(address, address.format(**scene.named), (who,), status) for who, address, status in _MORE)


def _named(scene: Scene, endpoint: str) -> dict[str, str]:
    """Where an address calls something by the same word as another does, or something that one endpoint alone has."""
    documents = scene.office.application.catalogue.intake(scene.office.clock.now()).procedure.documents
    first = {"key": next(iter(documents))}
    return {
        "documents.page": first,
        "documents.printed": first,
        "documents.draft": first,
        "studio.file": {"path": "limits.dmn"},
    }.get(endpoint, {})


def _openers(scene: Scene, endpoint: str) -> tuple[str, ...]:
    rule = ROUTES[endpoint]
    if rule.ask is Ask.NOTHING:
        return (VISITOR,)
    return tuple(who for who in _ORDER if scene.expected(who, rule) == ALLOWED) or _ORDER[-1:]


class Walker:
    """One browser context for each person, with what a page is asked."""

    def __init__(self, chromium: Chromium, app: Flask, scene: Scene, base: str, **options: Any) -> None:
        self._chromium, self._app, self._scene, self._base, self._options = chromium, app, scene, base, options
        self._pages: dict[str, Page] = {}

    def speak(self, language: str) -> None:
        """Everybody reads that language from now on."""
        for login in LOGINS.values():
            self._scene.office.execute(access.SetLanguage(language), login)

    def open(self, place: Place) -> tuple[int, Page | None]:
        """The answer's status with the page at the place; None when that is a file, data, or a part of a page."""
        for who in place.who:
            page = self._page(who)
            answer = page.request.get(place.address, max_redirects=0)
            if answer.status < REFUSED:
                break
        kind, policy = (answer.headers.get(name, "") for name in ("content-type", "content-security-policy"))
        if answer.status in _ELSEWHERE:
            return place.status, None
        # A name with a suffix is a file, even while it is made; what is locked in is paper, at which no script may look either.
        saved = "attachment" in answer.headers.get("content-disposition", "") or "." in place.address.rpartition("/")[2]
        if saved or "sandbox" in policy or not kind.startswith("text/html") or "<html" not in answer.text()[:200]:
            return answer.status, None
        # The browser shows this very answer: a page that takes a second to make is made once.
        page.route(lambda url: url == answer.url, lambda route: route.fulfill(response=answer), times=1)
        page.goto(place.address)
        return answer.status, page

    def close(self) -> None:
        """Leave the browser as it was."""
        for page in self._pages.values():
            page.context.close()

    def _page(self, who: str) -> Page:
        if who not in self._pages:
            context = self._chromium.new_context(base_url=self._base, reduced_motion="reduce", **self._options)
            context.set_default_timeout(30_000)
            context.add_init_script(AXE)
            if who != VISITOR:
                person = Browser(self._app, self._scene.office.person_id(LOGINS[who]))
                cookie = person.client.get_cookie("redress")
                assert cookie is not None
                context.add_cookies([{"name": "redress", "value": cookie.value, "url": self._base}])
            page = self._pages[who] = context.new_page()
            page.on("dialog", lambda dialog: dialog.accept())
        return self._pages[who]


def violations(page: Page) -> list[Any]:
    """What axe finds, of any impact; TimeoutError or Error of the browser when it does not come to an end."""
    return list(page.evaluate(_RUN_AXE, [_TAGS, _OURS]))


def wider(page: Page) -> Any:
    """None when the page scrolls up and down alone; else how wide it is and the first thing that sticks out."""
    return page.evaluate(_WIDER)


def unseen_focus(page: Page) -> Sequence[str]:
    """What can be reached by keyboard without anything showing that it was."""
    page.keyboard.press("Tab")
    return list(page.evaluate(_UNSEEN_FOCUS))
