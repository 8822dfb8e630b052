"""The directory: administrators change it, every change is journaled, and nothing personal stands in the journal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from engine.commands import access, directory, work
from engine.errors import Forbidden, InvalidValues, NotFound
from engine.storage import tables as t
from engine.storage.audit.verify import verify
from engine.storage.journal import read_stream
from tests.office import Office

NOBODY = "0" * 32


def commands(office: Office) -> dict[str, Any]:
    """One of each, as they are meant."""
    estate, person, now = office.estate_id(), office.person_id("guard"), office.clock.now()
    later = now + timedelta(days=1)
    building = office.rows(t.building.select())[0]
    unit = office.rows(t.unit.select())[0]
    return {
        "estate": directory.AddEstate("XX", "新小区", "New Estate"),
        "building": directory.AddBuilding(estate, "9 号楼"),
        "unit": directory.AddUnit(estate, building["id"], "9-9-999"),
        "household": directory.SaveHousehold(estate, unit["id"], "新住户", "13700000000"),
        "person": directory.SavePerson("newcomer", "新同事", "0755-8999", "new@example.org", password="long enough"),
        "role_grant": directory.GrantRole(person, "reception", estate),
        "department": directory.SaveDepartment("garden", "绿化部", "Gardening"),
        "deputy": directory.SetDeputy(person, office.person_id("cleaner"), now, later),
        "duty": directory.SetDuty(estate, "reception", person, "13700000001", 1, now, later),
        "calendar_day": directory.SetCalendarDay(date(2026, 9, 30), False, "停电", "Power cut"),
    }


KINDS = ["estate", "building", "unit", "household", "person", "role_grant", "department", "deputy", "duty", "calendar_day"]


def administration(office: Office) -> list[Any]:
    """The journal of the administration."""
    with office.application.database.read() as connection:
        return list(read_stream(connection, "administration", "company"))


@pytest.mark.parametrize("kind", KINDS)
def test_an_administrator_adds_and_the_journal_says_so(office: Office, kind: str) -> None:
    command = commands(office)[kind]
    table = t.metadata.tables[kind]
    rows, entries = len(office.rows(table.select())), len(administration(office))

    answer = office.execute(command, "admin")

    assert len(office.rows(table.select())) == rows + 1
    entry = administration(office)[-1]
    (event,) = entry.events
    assert len(administration(office)) == entries + 1
    assert (event.table, entry.actor_id) == (kind, office.person_id("admin"))
    assert kind == "calendar_day" or event.row_id == answer
    assert all(word not in repr(entry) for word in ("新住户", "13700000000", "0755-8999", "new@example.org", "long enough"))
    with office.application.database.read() as connection:
        assert verify(connection) == []


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_else_changes_the_directory(shared_office: Office, kind: str) -> None:
    table = t.metadata.tables[kind]
    before = shared_office.rows(table.select())

    for login in ("director", "reception"):
        with pytest.raises(Forbidden):
            shared_office.execute(commands(shared_office)[kind], login)

    assert shared_office.rows(table.select()) == before


WRONG: dict[str, tuple[Callable[[Office], Any], str]] = {
    "estate without a name": (lambda office: directory.AddEstate("XX", " ", "x"), "name_zh"),
    "estate code taken": (lambda office: directory.AddEstate("YH", "x", "x"), "code"),
    "over-long name": (lambda office: directory.AddBuilding(office.estate_id(), "长" * 81), "name"),
    "login taken": (lambda office: directory.SavePerson("Reception", "x"), "login"),
    "short password": (lambda office: directory.SavePerson("new", "x", password="short"), "password"),
    "unknown role": (lambda office: directory.GrantRole(office.person_id("guard"), "emperor"), "role"),
    "department taken": (lambda office: directory.SaveDepartment("cleaning", "x", "x"), "code"),
    "own deputy": (lambda office: deputy(office, "guard", "guard", 1), "deputy_id"),
    "deputy backwards": (lambda office: deputy(office, "guard", "cleaner", 0), "ends_at"),
    "day without a reason": (lambda office: directory.SetCalendarDay(date(2026, 9, 30), False, "", "x"), "reason_zh"),
}


def deputy(office: Office, person: str, stand_in: str, days: int) -> directory.SetDeputy:
    """Somebody stands in for somebody."""
    now = office.clock.now()
    return directory.SetDeputy(office.person_id(person), office.person_id(stand_in), now, now + timedelta(days=days))


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_named_at_its_field(shared_office: Office, case: str) -> None:
    make, field = WRONG[case]

    with pytest.raises(InvalidValues) as caught:
        shared_office.execute(make(shared_office), "admin")

    assert set(caught.value.fields) == {field}


@pytest.mark.parametrize(
    "make",
    [
        lambda office: directory.AddBuilding(NOBODY, "x"),
        lambda office: directory.AddUnit(office.estate_id(), NOBODY, "x"),
        lambda office: directory.SaveHousehold(office.estate_id(), NOBODY, "x", ""),
        lambda office: directory.GrantRole(NOBODY, "reception"),
        lambda office: directory.GrantRole(office.person_id("guard"), "reception", NOBODY),
        lambda office: directory.RevokeRole(NOBODY),
        lambda office: directory.EndDeputy(NOBODY),
        lambda office: directory.SavePerson("x", "x", person_id=NOBODY),
        lambda office: directory.SaveDepartment("x", "x", "x", department_id=NOBODY),
        lambda office: directory.SaveHousehold(office.estate_id(), office.rows(t.unit.select())[0]["id"], "x", "", NOBODY),
    ],
)
def test_what_does_not_exist_cannot_be_named(shared_office: Office, make: Callable[[Office], Any]) -> None:
    entries = len(administration(shared_office))

    with pytest.raises(NotFound):
        shared_office.execute(make(shared_office), "admin")

    assert len(administration(shared_office)) == entries


def test_a_unit_belongs_to_the_estate_of_its_building(office: Office) -> None:
    elsewhere = office.rows(t.building.select().where(t.building.c.estate_id == office.estate_id("BT")))[0]

    with pytest.raises(NotFound):
        office.execute(directory.AddUnit(office.estate_id("YH"), elsewhere["id"], "9-9-999"), "admin")


def test_a_revoked_role_is_gone_at_once(office: Office) -> None:
    case = office.register()
    grant = office.rows(t.role_grant.select().where(t.role_grant.c.person_id == office.person_id("supervisor")))[0]

    office.execute(directory.RevokeRole(grant["id"]), "admin")

    assert office.actor("supervisor").roles == frozenset()
    with pytest.raises(NotFound):
        case.do(work.Claim(case.items[0]["id"]), "supervisor")
    with pytest.raises(NotFound):
        office.execute(directory.RevokeRole(grant["id"]), "admin")


def test_deputising_ends_when_it_is_ended(office: Office) -> None:
    row_id = office.execute(deputy(office, "supervisor", "guard", 5), "admin")
    assert "supervisor" in office.actor("guard").roles

    office.execute(directory.EndDeputy(row_id), "admin")

    assert "supervisor" not in office.actor("guard").roles


def test_a_changed_password_replaces_the_old_one(office: Office) -> None:
    person_id = office.person_id("guard")
    office.execute(directory.SavePerson("guard", "马超", password="a new password", person_id=person_id), "admin")

    assert office.execute(access.SignIn("guard", "a new password", "here"), "admin") == person_id
    with pytest.raises(Forbidden):
        office.execute(access.SignIn("guard", "demo-redress", "here"), "admin")


def test_a_closed_day_moves_the_deadlines_of_later_cases_alone(office: Office) -> None:
    before = office.register().run("rectification_plan")["due_at"]

    office.execute(commands(office)["calendar_day"], "admin")

    assert office.register().run("rectification_plan")["due_at"] > before
    assert office.rows(t.limit_run.select().where(t.limit_run.c.key == "rectification_plan"))[0]["due_at"] == before


def test_a_language_is_ones_own_choice_among_those_there_are(office: Office) -> None:
    office.execute(access.SetLanguage("en"), "guard")

    assert (office.actor("guard").language, office.actor("cleaner").language) == ("en", "zh_Hans")
    with pytest.raises(InvalidValues):
        office.execute(access.SetLanguage("tlh"), "guard")


def test_reading_marks_only_ones_own_messages(office: Office) -> None:
    case = office.register(poor_service=True)
    case.reach("confirm_assignment", poor_service=True)
    assert {login for login, _ in case.told()} == {"manager"}

    office.execute(access.ReadNotifications(), "supervisor")
    assert all(row["read_at"] is None for row in office.rows(t.notification.select()))
    office.execute(access.ReadNotifications(), "manager")

    assert all(row["read_at"] == office.clock.now() for row in office.rows(t.notification.select()))


def test_signing_in_is_refused_for_a_while_after_many_failures_from_one_place(office: Office) -> None:
    for _ in range(8):
        with pytest.raises(Forbidden, match="wrong"):
            office.execute(access.SignIn("guard", "guess", "there"), "admin")

    with pytest.raises(Forbidden, match="Too many"):
        office.execute(access.SignIn("guard", "demo-redress", "there"), "admin")
    assert office.execute(access.SignIn(" Guard ", "demo-redress", "here"), "admin") == office.person_id("guard")
    office.clock.advance(minutes=5, seconds=1)
    assert office.execute(access.SignIn("guard", "demo-redress", "there"), "admin") == office.person_id("guard")


def test_an_inactive_person_does_not_sign_in(office: Office) -> None:
    person_id = office.person_id("guard")
    office.execute(directory.SavePerson("guard", "马超", person_id=person_id, active=False), "admin")

    with pytest.raises(Forbidden):
        office.execute(access.SignIn("guard", "demo-redress", "here"), "admin")
