"""Every form that a page of the scene offers to anybody, found by walking the application's own addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from flask import Flask
from werkzeug.exceptions import HTTPException

from tests.web.access.scene import Scene
from tests.web.pages import Browser, Page

#: What a person types; everything else in a form is chosen.
_TYPED = frozenset({None, "", "text", "search", "tel", "email", "url"})
_FIXED = {"date": "2026-10-12", "time": "10:30", "datetime-local": "2026-10-12T10:30", "month": "2026-09", "number": "3"}


@dataclass(frozen=True, slots=True)
class Form:
    """A form for an endpoint: who sees it, on which page, and which of that page's forms it is."""

    endpoint: str
    who: str
    page: str
    nth: int

    def there(self, browser: Browser) -> Any:
        """The form as it stands on its page now; None when it is no longer there."""
        return next(islice(posting(browser.get(self.page)), self.nth, None), None)


def posting(page: Page) -> Iterator[Any]:
    """The forms of a page that post."""
    yield from page.tree.xpath("//form[@method='post']")


def every_form(app: Flask, scene: Scene, open_as: Callable[[str], Browser], people: Iterable[str]) -> dict[str, Form]:
    """One form for every endpoint that any page offers one for; of several the one with most fields."""
    found: dict[str, tuple[int, Form]] = {}
    for who in people:
        browser = open_as(who)
        for address in addresses(app, scene):
            answer = browser.client.get(address, buffered=True)
            if answer.mimetype != "text/html":
                continue
            for nth, form in enumerate(posting(Page(answer))):
                for action in actions(form):
                    endpoint = endpoint_of(app, action)
                    fields = len(typed(form))
                    if endpoint not in found or found[endpoint][0] < fields:
                        found[endpoint] = (fields, Form(endpoint, who, address, nth))
    return {endpoint: form for endpoint, (_, form) in sorted(found.items())}


def addresses(app: Flask, scene: Scene) -> list[str]:
    """Every address of a page, with the ids of the scene."""
    with app.test_request_context():
        return [
            app.url_for(rule.endpoint, **{name: scene.named[name] for name in rule.arguments})
            for rule in sorted(app.url_map.iter_rules(), key=str)
            if "GET" in (rule.methods or ()) and rule.endpoint != "static"
        ]


def endpoint_of(app: Flask, action: str) -> str:
    """What answers a form that posts there."""
    try:
        return str(app.url_map.bind("localhost").match(action.partition("?")[0], method="POST")[0])
    except HTTPException:
        return f"nothing at {action}"


def typed(form: Any) -> list[str]:
    """The names of the fields that hold a person's own words."""
    inputs = (one for one in form.xpath(".//input[@name]") if one.get("type") in _TYPED)
    return [one.get("name") for one in (*inputs, *form.xpath(".//textarea[@name]"))]


def filled(form: Any, words: str) -> dict[str, Any]:
    """The form as a browser sends it, with the words wherever one may type, and something chosen everywhere else."""
    entries: dict[str, Any] = {}
    for one in form.xpath(".//input[@name] | .//textarea[@name]"):
        name, kind = one.get("name"), one.get("type", "") if one.tag == "input" else ""
        if kind in ("radio", "checkbox"):
            if one.get("checked") is not None or name not in entries:
                entries[name] = one.get("value", "on")
        elif kind in _TYPED:
            entries[name] = words
        elif kind in _FIXED:
            entries[name] = one.get("value") or _FIXED[kind]
        elif kind not in ("file", "submit", "button"):
            entries[name] = one.get("value", words if kind == "password" else "")
    for one in form.xpath(".//select[@name]"):
        values = one.xpath(".//option[@selected]/@value") or [value for value in one.xpath(".//option/@value") if value]
        entries[one.get("name")] = next(filter(None, values), "")
    return entries


def actions(form: Any) -> list[str]:
    """The addresses that a form and its buttons post to."""
    return [form.get("action"), *form.xpath(".//button/@formaction")]


def sent_to(app: Flask, form: Any, endpoint: str) -> str:
    """The address of that endpoint among those of the form, the form's own when it is not among them."""
    return next((action for action in actions(form) if endpoint_of(app, action) == endpoint), str(form.get("action")))
