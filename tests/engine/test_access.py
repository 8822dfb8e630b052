"""Ways in: guesses are slowed and nobody is locked out, sessions end when they should, bad passwords are refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

import pytest
from argon2 import PasswordHasher, Type, extract_parameters

from engine.commands import access, directory
from engine.commands.access import change_password, passwords
from engine.commands.access import sign_in as sign_in_command
from engine.commands.access.passwords import DEMO
from engine.domain.actor import SYSTEM
from engine.errors import Forbidden, InvalidValues, TooManyAttempts
from engine.queries import access as queries
from engine.storage import tables as t
from tests.office import Office

GOOD = "seven wet umbrellas"
BAD = {
    "short": "nine sign",
    "endless": "ab cd ef g" * 21,
    "with the login": "my guardians password",
    "a run": "1234567890",
    "a run backwards": "9876543210",
    "one sign": "aaaaaaaaaaaa",
    "usual": "Password1234",
    "the demonstration's": DEMO,
}


def sign_in(office: Office, login: str, password: str = DEMO, address: str = "10.0.0.1") -> str:
    """A person's attempt."""
    return str(office.application.execute(access.SignIn(login, password, address), SYSTEM))


def guess(office: Office, logins: Iterable[str], addresses: Iterable[str]) -> None:
    """Wrong passwords, one after the other."""
    for login, address in zip(logins, addresses, strict=True):
        with pytest.raises(Forbidden, match="wrong"):
            sign_in(office, login, "guess", address)


def epoch(office: Office, login: str) -> int:
    """The sessions of the person that count."""
    return int(office.rows(t.person.select().where(t.person.c.login == login))[0]["session_epoch"])


def add(office: Office, login: str, password: str) -> str:
    """A person who is no demonstration person."""
    return str(office.execute(directory.SavePerson(login, login, password=password), "admin"))


def test_a_guess_from_many_addresses_is_slowed_and_the_owner_is_not(office: Office) -> None:
    sign_in(office, "guard", address="192.0.2.1")
    guess(office, ["guard"] * 30, (f"10.0.{number}.1" for number in range(30)))

    with pytest.raises(TooManyAttempts):
        sign_in(office, "guard", address="10.1.0.1")
    assert sign_in(office, "guard", address="192.0.2.1"), "where somebody signed in before, others' guesses change nothing"
    office.clock.advance(seconds=15)
    assert sign_in(office, "guard", address="10.1.0.1"), "a stranger is heard again after seconds: the name is never locked"


def test_a_guess_at_many_names_is_slowed_and_the_office_behind_that_address_is_not(office: Office) -> None:
    sign_in(office, "guard")
    guess(office, (f"name{number}" for number in range(100)), ["10.0.0.1"] * 100)

    with pytest.raises(TooManyAttempts):
        sign_in(office, "cleaner")
    assert sign_in(office, "guard")
    assert sign_in(office, "cleaner", address="10.0.0.2")
    office.clock.advance(seconds=5)
    assert sign_in(office, "cleaner")


def test_an_ipv6_network_counts_as_one_place(office: Office) -> None:
    guess(office, ["guard"] * 8, (f"2001:db8:1:2::{number:x}" for number in range(8)))

    with pytest.raises(TooManyAttempts):
        sign_in(office, "guard", address="2001:db8:1:2:ffff::1")
    assert sign_in(office, "guard", address="2001:db8:1:3::1")


def test_asking_during_the_pause_does_not_make_it_longer(office: Office) -> None:
    guess(office, ["guard"] * 8, ["10.0.0.1"] * 8)

    for _ in range(4):
        office.clock.advance(minutes=1)
        with pytest.raises(TooManyAttempts):
            sign_in(office, "guard")
    office.clock.advance(minutes=1, seconds=1)

    assert sign_in(office, "guard")


def test_unknown_names_are_refused_slowed_and_counted_like_known_ones(office: Office) -> None:
    said = []
    for login in ("guard", "nobody-of-that-name"):
        guess(office, [login] * 8, ["10.0.0.9"] * 8)
        with pytest.raises(TooManyAttempts) as refusal:
            sign_in(office, login, address="10.0.0.9")
        said.append(refusal.value.text)

    assert said[0] == said[1]


