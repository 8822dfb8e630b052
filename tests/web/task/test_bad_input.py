"""Whatever is typed or forged: it comes back as text, is refused in words, and nothing else happens."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, g, render_template
from lxml import html

from engine.domain.text import Text
from tests.office import Office
from tests.web.conftest import Login
from tests.web.task.test_page import judging
from webforms import filling

SCRIPT = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}"
LONG = "长" * 10_000


def echoed(form: Any) -> dict[str, Any]:
    """The script under every name that the form may be posted with, rows too."""
    raw: dict[str, Any] = {}
    for entry in form.fields:
        if entry.field.type == "list":
            raw |= {f"{entry.key}[0].{part.key}": SCRIPT for part in entry.component.children if part.field is not None}
        else:
            raw[entry.key] = SCRIPT
    return raw


def test_a_script_in_any_field_of_any_form_comes_back_as_text(app: Flask, office: Office) -> None:
    procedure = office.application.catalogue.intake(office.clock.now()).procedure

    for form in procedure.forms.values():
        with app.test_request_context("/"):
            g.actor = office.actor("supervisor")
            raw = echoed(form)
            wrong = {key: Text(SCRIPT, SCRIPT) for key in raw}
            drawn = filling.draw(form, raw, {}, office.estate_id(), wrong)
            names = {SCRIPT: Text(SCRIPT, SCRIPT)}
            body = render_template(
                "rendering/fields_part.html", drawn=drawn, update_to="/again", names=names, files_to="/tasks/x/files"
            )
        tree = html.fromstring(body)
        assert "<script" not in body and "onerror=alert" not in body.replace("&gt;&lt;img src=x onerror=alert", ""), form.name
        assert not tree.xpath("//script | //img[@src='x'] | //@onerror") and "49" not in tree.text_content(), form.name


@pytest.mark.parametrize("path", ["/record", "/emergency"])
def test_a_script_posted_where_a_case_begins_comes_back_as_text(login: Login, path: str) -> None:
    page = login("reception").fill(path, subject=SCRIPT, occurred_place=SCRIPT, complainant_name=SCRIPT, _q=SCRIPT, _update="1")

    assert not page.tree.xpath("//script[not(@src)] | //img[@src='x'] | //@onerror")
    assert page.form(path)["subject"] == SCRIPT


def test_a_script_in_a_task_its_draft_and_its_reasons_comes_back_as_text(login: Login, office: Office) -> None:
    case, path = judging(office)
    manager, supervisor = login("manager"), login("supervisor")

    supervisor.post(f"{path}/draft", {**supervisor.get(path).form(path), "validity_reason": SCRIPT})
    pages = [
        supervisor.get(path),
        manager.post(f"{path}/delegate", {"delegate.to": SCRIPT, "delegate.reason": SCRIPT}),
        supervisor.fill(path, validity=SCRIPT, validity_reason=SCRIPT),
    ]

    assert [page.status for page in pages] == [200, 422, 422]
    assert all(not page.tree.xpath("//script[not(@src)] | //img[@src='x'] | //@onerror") for page in pages)
    assert pages[2].form(path)["validity_reason"] == SCRIPT and case.open_tasks == ["judge_complaint"]


def test_ten_thousand_characters_are_refused_with_the_bound_and_still_there(login: Login, office: Office) -> None:
    case, path = judging(office)
    supervisor = login("supervisor")

    page = supervisor.fill(path, validity_reason=LONG)
    draft = supervisor.post(f"{path}/draft", {**supervisor.get(path).form(path), "validity_reason": LONG})

    assert page.status == 422 and any("2000" in error for error in page.errors)
    assert page.form(path)["validity_reason"] == LONG
    assert draft.status == 200 and supervisor.get(path).form(path)["validity_reason"] == LONG
    assert case.open_tasks == ["judge_complaint"]


@pytest.mark.parametrize(
    "forged",
    [
        {"validity": ["valid", "invalid"]},
        {"validity_reason[0].x": "x"},
        {"validity_reason": "\x00\x08 null"},
        {"demands[999].demand_text": "x"},
        {"severity": "catastrophic"},
        {"work_evidence": "of-another-case"},
    ],
)
def test_a_forged_form_never_does_anything(login: Login, office: Office, forged: dict[str, Any]) -> None:
    case, path = judging(office)

    page = login("supervisor").fill(path, **forged)

    assert page.status == 422 and (page.errors or page.notices)
    assert case.open_tasks == ["judge_complaint"]


def test_a_forged_way_on_never_does_anything(login: Login, office: Office) -> None:
    case, path = judging(office)
    supervisor, before = login("supervisor"), len(case.journal())

    answers = [
        supervisor.post(f"{path}/do/nothing", {"nothing.reason": "x"}),
        supervisor.post(f"{path}/do/waive", {"waive.reason": "x"}),
        supervisor.post(f"{path}/pass-on", {"pass_on.to": "nowhere", "pass_on.reason": "x"}),
        login("manager").post(f"{path}/delegate", {"delegate.to": "nobody", "delegate.reason": "x"}),
        login("bitong").post(f"{path}/do/nothing", {"nothing.reason": "x"}),
    ]

    assert [answer.status for answer in answers] == [403, 409, 409, 422, 404]
    assert len(case.journal()) == before


def test_a_tab_left_open_is_told_and_what_it_holds_is_kept(login: Login, office: Office) -> None:
    case, path = judging(office)
    supervisor = login("supervisor")
    old = {**supervisor.get(path).form(path), "validity_reason": "旧页面里写的"}
    case.complete("judge_complaint", _by="supervisor")

    posted, back = supervisor.post(path, old), supervisor.get(path)
    way = supervisor.post(f"{path}/delegate", {**old, "delegate.to": "", "delegate.reason": "x"})

    assert posted.status == 409 and "旧页面里写的" in posted.text
    assert back.status == 200 and back.links("/inbox")
    assert way.status == 409


def test_an_old_token_costs_nothing_that_was_typed(login: Login, office: Office) -> None:
    _, path = judging(office)
    supervisor = login("supervisor")
    form = {**supervisor.get(path).form(path), "validity_reason": "写了很久"}

    page = supervisor.post(path, {**form, "csrf_token": "old"})
    again = supervisor.post(path, {**page.form(path), "_update": "1"})
    partial = supervisor.post(f"{path}/draft", {**form, "csrf_token": "old"}, headers={"HX-Request": "true"})

    assert page.status == 400 and again.form(path)["validity_reason"] == "写了很久"
    assert partial.status == 400 and partial.text == ""
