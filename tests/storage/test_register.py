"""Verifying the register names the case and row that somebody changed, and leaves the database as it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from engine.commands import cases
from engine.register import COLUMNS, Flaw, Verdict, export_rows, verify_register
from engine.storage import tables as t
from engine.storage.audit.rebuild import contents
from engine.storage.database import Database
from tests.office import Case, Office
from tests.storage.stories import INTAKE, SECRETS

Change = Callable[[Case], Any]


def verdict(office: Office) -> Verdict:
    """What verifying says."""
    scratch = Database("sqlite:///:memory:")
    with office.application.database.read() as connection, scratch.read() as made:
        return verify_register(connection, made, office.application.settings.secret_key)


def tamper(office: Office, *changes: sa.Executable) -> None:
    """Change the database behind the product's back."""
    with office.application.database.write() as connection:
        for change in changes:
            connection.execute(change)


def test_an_untouched_register_is_whole(office: Office, told: dict[str, Case]) -> None:
    with office.application.database.read() as connection:
        before = contents(connection)
        entries = connection.execute(sa.select(sa.func.count()).select_from(t.journal)).scalar_one()

    found = verdict(office)

    assert found.flaws == () and found.rows == entries and found.cases >= len(told)
    with office.application.database.read() as connection:
        assert contents(connection) == before


def test_erasing_a_person_leaves_it_whole(office: Office) -> None:
    case = office.register(complainant_name="王五", subject="漏水")
    case.do(cases.ErasePersonalData(case.id, "依本人要求"), "admin")

    assert verdict(office).flaws == ()


CHANGES: dict[str, tuple[Change, Callable[[Case], set[Flaw]]]] = {
    "severity": (
        lambda case: sa.update(t.register_entry).where(t.register_entry.c.case_id == case.id).values(severity="x"),
        lambda case: {Flaw(case.number, f"register_entry {case.id}", "projection")},
    ),
    "entry": (
        lambda case: sa.update(t.journal).where(t.journal.c.stream_id == case.id, t.journal.c.seq == 2).values(actor_id="x"),
        lambda case: {Flaw(case.number, "journal 2", "chain")},
    ),
    "last entry": (
        lambda case: sa.delete(t.journal).where(t.journal.c.stream_id == case.id, t.journal.c.seq == len(case.journal())),
        lambda case: {Flaw(case.number, f"journal {len(case.journal())}", "head")},
    ),
    "case": (
        lambda case: sa.delete(t.cases).where(t.cases.c.id == case.id),
        lambda case: {Flaw(case.number, "journal 0", "head")},
    ),
    "item": (
        lambda case: sa.delete(t.work_item).where(t.work_item.c.id == case.item("find_cause")["id"]),
        lambda case: {Flaw(case.number, f"work_item {case.item('find_cause')['id']}", "projection")},
    ),
    "counter": (
        lambda case: sa.update(t.register_number).values(last=0),
        lambda case: {Flaw(f"{case.entry['estate_id']} current 2026", "register_number 0", "counter")},
    ),
    "form": (
        lambda case: sa.update(t.submission).where(t.submission.c.case_id == case.id).values(plain="{}"),
        lambda case: {Flaw(case.number, "journal 2", "submission")},
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_somebody_changed_is_named(office: Office, name: str) -> None:
    case = office.register(**INTAKE)
    case.reach("find_cause")
    change, expected = CHANGES[name]
    wanted = expected(case)

    tamper(office, change(case))

    assert wanted <= set(verdict(office).flaws)


def test_an_added_row_is_named(office: Office) -> None:
    case = office.register()

    tamper(office, sa.insert(t.watcher).values(case_id=case.id, person_id="nobody"))

    assert verdict(office).flaws == (Flaw(case.number, f"watcher {case.id} nobody", "projection"),)


def test_changed_personal_words_are_named_by_field(office: Office) -> None:
    case = office.register(complainant_name="王五", subject="漏水")

    tamper(office, sa.update(t.payload).where(t.payload.c.field == "subject").values(value='"停电"'))

    (flaw,) = {flaw for flaw in verdict(office).flaws if flaw.what == "payload"}
    assert flaw.case == case.number and flaw.row.endswith("(subject)")


def test_a_case_that_vanished_altogether_leaves_a_gap(office: Office) -> None:
    gone, kept = office.register(), office.register()
    tables = [*(table for table in t.metadata.tables.values() if "case_id" in table.c), t.cases, t.journal, t.payload]
    columns = {t.cases: "id", t.journal: "stream_id", t.payload: "stream_id"}

    tamper(office, *(sa.delete(table).where(table.c[columns.get(table, "case_id")] == gone.id) for table in tables))

    place = f"{kept.entry['estate_id']} current 2026"
    assert verdict(office).flaws == (Flaw(place, "register_entry 1", "gap"),)


def test_the_table_holds_every_complaint_and_no_complainant(office: Office, told: dict[str, Case]) -> None:
    with office.application.database.read() as connection:
        rows = list(export_rows(connection, ZoneInfo("Asia/Shanghai")))
        none = list(export_rows(connection, ZoneInfo("Asia/Shanghai"), 1999))

    numbers = [row[0] for row in rows]
    current = [number for number in numbers if number.startswith("YH-2026-")]
    assert current == sorted(current) and {case.number for case in told.values()} <= set(numbers) and none == []
    text = "\n".join(",".join(row) for row in rows)
    assert not [secret for secret in SECRETS.values() if secret in text]
    assert rows[0][list(COLUMNS).index("registered_at")].endswith("+08:00")


def test_no_cell_is_a_formula(office: Office) -> None:
    case = office.register()
    tamper(office, sa.update(t.register_entry).where(t.register_entry.c.case_id == case.id).values(outcome="=1+1"))

    with office.application.database.read() as connection:
        (row,) = export_rows(connection, ZoneInfo("UTC"))

    assert row[list(COLUMNS).index("outcome")] == "'=1+1"


def test_progress_is_told_to_the_end(office: Office) -> None:
    office.register()
    heard: list[tuple[int, int]] = []

    scratch = Database("sqlite:///:memory:")
    with office.application.database.read() as connection, scratch.read() as made:
        found = verify_register(connection, made, b"x" * 32, lambda done, of: heard.append((done, of)))
        ours = _case_entries(connection)

    assert heard[-1] == (found.rows + ours, 2 * found.rows)
    assert [flaw for flaw in found.flaws if flaw.what != "projection"] == []


def _case_entries(connection: Connection) -> int:
    query = sa.select(sa.func.count()).select_from(t.journal).where(t.journal.c.stream_kind == "case")
    return int(connection.execute(query).scalar_one())
