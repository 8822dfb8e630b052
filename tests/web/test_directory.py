"""The directory: administrators keep people, places, departments, cover and days; everybody else is sent away."""

from __future__ import annotations

from typing import Any

import pytest

from engine.storage import tables as t
from tests.office import Office
from tests.web.conftest import Login

TABS = ("people", "people/new", "estates", "departments", "deputies", "roster", "days")
SCRIPT = "<script>alert(1)</script>"
SPAN = {"starts_at": "2026-09-28T08:00", "ends_at": "2026-09-30T18:00"}


def changes(office: Office) -> int:
    return len(office.rows(t.journal.select().where(t.journal.c.stream_kind == "administration")))


@pytest.mark.parametrize("tab", TABS)
def test_only_administrators_see_it(login: Login, tab: str) -> None:
    assert login("admin").get(f"/directory/{tab}").status == 200
    assert login("supervisor").get(f"/directory/{tab}").status == 403


@pytest.mark.parametrize("path", ["people", "estates", "departments", "deputies", "roster", "days"])
def test_nobody_else_changes_it(login: Login, office: Office, path: str) -> None:
    before = changes(office)
    typed = {"login": "x", "name": "x", "code": "x", "name_zh": "x", "name_en": "x", "active": "1", "day": "2026-10-12", **SPAN}
    chosen = {"person_id": "x", "deputy_id": "y", "estate_id": "z", "role": "r", "phone": "1", "position": "1"}

    page = login("supervisor").post(f"/directory/{path}", {**typed, **chosen})

    assert page.status == 403 and changes(office) == before


@pytest.mark.parametrize("path", ["people/nothing", "estates/nothing", "rooms/nothing/household", "rooms/nothing/household/none"])
def test_unknown_entries_are_not_there(login: Login, path: str) -> None:
    assert login("admin").get(f"/directory/{path}").status == 404


def test_a_person_is_added_given_a_role_and_can_sign_in(login: Login, office: Office, visitor: Any) -> None:
    admin = login("admin")

    added = admin.fill("/directory/people/new", "/directory/people", login="Newcomer", name="新人", password="long enough")
    person = admin.follow(added)
    estate = office.estate_id()
    granted = admin.follow(admin.post(f"{added.location}/roles", {"role": "reception", "estate_id": estate}))

    assert person.heading == "新人"
    assert "云禾花园" in granted.tree.xpath("string(//section[@id='roles']//ul)")
    entered = visitor.post("/sign-in", {"login": "newcomer", "password": "long enough"})
    assert (entered.status, entered.heading) == (200, "我的密码"), "the administrator knows it, so it is changed first"
    visitor.fill("/password", old="long enough", new="a rainy morning", again="a rainy morning")
    assert visitor.get("/inbox").status == 200


def test_a_role_is_taken_away_and_a_person_deactivated(login: Login, office: Office) -> None:
    admin, person_id = login("admin"), office.person_id("guard")
    path = f"/directory/people/{person_id}"

    page = admin.get(path)
    revoke = page.tree.xpath("//form[contains(@action, '/revoke')]/@action")[0]
    admin.follow(admin.post(revoke))
    admin.follow(admin.fill(f"{path}/leave", reason="离职"))

    assert admin.post(revoke).status == 404, "it cannot be taken away twice"
    assert "还没有岗位" not in admin.get("/directory/people").text and "已离职" in admin.get(path).text
    assert office.application.actor(person_id) is None


def test_a_short_password_and_a_used_login_are_named_at_their_fields_and_the_rest_is_kept(login: Login, office: Office) -> None:
    admin, before = login("admin"), changes(office)
    form = {"name": "新人", "phone": "8123"}

    short = admin.fill("/directory/people/new", "/directory/people", login="newcomer", password="short", **form)
    taken = admin.fill("/directory/people/new", "/directory/people", login="guard", password="", **form)

    assert (short.status, taken.status) == (422, 422)
    assert "密码至少" in short.errors[0] and "已经有了" in taken.errors[0]
    assert short.form("/directory/people")["phone"] == "8123" and "short" not in short.form("/directory/people").values()
    assert changes(office) == before


def test_places_are_added_from_estate_to_household_and_found_when_recording(login: Login, office: Office) -> None:
    admin = login("admin")

    estate = admin.fill("/directory/estates", code="XY", name_zh="新苑", name_en="New Court").location
    building = admin.fill(estate, f"{estate}/buildings", name="5 号楼").location
    admin.follow(admin.fill(building, f"{estate}/rooms", room="5-1-101"))
    unit = admin.get(estate).links("/directory/rooms/")[0]
    admin.follow(admin.fill(unit, name="钱多多", phone="13612345678"))

    assert "钱多多" in admin.get(estate).text
    (home,) = office.rows(t.household.select().where(t.household.c.name == "钱多多"))
    assert home["phone_index"] and home["phone_tail_index"]


def test_the_same_code_building_or_room_is_refused(login: Login, office: Office) -> None:
    admin, estate = login("admin"), f"/directory/estates/{office.estate_id()}"

    refused = [
        admin.fill("/directory/estates", code="YH", name_zh="又一个", name_en="Again"),
        admin.fill(estate, f"{estate}/buildings", name="1 号楼"),
        admin.fill(estate, f"{estate}/rooms", room="9-9-999"),
    ]

    assert [page.status for page in refused] == [422, 422, 422]
    assert all(page.errors for page in refused), "the last one chose no building"
    assert "又一个" in refused[0].form("/directory/estates").values()


