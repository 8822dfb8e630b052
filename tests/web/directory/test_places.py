"""Estates, buildings, rooms and households: found among thousands, renamed, and at rest instead of deleted."""

from __future__ import annotations

from engine.storage import tables as t
from tests.office import Office
from tests.web.conftest import Login


def test_rooms_are_found_by_number_name_and_end_of_the_telephone(login: Login, office: Office) -> None:
    admin, estate = login("admin"), f"/directory/estates/{office.estate_id()}"

    assert "赵立新" in admin.get(f"{estate}?q=3-1").text and "陈建国" not in admin.get(f"{estate}?q=3-1").text
    assert "赵立新" in admin.get(f"{estate}?q=立新").text and "赵立新" in admin.get(f"{estate}?q=3301").text
    assert "没有房间" in admin.get(f"{estate}?q=%25").text


def test_an_estate_is_renamed_and_put_to_rest(login: Login, office: Office) -> None:
    admin, estate = login("admin"), f"/directory/estates/{office.estate_id()}"

    wrong = admin.fill(estate, estate, name_zh="", name_en="Yunhe")
    done = admin.follow(admin.post(estate, {"name_zh": "云禾一期", "name_en": "Yunhe I"}))

    assert wrong.status == 422 and wrong.errors
    assert done.heading.startswith("云禾一期 YH") and "停用" in done.heading
    (row,) = office.rows(t.estate.select().where(t.estate.c.code == "YH"))
    assert not row["active"]
    assert "云禾一期" not in login("reception").get("/record").text


def test_a_building_is_renamed_and_takes_no_rooms_when_at_rest(login: Login, office: Office) -> None:
    admin, estate = login("admin"), f"/directory/estates/{office.estate_id()}"
    (building,) = office.rows(t.building.select().where(t.building.c.name == "3 号楼"))
    path = f"{estate}/buildings/{building['id']}"

    taken = admin.post(path, {"building_name": "1 号楼", "building_active": "1"})
    page = admin.follow(admin.post(path, {"building_name": "三号楼"}))
    elsewhere = admin.post(f"/directory/estates/{office.estate_id('BT')}/buildings/{building['id']}", {"building_name": "x"})

    assert taken.status == 422 and "已经有了" in taken.notices
    assert "三号楼" in page.text and "三号楼" not in page.tree.xpath("//select[@name='building_id']//text()")
    assert elsewhere.status == 404


def test_a_household_moves_out_and_stays_in_the_books(login: Login, office: Office) -> None:
    admin, estate = login("admin"), f"/directory/estates/{office.estate_id()}"
    path = next(link for link in admin.get(f"{estate}?q=3-1-502").links("/directory/rooms/") if link.count("/") == 5)

    admin.follow(admin.post(path, {"name": "李晓梅", "phone": "13800003502"}))

    assert "李晓梅" not in admin.get(estate).text and "李晓梅" in admin.get(f"{estate}?state=moved_out").text
    assert "李晓梅" not in login("reception").get("/record?q=3-1-502").text
    assert admin.get(path).form(path).get("active") is None


def test_a_room_gets_another_number(login: Login, office: Office) -> None:
    admin = login("admin")
    (unit,) = office.rows(t.unit.select().where(t.unit.c.room == "3-1-502"))
    path = f"/directory/rooms/{unit['id']}"

    taken = admin.post(path, {"room": "3-1-301"})
    admin.follow(admin.post(path, {"room": "3-1-503"}))

    assert taken.status == 422 and taken.errors
    assert admin.get(f"{path}/household").heading.endswith("3-1-503")
