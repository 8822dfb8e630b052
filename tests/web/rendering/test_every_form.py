"""Every form of the shipped procedure can be drawn, and a complaint goes to its closing through the pages alone."""

from __future__ import annotations

from typing import Any

from flask import Flask, g, render_template
from lxml import html

from tests.office import Case, Office
from tests.web.conftest import Login
from tests.web.pages import Page
from webforms import filling
from webforms.rendering import raw_of


def test_every_form_shows_a_control_for_every_key_that_it_asks(app: Flask, office: Office) -> None:
    procedure = office.application.catalogue.intake(office.clock.now()).procedure

    for form in procedure.forms.values():
        with app.test_request_context("/"):
            g.actor = office.actor("supervisor")
            drawn = filling.draw(form, {}, {}, office.estate_id())
            body = render_template("rendering/fields_part.html", drawn=drawn, update_to="/again")
        names = set(html.fromstring(body).xpath("//*[self::input or self::select or self::textarea]/@name"))
        asked = {entry.key for entry in form.fields if not entry.conditions and entry.component.kind != "dynamiclist"}
        assert asked <= names, form.name


def test_a_complaint_runs_to_its_closing_through_the_pages(login: Login, office: Office) -> None:
    case = office.register(subject="电梯异响")

    for _ in range(40):
        if case.entry["status"] == "closed":
            break
        complete_on_the_page(login, office, case)

    assert case.entry["status"] == "closed"


def complete_on_the_page(login: Login, office: Office, case: Case) -> None:
    """The oldest open task, done by posting what its served form shows; questions that appear are answered in turn."""
    item = case.items[0]
    path = f"/tasks/{item['id']}"
    browser = login(case.doer(item))
    answers = usual(office, case, item["element_id"])
    page = browser.get(path)
    for _ in range(4):
        page = browser.post(path, {**entries(page, path, answers), "_update": "1"})
    done = browser.post(path, entries(page, path, answers))
    assert done.status == 303, (item["element_id"], done.errors, done.notices)


def usual(office: Office, case: Case, element_id: str) -> dict[str, Any]:
    """The usual answers of a form, as a browser would post them."""
    procedure = office.application.catalogue.intake(office.clock.now()).procedure
    typed = office._usual(procedure, element_id, case.values, {})
    return raw_of(typed, typed, office.application.zone)


def entries(page: Page, path: str, answers: dict[str, Any]) -> dict[str, Any]:
    """What the form holds, with the answers to the questions that it shows."""
    form = next(form for form in page.tree.xpath("//form[@method='post']") if form.get("action") == path)
    shown = set(form.xpath(".//*[self::input or self::select or self::textarea]/@name"))
    return {**page.form(path), **{key: value for key, value in answers.items() if key in shown}}
