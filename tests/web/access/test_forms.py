"""Every form of every page is sent as a browser would: with a script in every text, and twice."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from engine.storage import tables as t
from tests.office import Office
from tests.web.access import scene as scenes
from tests.web.access.forms import Form, every_form, filled, sent_to
from tests.web.pages import Browser, Page

SCRIPT = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{913*7}}"
#: What a page of ours never holds: a script in its text, a picture of nowhere, a handler in a tag.
HARM = "//script[not(@src) and not(@type='application/json')] | //img[@src='x'] | //*[@onerror]"
#: Tables of what may change whenever anybody looks: nothing of them is done by a form.
LOOKED_AT = frozenset({t.sign_in_attempt, t.ended_session})
#: Those who see most of the forms.
PEOPLE = ("admin", "owner", "reception", "deputy", "bitong", "supervisor", "manager", "director", "keeper", "")


def test_a_script_stays_a_text_and_what_is_sent_twice_is_done_once(app: Flask, office: Office) -> None:
    scene = scenes.make(app, office)
    forms = every_form(app, scene, opening(app, scene), PEOPLE)
    faults: dict[str, str] = {}
    for endpoint, form in forms.items():
        scene.put_back()
        if fault := sent_twice(office, app, endpoint, form, opening(app, scene)(form.who)):
            faults[endpoint] = fault
    assert faults == {} and len(forms) > 70


def opening(app: Flask, scene: scenes.Scene) -> Callable[[str], Browser]:
    """Signs somebody in by login; nobody for an empty one."""

    def open_as(login: str) -> Browser:
        return Browser(app, scene.office.person_id(login)) if login else Browser(app)

    return open_as


def sent_twice(office: Office, app: Flask, endpoint: str, form: Form, browser: Browser) -> str:
    """What is wrong with how the form is taken; nothing when all is well."""
    there = form.there(browser)
    if there is None:
        return ""  # what another form has done took it away
    address, entries = sent_to(app, there, endpoint), filled(there, SCRIPT)
    first = browser.client.post(address, data=entries, buffered=True)
    between = rows(office)
    second = browser.client.post(address, data=entries, buffered=True)
    return harm(first) or harm(second) or more(between, rows(office))


def harm(answer: TestResponse) -> str:
    """What is wrong with an answer."""
    if answer.status_code >= 500:
        return f"answers {answer.status_code}"
    if answer.mimetype != "text/html":
        return ""
    page = Page(answer)
    harmful = page.tree.xpath(HARM) or "6391" in page.text
    return "a script gets through" if harmful else ""


def more(before: dict[str, int], after: dict[str, int]) -> str:
    """What the second sending has done."""
    found = {name: after[name] - before[name] for name in after if after[name] != before[name]}
    return f"done twice: {found}" if found else ""


def rows(office: Office) -> dict[str, int]:
    """How many rows each table has."""
    with office.application.database.read() as connection:
        tables = [table for table in t.metadata.sorted_tables if table not in LOOKED_AT]
        counts = {table.name: sa.select(sa.func.count()).select_from(table) for table in tables}
        return {name: connection.execute(count).scalar_one() for name, count in counts.items()}