def test_a_household_is_changed(login: Login, office: Office) -> None:
    admin = login("admin")
    estate = f"/directory/estates/{office.estate_id()}"
    path = next(link for link in admin.get(estate).links("/directory/rooms/") if link.count("/") == 5)

    admin.follow(admin.fill(path, name="新户主", phone="13900000000"))

    assert admin.get(path).form(path)["name"] == "新户主"


def test_a_department_is_added_and_changed(login: Login, office: Office) -> None:
    admin = login("admin")
    admin.follow(admin.fill("/directory/departments", code="parking", name_zh="车场", name_en="Parking"))
    (row,) = office.rows(t.department.select().where(t.department.c.code == "parking"))

    path = f"/directory/departments?edit={row['id']}"
    admin.follow(admin.fill(path, "/directory/departments", name_zh="车场部"))

    (changed,) = office.rows(t.department.select().where(t.department.c.code == "parking"))
    assert (changed["id"], changed["name_zh"]) == (row["id"], "车场部")


def test_a_deputy_holds_the_roles_until_it_is_ended(login: Login, office: Office) -> None:
    admin, away, present = login("admin"), office.person_id("supervisor"), office.person_id("guard")

    page = admin.follow(admin.fill("/directory/deputies", person_id=away, deputy_id=present, **SPAN))
    held = office.actor("guard").roles
    end = page.tree.xpath("//form[contains(@action, '/end')]/@action")[0]
    ended = admin.follow(admin.post(end))

    assert "supervisor" in held and "supervisor" not in office.actor("guard").roles
    assert "已结束" in ended.text and admin.post("/directory/deputies/nothing/end").status == 404


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"deputy_id": ""}, "deputy_id"),
        ({"deputy_id": "same"}, "deputy_id"),
        ({"starts_at": "tomorrow"}, "starts_at"),
        ({"ends_at": "2026-09-01T00:00"}, "ends_at"),
    ],
)
def test_a_deputy_needs_two_people_and_a_span(login: Login, office: Office, typed: dict[str, str], field: str) -> None:
    people = {"person_id": office.person_id("supervisor"), "deputy_id": office.person_id("guard")}
    entries = {**people, **SPAN, **typed}
    entries["deputy_id"] = people["person_id"] if entries["deputy_id"] == "same" else entries["deputy_id"]

    page = login("admin").fill("/directory/deputies", **entries)

    assert page.status == 422 and page.tree.xpath(f"//p[@id='{field}-error']")
    assert office.rows(t.deputy.select()) == []


def test_somebody_is_put_on_duty_and_called_in_an_emergency(login: Login, office: Office) -> None:
    admin, case = login("admin"), office.register_emergency()
    entries = {"estate_id": office.estate_id(), "role": "manager", "person_id": office.person_id("guard"), "phone": "13611112222"}

    page = admin.follow(admin.fill("/directory/roster", position="9", **entries, **SPAN))

    assert "13611112222" in page.text
    assert "13611112222" in login("reception").get(f"/emergency/{case.id}").text


@pytest.mark.parametrize("position", ["", "first", "-1", "1.5", "99999", "１"])
def test_the_order_of_calling_is_a_whole_number(login: Login, office: Office, position: str) -> None:
    entries = {"estate_id": office.estate_id(), "role": "manager", "person_id": office.person_id("guard"), "phone": "1"}
    before = len(office.rows(t.duty.select()))

    page = login("admin").fill("/directory/roster", position=position, **entries, **SPAN)

    assert page.status == 422 and page.tree.xpath("//p[@id='position-error']")
    assert len(office.rows(t.duty.select())) == before


def test_a_day_is_set_free_with_its_reason(login: Login, office: Office) -> None:
    admin = login("admin")

    page = admin.follow(admin.fill("/directory/days", day="2026-10-12", working="0", reason_zh="司庆", reason_en="Founding day"))
    missing = admin.fill("/directory/days", day="", reason_zh="司庆", reason_en="Founding day")

    assert "2026年10月12日" in page.text and "司庆" in page.text
    assert missing.status == 422 and "请填写日期" in " ".join(missing.errors)


def test_over_long_names_are_refused_and_script_is_text(login: Login, office: Office) -> None:
    admin = login("admin")

    long = admin.fill("/directory/people/new", "/directory/people", login="x" * 81, name="名" * 81)
    added = admin.fill("/directory/people/new", "/directory/people", login="scripted", name=SCRIPT, phone=SCRIPT, email=SCRIPT)
    admin.follow(admin.fill("/directory/estates", code="SC", name_zh=SCRIPT, name_en=SCRIPT))

    assert long.status == 422 and len(long.errors) == 2
    for page in (
        admin.get(added.location),
        admin.get("/directory/people"),
        admin.get("/directory/estates"),
        admin.get("/directory/roster"),
    ):
        assert SCRIPT not in page.text and "&lt;script&gt;" in page.text


def test_people_are_found_by_name_or_login(login: Login) -> None:
    admin = login("admin")

    assert "孙强" in admin.get("/directory/people", query_string={"q": "孙"}).text
    assert "刘敏" not in admin.get("/directory/people", query_string={"q": "ENGINEER"}).tree.xpath("string(//tbody)")
    assert "没有这样的人" in admin.get("/directory/people", query_string={"q": "%"}).text


def test_every_change_stands_in_the_journal_without_personal_content(login: Login, office: Office) -> None:
    admin, before = login("admin"), changes(office)
    admin.fill("/directory/people/new", "/directory/people", login="quiet", name="不外传", phone="13600000001")

    rows = office.rows(t.journal.select().where(t.journal.c.stream_kind == "administration"))

    assert len(rows) == before + 1
    assert "13600000001" not in rows[-1]["events"] and "不外传" not in rows[-1]["events"]
