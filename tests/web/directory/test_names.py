"""What the company calls its roles and forms: said in one place, read everywhere at once, in both languages."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import event

from engine.bootstrap import Application
from engine.commands import directory
from engine.storage import tables as t
from tests.office import Case, Office
from tests.web.conftest import Login
from tests.web.pages import Browser, Page

HERE = "/directory/names"


def named(admin: Browser, kind: str, key: str, zh: str, en: str, reason: str = "") -> Page:
    """The administrator opens one name, fills it in and saves."""
    return admin.fill(f"{HERE}?edit={kind}:{key}", HERE, name_zh=zh, name_en=en, reason=reason)


def role_of(case: Case) -> str:
    """The role for which the case's open task waits."""
    return str(waiting(case)["role"])


def waiting(case: Case) -> Any:
    """The case's open task that nobody holds."""
    return next(item for item in case.items if item["holder_id"] is None)


def own_name(office: Office, role: str) -> Any:
    """What the procedure itself calls a role."""
    return office.application.catalogue.intake(office.clock.now()).procedure.roles[role].label


def row(page: Page, name: str) -> list[str]:
    """The cells of a role or form in the list."""
    return [" ".join(cell.text_content().split()) for cell in page.tree.get_element_by_id(name).xpath("./td")]


def in_english(browser: Browser) -> Browser:
    """The same browser after its person has chosen English."""
    browser.post("/language", {"language": "en", "next": "/inbox"})
    return browser


def readings(browser: Browser, case: Case) -> dict[str, str]:
    """The text of every page on which a person of the case reads roles."""
    item = waiting(case)["id"]
    pages = {
        "inbox": "/inbox/available",
        "task": f"/tasks/{item}",
        "case file": f"/cases/{case.id}",
        "timeline": f"/cases/{case.id}/timeline",
    }
    return {name: browser.get(path).text for name, path in pages.items()}


def test_a_renamed_role_is_read_everywhere_at_once_in_both_languages(login: Login, office: Office) -> None:
    case = office.register()
    reader = login(case.doer(waiting(case)))
    role = role_of(case)
    own = own_name(office, role)
    assert all("金牌前台" not in text for text in readings(reader, case).values())

    saved = login("admin").follow(named(login("admin"), "role", role, "金牌前台", "Golden desk"))

    assert row(saved, f"role:{role}")[:2] == [own.zh, "金牌前台"]
    assert {name for name, text in readings(reader, case).items() if "金牌前台" not in text} == set()
    assert {name for name, text in readings(in_english(reader), case).items() if "Golden desk" not in text} == set()


def test_people_ladder_and_demo_list_say_it_too(login: Login, office: Office, visitor: Browser) -> None:
    admin, case = login("admin"), office.register_emergency()
    duty = office.rows(t.duty.select().order_by(t.duty.c.position))[0]
    person = office.person_id("reception")

    for role in {"reception", duty["role"]}:
        named(admin, "role", role, f"金牌{role}", "")

    assert "金牌reception" in admin.get("/directory/people").text
    assert "金牌reception" in admin.get(f"/directory/people/{person}").text
    assert f"金牌{duty['role']}" in admin.get("/directory/roster").text
    assert "金牌reception" in visitor.get("/sign-in").text
    assert f"金牌{duty['role']}" in login("reception").get(f"/emergency/{case.id}").text


def test_the_lanes_of_the_diagrams_are_called_so_too(login: Login, office: Office) -> None:
    case, supervisor = office.register(), login("supervisor")
    named(login("admin"), "role", "reception", "金牌前台", "Golden desk")

    def names(page: str, of: str) -> dict[str, str]:
        return dict(json.loads(supervisor.get(page).tree.xpath(f"string(//script[@id='diagram-{of}'])"))["names"])

    assert names(f"/cases/{case.id}/diagram", "state") == {"lane_complaint_reception": "金牌前台"}
    in_english(supervisor)
    assert names(f"/cases/{case.id}/diagram", "state")["lane_complaint_reception"] == "Golden desk"
    assert "Golden desk" in names("/procedure", "complaint").values()


