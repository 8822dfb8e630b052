"""The journal verifies as it was written, and whoever changes it is found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from engine.commands import cases
from engine.domain import events as ev
from engine.errors import Forbidden, InvalidValues, NotFound
from engine.storage import tables as t
from engine.storage.audit.verify import Problem, verify
from engine.storage.payloads import digest
from tests.office import Case, Office


def problems(office: Office) -> list[Problem]:
    """What verifying finds."""
    with office.application.database.read() as connection:
        return verify(connection)


def tamper(office: Office, change: Callable[[Connection], Any]) -> None:
    """Change the database behind the product's back."""
    with office.application.database.write() as connection:
        change(connection)


@pytest.fixture
def case(office: Office) -> Case:
    """A case with a few entries and personal values."""
    case = office.register(complainant_name="王五", subject="漏水")
    case.reach("find_cause")
    case.do(cases.AddComment(case.id, "王五很着急"), "reception")
    return case


def test_what_was_written_verifies(office: Office, case: Case) -> None:
    assert problems(office) == []
    assert [entry.seq for entry in case.journal()] == list(range(1, len(case.journal()) + 1))


@pytest.mark.parametrize("column", ["actor_id", "on_behalf_of", "action", "events", "personal", "prev_hash", "hash"])
def test_a_changed_entry_is_found(office: Office, case: Case, column: str) -> None:
    row = (t.journal.c.stream_id == case.id) & (t.journal.c.seq == 2)

    tamper(office, lambda connection: connection.execute(sa.update(t.journal).where(row).values({column: "x"})))

    assert {problem.seq for problem in problems(office)} <= {2, 3} and problems(office)


def test_a_changed_time_is_found(office: Office, case: Case) -> None:
    row = (t.journal.c.stream_id == case.id) & (t.journal.c.seq == 2)

    tamper(
        office,
        lambda connection: connection.execute(sa.update(t.journal).where(row).values(at=office.clock.now().replace(hour=5))),
    )

    assert Problem(case.id, 2, "chain") in problems(office)


def test_a_removed_entry_is_found(office: Office, case: Case) -> None:
    row = (t.journal.c.stream_id == case.id) & (t.journal.c.seq == 2)

    tamper(office, lambda connection: connection.execute(sa.delete(t.journal).where(row)))

    assert problems(office) == [Problem(case.id, 3, "chain")]


def test_a_removed_last_entry_is_found(office: Office, case: Case) -> None:
    last = len(case.journal())
    row = (t.journal.c.stream_id == case.id) & (t.journal.c.seq == last)

    tamper(office, lambda connection: connection.execute(sa.delete(t.journal).where(row)))

    assert problems(office) == [Problem(case.id, last, "head")]


def test_a_removed_case_journal_is_found(office: Office, case: Case) -> None:
    entries = len(case.journal())

    tamper(office, lambda connection: connection.execute(sa.delete(t.journal).where(t.journal.c.stream_id == case.id)))

    assert problems(office) == [Problem(case.id, entries, "head")]


@pytest.mark.parametrize("change", [{"value": '"别人"'}, {"salt": b"x" * 16}, {"value": None}, {"salt": None}])
def test_a_changed_payload_is_found(office: Office, case: Case, change: dict[str, Any]) -> None:
    row = (t.payload.c.stream_id == case.id) & (t.payload.c.field == "complainant_name")

    tamper(office, lambda connection: connection.execute(sa.update(t.payload).where(row).values(change)))

    assert problems(office) == [Problem(case.id, 0, "payload")]


def test_a_payload_changed_together_with_its_digest_is_found(office: Office, case: Case) -> None:
    row = (t.payload.c.stream_id == case.id) & (t.payload.c.field == "complainant_name")
    other = {"value": '"别人"', "salt": b"x", "digest": digest(b"x", '"别人"')}

    tamper(office, lambda connection: connection.execute(sa.update(t.payload).where(row).values(other)))

    assert problems(office) == [Problem(case.id, 1, "payload")]


def test_a_removed_payload_is_found(office: Office, case: Case) -> None:
    row = (t.payload.c.stream_id == case.id) & (t.payload.c.field == "complainant_name")

    tamper(office, lambda connection: connection.execute(sa.delete(t.payload).where(row)))

    assert problems(office) == [Problem(case.id, 1, "payload")]


def test_a_changed_submission_is_found(office: Office, case: Case) -> None:
    row = t.submission.c.case_id == case.id

    tamper(office, lambda connection: connection.execute(sa.update(t.submission).where(row).values(plain="{}")))

    assert {problem.what for problem in problems(office)} == {"submission"}


def test_erasing_leaves_the_chain_true_and_nothing_to_read(office: Office, case: Case) -> None:
    case.do(cases.ErasePersonalData(case.id, "依本人要求"), "admin")

    left = office.rows(t.payload.select().where(t.payload.c.stream_id == case.id, t.payload.c.value.is_not(None)))
    erased = office.rows(t.payload.select().where(t.payload.c.erased_at.is_not(None)))
    assert problems(office) == []
    assert [row["field"] for row in left] == ["reason"]
    assert erased and all(row["value"] is None and row["salt"] is None and row["digest"] for row in erased)
    assert office.rows(t.blind_index.select().where(t.blind_index.c.case_id == case.id)) == []
    assert office.rows(t.bigram.select().where(t.bigram.c.case_id == case.id)) == []
    (event,) = case.events(ev.PersonalDataErased)
    assert (event.count, event.by) == (len(erased), office.person_id("admin"))
    assert "subject" not in case.values or case.values["subject"] is None


def test_an_erased_case_goes_on_and_what_comes_later_is_kept(office: Office, case: Case) -> None:
    case.do(cases.ErasePersonalData(case.id, "依本人要求"), "admin")

    case.finish()

    assert case.entry["status"] == "closed" and problems(office) == []
    case.do(cases.ErasePersonalData(case.id, "办结后再删"), "admin")
    assert problems(office) == [] and len(case.events(ev.PersonalDataErased)) == 2


def test_erasing_takes_drafts_and_the_household_along(office: Office) -> None:
    household = office.rows(t.household.select().where(t.household.c.estate_id == office.estate_id()))[0]
    case = office.register(household=household["id"])
    assert case.entry["household_id"] == household["id"]
    case.reach("find_cause")

    case.do(cases.ErasePersonalData(case.id, "依本人要求"), "admin")

    assert case.entry["household_id"] is None and office.rows(t.draft.select()) == []


def test_only_administrators_erase_and_they_say_why(office: Office, case: Case) -> None:
    for login, kind in (("manager", Forbidden), ("bitong", NotFound)):
        with pytest.raises(kind):
            case.do(cases.ErasePersonalData(case.id, "原因"), login)
    with pytest.raises(InvalidValues):
        case.do(cases.ErasePersonalData(case.id, " "), "admin")
    with pytest.raises(NotFound):
        case.do(cases.ErasePersonalData("0" * 32, "原因"), "admin")

    assert office.rows(t.payload.select().where(t.payload.c.erased_at.is_not(None))) == []
