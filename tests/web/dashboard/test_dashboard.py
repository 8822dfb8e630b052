"""The dashboard: numbers that lead to their lists, in both languages, for those who hold a role."""

from __future__ import annotations

import pytest

from tests.office import Case, Office
from tests.web.conftest import Login

ODD = (
    "/dashboard?estate=nowhere",
    "/dashboard/tasks/all?page=0",
    "/dashboard/tasks/all?page=x&person=%3Cscript%3E",
    "/dashboard/limits/expected?page=99999999",
    "/dashboard/tasks/late?department=%27%22&estate=nowhere",
)


@pytest.fixture
def waiting(office: Office) -> Case:
    """A complaint whose plan is late, beside an emergency."""
    case = office.register()
    case.reach("propose_plan")
    office.let_pass(days=12)
    office.register_emergency()
    return case


def test_each_number_leads_to_a_list_as_long(login: Login, waiting: Case) -> None:
    manager = login("manager")
    page = manager.get("/dashboard")
    assert (page.status, page.heading) == (200, "看板")

    tiles = {tile.get("href"): tile.text_content() for tile in page.tree.xpath("//li[contains(@class, 'rd-tile')]/a")}
    lists = {address: words for address, words in tiles.items() if address.startswith("/dashboard/")}
    assert len(lists) == 4 and "#emergencies" in tiles
    for address, words in lists.items():
        rows = manager.get(address).tree.xpath("//tbody/tr")
        assert words.startswith(str(len(rows))), address

    engineer = next(link for link in page.links("/dashboard/tasks/all") if "person=" in link)
    narrowed = manager.get(engineer)
    assert waiting.number in narrowed.text and "在办人：" in narrowed.text
    assert manager.get(narrowed.tree.xpath("//a[contains(@class, 'rd-filter')]/@href")[0]).status == 200


def test_the_board_refreshes_itself_alone(login: Login, waiting: Case) -> None:
    part = login("manager").get("/dashboard", headers={"HX-Request": "true"})

    assert part.status == 200 and "紧急事件" in part.text and "<html" not in part.text


def test_what_is_typed_into_the_address_does_no_harm(login: Login, waiting: Case) -> None:
    guard, manager = login("guard"), login("manager")

    for address in ODD:
        page = manager.get(address)
        assert page.status == 200 and "<script>" not in page.text, address
    assert manager.get("/dashboard/tasks/everything").status == manager.get("/dashboard/limits/late").status == 404
    assert waiting.number not in guard.get("/dashboard/tasks/all").text


def test_who_holds_no_role_neither_finds_nor_opens_it(login: Login, office: Office) -> None:
    admin = login("admin")

    if office.actor("admin").grants:
        assert admin.get("/dashboard").status == 200
    else:
        assert admin.get("/dashboard").status == 403
        assert "/dashboard" not in admin.get("/inbox").links("/")
    assert "/dashboard" in login("guard").get("/inbox").links("/")