def test_old_attempts_are_forgotten(office: Office) -> None:
    guess(office, ["guard"] * 3, ["10.0.0.1"] * 3)
    office.clock.advance(days=31)

    sign_in(office, "cleaner")

    assert [row["login"] for row in office.rows(t.sign_in_attempt.select())] == ["cleaner"]


def test_a_changed_password_ends_every_session_and_is_journaled_without_itself(office: Office) -> None:
    before = epoch(office, "guard")

    office.execute(access.ChangePassword(DEMO, GOOD, "10.0.0.1"), "guard")

    assert epoch(office, "guard") == before + 1
    assert sign_in(office, "guard", GOOD)
    entry = office.rows(t.journal.select().where(t.journal.c.action == "password_set"))[-1]
    assert entry["actor_id"] == office.person_id("guard") and GOOD not in str(dict(entry))


def test_guesses_of_the_old_password_count_like_failed_sign_ins(office: Office) -> None:
    for _ in range(8):
        with pytest.raises(Forbidden, match="old password"):
            office.execute(access.ChangePassword("guess", GOOD, "10.0.0.1"), "guard")

    with pytest.raises(TooManyAttempts):
        office.execute(access.ChangePassword(DEMO, GOOD, "10.0.0.1"), "guard")
    with pytest.raises(TooManyAttempts):
        sign_in(office, "guard")


@pytest.mark.parametrize("password", BAD.values(), ids=list(BAD))
def test_a_bad_password_is_refused_wherever_it_is_set(office: Office, password: str) -> None:
    with pytest.raises(InvalidValues) as of_a_new_person:
        add(office, "guardian", password)
    assert set(of_a_new_person.value.fields) == {"password"}

    add(office, "guardians", GOOD)
    with pytest.raises(InvalidValues) as of_ones_own:
        office.execute(access.ChangePassword(GOOD, password, "here"), "guardians")
    assert set(of_ones_own.value.fields) == {"new"}


def test_the_same_password_again_is_no_change(office: Office) -> None:
    with pytest.raises(InvalidValues):
        office.execute(access.ChangePassword(DEMO, DEMO, "here"), "guard")


def test_a_password_that_an_administrator_set_has_to_be_changed(office: Office) -> None:
    person_id = add(office, "newcomer", GOOD)
    assert standing(office, person_id).must_change

    office.execute(access.ChangePassword(GOOD, "another wet umbrella", "here"), "newcomer")

    assert not standing(office, person_id).must_change


def test_ones_own_password_is_not_set_without_the_old_one(office: Office) -> None:
    admin = office.person_id("admin")

    with pytest.raises(InvalidValues):
        office.execute(directory.SavePerson("admin", "管理员", password=GOOD, person_id=admin), "admin")
    with pytest.raises(Forbidden):
        office.execute(access.SetPassword(admin, GOOD), "admin")


def test_a_signed_out_session_and_all_sessions_end(office: Office) -> None:
    person_id = office.person_id("guard")
    before = standing(office, person_id, "one")

    office.execute(access.SignOut("one"), "guard")
    office.execute(access.SignOut("one"), "guard")

    ended = {session_id: standing(office, person_id, session_id).ended for session_id in ("one", "two")}
    assert not before.ended and ended == {"one": True, "two": False}
    office.execute(access.SignOutEverywhere(), "guard")
    assert standing(office, person_id, "two").epoch == before.epoch + 1


def test_who_comes_back_after_being_deactivated_has_no_old_session(office: Office) -> None:
    person_id = office.person_id("guard")
    before = standing(office, person_id).epoch

    for active in (False, True):
        office.execute(directory.SavePerson("guard", "马超", person_id=person_id, active=active), "admin")

    assert standing(office, person_id).epoch > before


