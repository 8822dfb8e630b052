"""The ledger: few read it, everybody sees the own lines, and nothing in it is ever changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa

from engine.commands.sanctions import CounterEntry, EnterConduct, NoteLedgerExport
from engine.errors import Forbidden, InvalidState, InvalidValues, NotFound
from engine.queries import improvement
from engine.storage import tables as t
from tests.office import Office


def praise(office: Office, **changes: object) -> EnterConduct:
    """A bonus for the engineer."""
    usual = EnterConduct(
        kind="reward",
        estate_id=office.estate_id(),
        person_id=office.person_id("engineer"),
        department="engineering",
        level="bonus",
        amount=Decimal("300.50"),
        measure="当月奖金",
        reason="抢修及时，业主来信表扬",
        decided_by="工程部负责人、宋董事",
        decided_on=date(2026, 9, 27),
    )
    return replace(usual, **changes)  # type: ignore[arg-type]


def lines(office: Office, login: str) -> list[improvement.Line]:
    """What that person sees."""
    with office.application.read() as reader:
        return list(improvement.ledger(reader, office.actor(login)).lines)


@pytest.mark.clause("S1.18", "S1.43")
def test_few_read_it_and_everybody_the_own_lines(office: Office) -> None:
    office.execute(praise(office), "manager")

    for login in ("manager", "director", "board", "engineer"):
        (line,) = lines(office, login)
        assert (line.kind.en, line.level and line.level.en, line.amount) == ("Reward", "Bonus", Decimal("300.5")), login
        assert line.mine is (login == "engineer")
    for login in ("guard", "supervisor", "reception", "owner", "bitong", "head"):
        assert lines(office, login) == [], login


def test_a_line_is_taken_back_by_another_and_never_changed(office: Office) -> None:
    entry_id = office.execute(praise(office), "manager")
    (before,) = office.rows(sa.select(t.conduct_entry))

    office.execute(CounterEntry(entry_id, "登错了人"), "director")

    first = office.rows(sa.select(t.conduct_entry).where(t.conduct_entry.c.id == entry_id))[0]
    assert first == before
    newest, oldest = lines(office, "board")
    assert (newest.counters, newest.reason, oldest.countered, oldest.may_counter) == (oldest.serial, "登错了人", True, False)
    with pytest.raises(InvalidState):
        office.execute(CounterEntry(entry_id, "再来"), "manager")
    with pytest.raises(InvalidState):
        office.execute(CounterEntry(str(newest.entry_id), "再来"), "manager")


def test_who_may(office: Office) -> None:
    entry_id = office.execute(praise(office), "manager")

    for login in ("supervisor", "engineer", "board"):
        with pytest.raises(Forbidden):
            office.execute(praise(office), login)
    with pytest.raises(Forbidden):
        office.execute(praise(office, person_id=office.person_id("manager")), "manager")
    for login, refusal in (("engineer", NotFound), ("guard", NotFound), ("board", Forbidden)):
        with pytest.raises(refusal):
            office.execute(CounterEntry(entry_id, "x"), login)
    with pytest.raises(Forbidden):
        office.execute(NoteLedgerExport(1), "engineer")


def test_what_cannot_be_taken_is_said_at_its_field(office: Office) -> None:
    wrong = {
        "kind": {"kind": "gossip"},
        "person": {"person_id": None, "department": None},
        "department": {"department": "astronomy"},
        "level": {"level": "demerit"},
        "amount": {"amount": Decimal("0.001")},
        "reason": {"reason": ""},
        "decided_by": {"decided_by": " "},
        "decided_on": {"decided_on": date(2026, 9, 29)},
        "case": {"case_number": "YH-2026-99999"},
    }

    for field, changes in wrong.items():
        with pytest.raises(InvalidValues) as refused:
            office.execute(praise(office, **changes), "manager")
        assert set(refused.value.fields) == {field}, field
    with pytest.raises(InvalidValues):
        office.execute(praise(office, level=None, amount=None, measure=" "), "manager")
    for amount in (Decimal("NaN"), Decimal(-1), Decimal("1E+20")):
        with pytest.raises(InvalidValues):
            office.execute(praise(office, amount=amount), "manager")


@pytest.mark.clause("S1.42", "S0.12", "S0.13")
def test_what_cases_decided_is_told_without_being_entered_again(office: Office) -> None:
    case = office.register()
    guilty = office.person_id("engineer")
    person = {"accountable_person": guilty, "accountable_as": "directly_liable", "sanction": "demerit"}
    rows = [{**person, "deduction_base": Decimal(2000), "deduction_percent": Decimal(10)}]
    case.finish(accountability_needed=True, accountable_people=rows)

    (told,) = [line for line in lines(office, "board") if line.entry_id is None]

    assert (told.number, told.level and told.level.zh, told.amount) == (case.number, "记过", Decimal(200))
    assert [line.mine for line in lines(office, "engineer")] == [True]
    assert lines(office, "guard") == lines(office, "reception") == []


def test_the_journal_holds_lines_by_their_digest_alone(office: Office) -> None:
    office.execute(praise(office), "manager")
    office.execute(NoteLedgerExport(1), "board")

    entered, exported = office.rows(
        sa.select(t.journal.c.events, t.journal.c.actor_id)
        .where(t.journal.c.action == "directory_conduct_entry")
        .order_by(t.journal.c.seq)
    )

    assert "digest" in entered["events"] and "bonus" not in entered["events"] and "抢修" not in entered["events"]
    assert "exported" in exported["events"] and exported["actor_id"] == office.person_id("board")
