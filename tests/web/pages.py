"""A person at the pages: posts only what a served form shows, with its token, as a browser would."""

from __future__ import annotations

from typing import Any

import flask
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from engine.queries import access as queries
from webforms import access, visit


class Page:
    """An answer of the server, to be looked at."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.location = response.location or ""
        self.text = response.text
        self.tree = html.fromstring(response.text or "<html/>")

    @property
    def heading(self) -> str:
        """The page's ``h1``."""
        return " ".join(self.tree.xpath("string(//h1)").split())

    @property
    def errors(self) -> list[str]:
        """The sentences at the fields."""
        return [found.text_content().strip() for found in self.tree.find_class("rd-error")]

    @property
    def notices(self) -> str:
        """All notices on top."""
        return " ".join(found.text_content() for found in self.tree.find_class("rd-notice"))

    def links(self, start: str) -> list[str]:
        """The addresses that begin so, in order, once each."""
        return list(dict.fromkeys(link for link in self.tree.xpath("//a/@href") if link.startswith(start)))

    def form(self, action: str) -> dict[str, Any]:
        """The fields of the form that posts there, with what stands in them; buttons are left out."""
        form = next(form for form in self.tree.xpath("//form[@method='post']") if form.get("action") == action)
        return {name: _plain(value) for name, value in form.fields.items() if _standing(form, name)}


def _standing(form: Any, name: str | None) -> bool:
    if not name or form.fields[name] is None:
        return False
    return not all(part.tag == "button" or part.get("type") == "file" for part in form.xpath(f".//*[@name='{name}']"))


def _plain(value: Any) -> Any:
    # A browser drops the line end right after <textarea>, which lxml keeps.
    return value.removeprefix("\n") if isinstance(value, str) else list(value)


class Browser:
    """Somebody's browser; cookies are kept."""

    def __init__(self, app: Flask, person_id: str | None = None) -> None:
        self.client: FlaskClient = app.test_client()
        self.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "zh-CN"
        if person_id is not None:
            self._sign_in(app, person_id)

    def _sign_in(self, app: Flask, person_id: str) -> None:
        with app.test_request_context():
            found = queries.standing(visit.reader(), None, person_id)
            assert found is not None
            access.session.begin(person_id, found)
            begun = dict(flask.session)
        with self.client.session_transaction() as session:
            session.update(begun)

    def get(self, path: str, **options: Any) -> Page:
        """The page at an address."""
        return Page(self.client.get(path, **options))

    def post(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> Page:
        """Post fields with this session's token."""
        return Page(self.client.post(path, data={"csrf_token": self.token(), **(data or {})}, **options))

    def fill(self, path: str, action: str | None = None, **entries: Any) -> Page:
        """Open a page, fill in its form and post it."""
        action = action or path
        return self.post(action, {**self.get(path).form(action), **entries})

    def follow(self, page: Page) -> Page:
        """Go where a redirect leads."""
        assert page.status == 303, page.text
        return self.get(page.location)

    def token(self) -> str:
        """The token of this session's forms."""
        pages = (self.get(path) for path in ("/messages", "/sign-in", "/password"))
        page = next(page for page in pages if page.status == 200)
        return str(page.tree.xpath("//input[@name='csrf_token']/@value")[0])