def test_guessing_a_stolen_hash_is_dear(real_hasher: PasswordHasher) -> None:
    cost = extract_parameters(real_hasher.hash(GOOD))

    # RFC 9106, for where memory is short: three rounds over 64 MiB.
    assert cost.type is Type.ID and cost.time_cost >= 3 and cost.memory_cost >= 64 * 1024
    assert (cost.salt_len, cost.hash_len) >= (16, 32)


def test_a_hash_of_older_parameters_is_renewed_at_the_next_sign_in(office: Office) -> None:
    old = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(GOOD)
    person_id = office.person_id("guard")
    with office.application.database.write() as connection:
        mine = t.credential.c.person_id == person_id
        connection.execute(t.credential.update().where(mine).values(password_hash=old))

    sign_in(office, "guard", GOOD)

    assert office.rows(t.credential.select().where(t.credential.c.person_id == person_id))[0]["password_hash"] != old
    assert sign_in(office, "guard", GOOD)


def standing(office: Office, person_id: str, session_id: str = "") -> queries.Standing:
    """How it stands with the person's way in."""
    with office.application.read() as reader:
        found = queries.standing(reader, None, person_id, session_id)
    assert found is not None
    return found


def test_an_attempt_is_remembered_no_longer_than_a_month(office: Office) -> None:
    sign_in(office, "guard", address="192.0.2.1")
    office.clock.advance(days=31)
    guess(office, ["guard"] * 30, (f"10.0.{number}.1" for number in range(30)))

    with pytest.raises(TooManyAttempts):
        sign_in(office, "guard", address="192.0.2.1")
    office.clock.set(office.clock.now() + timedelta(hours=1))
    assert sign_in(office, "guard", address="192.0.2.1")


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Does something once, at the very moment when a password is being compared."""

    def arrange(happening: Callable[[], object]) -> None:
        awaited = [happening]

        def verify(stored: str | None, password: str) -> bool:
            if awaited:
                awaited.pop()()
            return passwords.verify(stored, password)

        for module in (change_password, sign_in_command):
            monkeypatch.setattr(module, "verify", verify)

    return arrange


def test_nobody_waits_while_a_password_is_compared(office: Office, meanwhile: Callable[[Callable[[], object]], None]) -> None:
    office.register()
    meanwhile(lambda: office.execute(access.SetLanguage("en"), "cleaner"))

    assert sign_in(office, "guard")
    office.execute(access.ChangePassword(DEMO, GOOD, "10.0.0.1"), "guard")

    assert office.actor("cleaner").language == "en" and sign_in(office, "guard", GOOD)


def test_two_devices_that_sign_in_while_the_hash_is_renewed_are_both_let_in(
    office: Office, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    person_id = office.person_id("guard")
    stronger = PasswordHasher(time_cost=3, memory_cost=16, parallelism=1).hash(GOOD)
    office.application.execute(access.SetPassword(person_id, GOOD), SYSTEM)

    def renew() -> None:
        with office.application.database.write() as connection:
            connection.execute(t.credential.update().where(t.credential.c.person_id == person_id).values(password_hash=stronger))

    meanwhile(renew)

    assert sign_in(office, "guard", GOOD)
    with pytest.raises(Forbidden, match="wrong"):
        sign_in(office, "guard", "eight dry umbrellas")


def test_a_password_that_is_replaced_while_it_is_compared_is_refused(
    office: Office, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    office.application.execute(access.SetPassword(office.person_id("guard"), GOOD), SYSTEM)
    other = access.SetPassword(office.person_id("guard"), "eight dry umbrellas")
    meanwhile(lambda: office.application.execute(other, SYSTEM))

    with pytest.raises(Forbidden, match="wrong"):
        sign_in(office, "guard", GOOD)
    meanwhile(lambda: office.application.execute(other, SYSTEM))
    with pytest.raises(Forbidden, match="wrong"):
        office.execute(access.ChangePassword("eight dry umbrellas", "nine grey umbrellas", "10.0.0.1"), "guard")

    assert [row["succeeded"] for row in office.rows(t.sign_in_attempt.select())] == [False, False]
