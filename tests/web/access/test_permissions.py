"""Every address is opened by people of every kind, and answers each of them as the table of permissions says."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule as Address
from werkzeug.test import TestResponse

from engine.commands import access as commands
from engine.demo import PASSWORD
from engine.domain.actor import SYSTEM
from tests.office import Office
from tests.web.access.scene import ALLOWED, LOGINS, NOBODY, SIGN_IN, Scene, make
from tests.web.pages import Browser
from webforms.access.routes import ROUTES, Ask

#: What is posted where an empty form would be refused before it is asked who posts it.
POSTED: dict[str, dict[str, Any]] = {
    "person.change_password": {"old": "", "new": "one", "again": "another"},
    "directory.set_wording": {"kind": "comment"},
    "directory.set_name": {"kind": "role", "key": "reception"},
    "sign_in.enter": {"login": "reception", "password": PASSWORD},
    "studio.mend": {"file": "minor.bpmn"},
    "studio.play_story": {"file": "scenarios/minor.yaml"},
}
#: Nothing is signed out before all else has been tried.
LAST = ("sign_in.leave", "sign_in.leave_everywhere")
REFUSED = (401, 403, 404, 405, 429)


@pytest.fixture
def scene(app: Flask, office: Office) -> Scene:
    """A case and people of every kind."""
    return make(app, office)


@pytest.mark.parametrize("who", [*LOGINS, *NOBODY])
def test_every_address_answers_as_the_table_says(app: Flask, scene: Scene, who: str) -> None:
    expected, answered = {}, {}
    for address, method in _addresses(app):
        visited = f"{method} {address.rule}"
        scene.put_back()
        expected[visited] = scene.expected(who, ROUTES[address.endpoint])
        answered[visited] = _answer(_visit(scene, scene.browser(app, who), address, method))

    assert answered == expected


def test_what_nobody_made_is_not_there(app: Flask, scene: Scene) -> None:
    unknown = {name: "nothing" for name in scene.named}
    case_bound = [(address, method) for address, method in _addresses(app) if {"case_id", "item_id"} & address.arguments]
    reception = scene.browser(app, "reception of this estate")

    answered = {f"{method} {address.rule}": _visit(scene, reception, address, method, unknown) for address, method in case_bound}

    assert {visited: page.status_code for visited, page in answered.items() if page.status_code != 404} == {}


def test_who_has_to_change_the_password_gets_nowhere_else(app: Flask, scene: Scene) -> None:
    person_id = scene.office.person_id("reception")
    scene.office.application.execute(commands.SetPassword(person_id, "given by an operator"), SYSTEM)
    browser = Browser(app, person_id)

    answered = {
        f"{method} {address.rule}": _visit(scene, browser, address, method)
        for address, method in _addresses(app)
        if ROUTES[address.endpoint].ask is not Ask.NOTHING and address.endpoint not in LAST
    }

    assert answered.pop("GET /password").status_code == 200
    assert answered.pop("POST /password").status_code == 422
    assert {(page.status_code, page.location) for page in answered.values()} == {(303, "/password")}


def _addresses(app: Flask) -> list[tuple[Address, str]]:
    rules = sorted(app.url_map.iter_rules(), key=lambda rule: (rule.endpoint in LAST, rule.rule))
    return [(rule, method) for rule in rules for method in sorted((rule.methods or set()) & {"GET", "POST"})]


def _visit(scene: Scene, browser: Browser, address: Address, method: str, named: dict[str, str] | None = None) -> TestResponse:
    values = {name: (named or scene.named)[name] for name in address.arguments}
    with browser.client.application.test_request_context():
        path = browser.client.application.url_for(address.endpoint, **values)
    if method == "GET":
        return browser.client.get(path, buffered=True)
    fields = {"csrf_token": browser.token(), **_posted(scene, address.endpoint)}
    return browser.client.post(path, data=fields, content_type="multipart/form-data", buffered=True)


def _posted(scene: Scene, endpoint: str) -> dict[str, Any]:
    if endpoint == "case_file.attach":
        return {"files": (BytesIO(b""), "empty.pdf")}
    if endpoint == "sign_in.enter_as":
        return {"person_id": scene.office.person_id("board")}
    return POSTED.get(endpoint, {})


def _answer(response: TestResponse) -> str | int:
    if response.status_code == 401 or (response.location or "").startswith("/sign-in?next="):
        return SIGN_IN
    assert response.status_code < 500, response.text
    return response.status_code if response.status_code in REFUSED else ALLOWED