def test_a_renamed_form_heads_the_call_the_task_and_the_answers(login: Login, office: Office) -> None:
    case, reader, admin = office.register(), login("reception"), login("admin")
    procedure = office.application.catalogue.intake(office.clock.now()).procedure
    intake, item = procedure.form_of(procedure.intake.task).name, waiting(case)

    named(admin, "form", intake, "受理登记表", "Register sheet")
    named(admin, "form", item["form"], "意见表", "Opinion sheet")

    assert "受理登记表" in reader.get("/record").text
    assert "受理登记表" in reader.get(f"/cases/{case.id}").tree.xpath("string(//details[contains(@class, 'rd-card')]/summary)")
    assert "意见表" in reader.get(f"/tasks/{item['id']}").text
    assert "Opinion sheet" in in_english(reader).get(f"/tasks/{item['id']}").text


def test_one_language_lends_its_name_and_two_empty_ones_give_the_own_name_back(login: Login, office: Office) -> None:
    admin, own = login("admin"), own_name(office, "reception")

    admin.follow(named(admin, "role", "reception", "", "  Front   desk\u200b "))
    one = row(admin.get(HERE), "role:reception")
    admin.follow(named(admin, "role", "reception", "", ""))
    none = row(admin.get(HERE), "role:reception")

    assert (one[1], none[:2]) == ("Front desk", [own.zh, "—"])


def test_every_role_and_form_in_force_is_listed_by_a_name_that_people_know(login: Login, office: Office) -> None:
    page, catalogue, now = login("admin").get(HERE), office.application.catalogue, office.clock.now()
    in_force = [catalogue.in_force(key, now).procedure for key in catalogue.keys_in_force(now)]
    wanted = {f"role:{key}" for each in in_force for key in each.roles} | {
        f"form:{key}" for each in in_force for key in each.forms
    }

    rows = {str(found.get("id")): row(page, str(found.get("id"))) for found in page.tree.xpath("//tr[@id]")}

    assert set(rows) == wanted
    assert len({cells[0] for cells in rows.values()}) == len(rows), "no two are called the same"
    assert [name for name, cells in rows.items() if not cells[0] or cells[0] == name.partition(":")[2]] == []


def test_a_name_that_is_too_long_stands_there_again_with_its_fault(login: Login, office: Office) -> None:
    admin = login("admin")

    page = named(admin, "role", "reception", "长" * 41, "Desk", "理由")

    assert (page.status, page.errors) == (422, ["内容不能超过 40 个字。"])
    assert page.form(HERE)["name_zh"] == "长" * 41 and page.form(HERE)["reason"] == "理由"
    assert row(admin.get(HERE), "role:reception")[1] == "—"


@pytest.mark.parametrize("typed", [{"kind": "role", "key": "emperor"}, {"kind": "crown", "key": "reception"}, {}])
def test_what_no_procedure_has_cannot_be_named(login: Login, typed: dict[str, str]) -> None:
    assert login("admin").post(HERE, {"name_zh": "x", "name_en": "x", **typed}).status == 404


def test_nobody_else_sees_or_changes_names(login: Login, office: Office) -> None:
    for who in ("supervisor", "director", "owner"):
        assert login(who).get(HERE).status == 403
        assert login(who).post(HERE, {"kind": "role", "key": "reception", "name_zh": "x", "name_en": "x"}).status == 403
    assert row(login("admin").get(HERE), "role:reception")[1] == "—"


def test_rights_do_not_follow_the_name(login: Login, office: Office) -> None:
    case = office.register()
    before = {who: login(who).get(f"/cases/{case.id}").status for who in ("reception", "supervisor", "guard", "keeper")}

    named(login("admin"), "role", "records_keeper", own_name(office, "reception").zh, "Reception")

    assert {who: login(who).get(f"/cases/{case.id}").status for who in before} == before


def test_a_page_asks_for_names_once(login: Login, office: Office, application: Application) -> None:
    for _ in range(5):
        office.register()
    office.execute(directory.SetAlias("role", "reception", "前台", "Front desk"), "admin")
    reader, asked = login("reception"), []
    event.listen(
        application.database.engine,
        "before_cursor_execute",
        lambda *given: asked.append(given[2]) if "alias." in given[2] else None,
    )

    assert reader.get("/inbox/available").status == 200
    assert len(asked) == 1
