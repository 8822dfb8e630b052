"""People page by page, and how one of them leaves: nothing that they held is lost."""

from __future__ import annotations

from engine.commands import directory, work
from engine.storage import tables as t
from tests.office import Office
from tests.web.conftest import Login


def crowd(office: Office, count: int) -> None:
    for number in range(count):
        office.execute(directory.SavePerson(f"p{number:03}", f"员工{number:03}", f"7{number:03}"), "admin")


def test_people_come_in_pages_and_are_found_by_role_estate_state_and_words(login: Login, office: Office) -> None:
    crowd(office, 60)
    admin = login("admin")

    first, second = admin.get("/directory/people"), admin.get("/directory/people?page=2")
    beyond = admin.get("/directory/people?page=99999")

    assert "第 1–50 条" in first.text and "上一页" not in first.text and "page=2" in first.text
    assert second.links("/directory/people?page=1") and beyond.heading == second.heading
    assert "员工059" in admin.get("/directory/people?q=7059").text
    assert (
        "孙强" not in admin.get("/directory/people?role=manager").text
        and "高翔" in admin.get("/directory/people?role=manager").text
    )
    elsewhere = admin.get(f"/directory/people?estate={office.estate_id('BT')}").text
    assert "方圆" in elsewhere and "罗建平" in elsewhere and "孙强" not in elsewhere, "who works everywhere works there too"
    assert "没有这样的人" in admin.get("/directory/people?state=left&q=%3Cscript%3E").text


def test_what_somebody_held_goes_to_a_colleague_or_back_to_the_queue_when_they_leave(login: Login, office: Office) -> None:
    first, second = office.register(subject="电梯异响"), office.register(subject="路灯不亮")
    for case in (first, second):
        office.execute(work.Claim(case.items[0]["id"]), "supervisor")
    admin, path = login("admin"), f"/directory/people/{office.person_id('supervisor')}/leave"

    page = admin.get(path)
    done = admin.follow(admin.fill(path, successor_id=office.person_id("service"), reason="调离"))

    assert "手上有 2 项工作" in page.text and first.number in page.text
    assert "手上的工作已转出" in done.text and "已离职" in done.heading
    assert {case.items[0]["holder_id"] for case in (first, second)} == {office.person_id("service")}
    assert office.application.actor(office.person_id("supervisor")) is None
    entry = first.journal()[-1]
    assert (entry.action, entry.actor_id) == ("delegate", office.person_id("admin"))


def test_a_colleague_who_is_kept_out_of_a_task_does_not_get_it(login: Login, office: Office) -> None:
    case = office.register()
    case.reach("visit_complainant")
    item = case.item("visit_complainant")
    kept_out = next(person for person in item["excluded"].split(",") if person)
    office.execute(work.Claim(item["id"]), "reception")
    admin, path = login("admin"), f"/directory/people/{office.person_id('reception')}/leave"

    admin.follow(admin.fill(path, successor_id=kept_out, reason="离职"))

    assert case.item("visit_complainant")["holder_id"] is None, "it goes back to the queue"


def test_a_colleague_of_another_estate_does_not_get_it_either(login: Login, office: Office) -> None:
    case = office.register()
    office.execute(work.Claim(case.items[0]["id"]), "supervisor")
    admin, path = login("admin"), f"/directory/people/{office.person_id('supervisor')}/leave"

    admin.follow(admin.fill(path, successor_id=office.person_id("bitong"), reason="离职"))

    assert case.items[0]["holder_id"] is None


def test_leaving_needs_a_reason_and_nobody_leaves_by_their_own_hand(login: Login, office: Office) -> None:
    admin = login("admin")

    silent = admin.fill(f"/directory/people/{office.person_id('guard')}/leave", reason=" ")
    oneself = admin.fill(f"/directory/people/{office.person_id('admin')}/leave", reason="x")
    unknown = admin.post("/directory/people/nobody/leave", {"reason": "x"})

    assert (silent.status, oneself.status, unknown.status) == (422, 409, 404)
    assert silent.errors and office.application.actor(office.person_id("guard")) is not None


def test_who_left_is_off_the_roster_and_can_come_back(login: Login, office: Office) -> None:
    admin, person_id = login("admin"), office.person_id("guard")

    admin.fill(f"/directory/people/{person_id}/leave", reason="离职")
    (duty,) = office.rows(t.duty.select().where(t.duty.c.person_id == person_id))
    case = office.register_emergency()
    called = login("reception").get(f"/emergency/{case.id}").text
    admin.follow(admin.post(f"/directory/people/{person_id}/return"))

    assert duty["ends_at"] <= office.clock.now() and "13700008005" not in called
    assert office.actor("guard").roles == {"department"}


def test_a_password_is_set_apart_and_has_to_be_changed(login: Login, office: Office, visitor: object) -> None:
    admin, path = login("admin"), f"/directory/people/{office.person_id('guard')}"

    short = admin.fill(path, f"{path}/password", password="short")
    admin.follow(admin.fill(path, f"{path}/password", password="a rainy morning"))

    assert short.status == 422 and "short" not in short.form(f"{path}/password").values()
    (row,) = office.rows(t.credential.select().where(t.credential.c.person_id == office.person_id("guard")))
    assert row["must_change"]


def test_a_persons_page_says_the_roles_as_sentences_and_takes_a_deputy(login: Login, office: Office) -> None:
    admin, path = login("admin"), f"/directory/people/{office.person_id('engineer')}"
    span = {"starts_at": "2026-09-28T08:00", "ends_at": "2026-09-30T18:00"}

    arranged = admin.fill(path, "/directory/deputies", deputy_id=office.person_id("guard"), **span)
    page = admin.follow(arranged)

    assert arranged.location == path
    assert "在云禾花园担任责任部门（工程部）" in page.text and "马超 代理 孙强" in page.text
