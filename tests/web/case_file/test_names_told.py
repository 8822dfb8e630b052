"""What ids stand for is told by its name: roles and departments that tables give, rows said in both languages, the system."""

from __future__ import annotations

from tests.office import Office
from tests.web.conftest import Login


def test_what_a_form_only_shows_is_told_by_its_name(login: Login, office: Office) -> None:
    case = office.register()
    case.reach("confirm_assignment")

    page = login("supervisor").get(f"/tasks/{case.item('confirm_assignment')['id']}")

    shown = [" ".join(found.itertext()) for found in page.tree.xpath("//p[@class='mb-0'][preceding-sibling::span]")]
    assert "工程部" in shown and "engineering" not in shown


def test_a_role_that_a_table_gives_is_told_by_its_name(login: Login, office: Office) -> None:
    case = office.register()
    case.reach("approve_plan_supervisor")

    told = login("supervisor").get(f"/cases/{case.id}/timeline").text

    assert "批示人角色 客户主任" in " ".join(told.split()) and "批示人角色 supervisor" not in told


def test_the_system_is_called_so_in_each_language(login: Login, office: Office) -> None:
    case = office.register()
    case.reach("find_cause")
    office.let_pass(days=40)
    owner = login("owner")

    assert "系统" in owner.get(f"/cases/{case.id}/journal").tree.xpath("//tbody//td[3]/text()")
    owner.post("/language", {"language": "en"})
    assert "the system" in owner.get(f"/cases/{case.id}/journal").tree.xpath("//tbody//td[3]/text()")
