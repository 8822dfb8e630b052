"""A file of the register: made once, of what its reader may see; had by that person alone, for a while."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from python_calamine import CalamineWorkbook

from engine.commands.exports import (
    CancelExport,
    ChooseColumns,
    FinishExport,
    NoteProgress,
    RequestExport,
    TakeExport,
)
from engine.commands.imports.store_records import Record, StoreRecords
from engine.domain.actor import SYSTEM
from engine.errors import InvalidState, InvalidValues, NotFound
from engine.outbound.sheets import register as files
from engine.queries import register
from engine.storage import tables as t
from engine.storage.audit.verify import verify
from tests.office import Office

COLUMNS = ("registered_at", "subject", "complainant_phone", "status")
SECRET = "李晓梅"


def ask(office: Office, login: str = "supervisor", typed: str = "", form: str = "xlsx", **filters: Any) -> str:
    """An export as the page asks for it."""
    return str(office.execute(RequestExport(filters, typed, COLUMNS, form), login))


def export(office: Office, export_id: str) -> Any:
    """The row of an export."""
    return office.rows(sa.select(t.export).where(t.export.c.id == export_id))[0]


def made(office: Office, export_id: str) -> Path:
    """Its file."""
    row = export(office, export_id)
    return office.application.exports_dir / f"{export_id}-{row['attempts']}.{row['format']}"


def rows_of(path: Path) -> list[list[Any]]:
    """What stands in a workbook's first sheet."""
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def records(office: Office, count: int) -> None:
    """Historic records, one an hour back."""
    names = office.application.catalogue.intake(office.clock.now()).procedure.register
    some = (
        Record(f"{place}", {names["subject"]: "水管漏水", names["heard_at"]: office.clock.now() - timedelta(hours=place + 1)})
        for place in range(count)
    )
    office.execute(StoreRecords(office.estate_id(), tuple(some)), "admin")


def test_every_row_that_is_seen_is_written_with_the_columns_in_their_order(office: Office) -> None:
    first = office.register(subject="=HYPERLINK(1)", complainant_phone="13800003502")
    office.clock.advance(minutes=5)
    second = office.register(subject="楼道灯不亮")
    other = ask(office, "bitong")
    mine = ask(office)

    assert office.application.make_exports() == 2

    heading, newest, oldest, under = rows_of(made(office, mine))
    assert heading == ["序号", "编号", "登记时间", "事由", "联系电话", "状态"]
    assert newest[:2] == [1.0, second.number] and newest[3] == "楼道灯不亮"
    assert oldest[1:2] + oldest[3:] == [first.number, "=HYPERLINK(1)", "13800003502", "办理中"]
    assert under[1] == "共 2 件"
    assert [row[1] for row in rows_of(made(office, other))] == ["编号", "共 0 件"], "of another estate there is nothing"


def test_a_csv_is_narrowed_and_searched_as_the_page_was(office: Office) -> None:
    office.register(subject="楼道灯不亮", complainant_name=SECRET)
    office.register(subject="+86 电梯异响")
    wanted = ask(office, typed="电梯", form="csv", state="open")

    office.application.make_exports()

    lines = list(csv.reader(io.StringIO(made(office, wanted).read_text("utf-8-sig"), newline="")))
    assert [line[3] for line in lines] == ["事由", "'+86 电梯异响"]


def test_who_exported_what_is_written_down_and_what_was_typed_is_sealed(office: Office) -> None:
    office.register(complainant_name=SECRET)
    wanted = ask(office, typed=SECRET, state="open")
    office.application.make_exports()

    entries = office.rows(sa.select(t.journal).where(t.journal.c.action == "export").order_by(t.journal.c.seq))
    assert entries[0]["actor_id"] == office.person_id("supervisor")
    assert SECRET not in str([dict(entry) for entry in entries]) and "open" in str(dict(entries[0]))
    assert '"rows"' in str(dict(entries[1])) and export(office, wanted)["typed"] is None
    with office.application.database.read() as connection:
        assert verify(connection) == []


def test_a_worker_that_is_gone_is_followed_by_another_and_no_two_make_the_same(office: Office) -> None:
    office.register()
    wanted = ask(office)
    lost = office.application.execute(TakeExport(), SYSTEM)
    assert office.application.execute(TakeExport(), SYSTEM) is None and office.application.make_exports() == 0

    office.clock.advance(seconds=61)

    assert office.application.make_exports() == 1
    late = FinishExport(wanted, lost.attempt, 1, "0" * 64, 1)
    assert office.application.execute(NoteProgress(wanted, lost.attempt, 1, 1), SYSTEM) is False
    assert office.application.execute(late, SYSTEM) is False
    assert export(office, wanted)["digest"] == files.digest_of(made(office, wanted))


def test_what_fails_again_and_again_is_given_up(office: Office) -> None:
    wanted = ask(office)
    for _ in range(3):
        assert office.application.execute(TakeExport(), SYSTEM) is not None
        office.clock.advance(minutes=2)

    assert office.application.make_exports() == 0 and export(office, wanted)["state"] == "failed"


def test_a_cancelled_export_stops_in_the_middle_and_leaves_no_file(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    records(office, 5)
    wanted = ask(office)
    monkeypatch.setattr(files, "PORTION", 2)
    seen: list[int] = []

    def cancelling(reader: Any, *given: Any) -> Any:
        for portion in chunks(reader, *given):
            yield portion
            seen.append(export(office, wanted)["rows_done"])
            if len(seen) == 2:
                office.execute(CancelExport(wanted), "supervisor")

    chunks = register.chunks
    monkeypatch.setattr(files.register, "chunks", cancelling)

    assert office.application.make_exports() == 0

    assert seen == [0, 2], "each portion was told of before the next"
    assert export(office, wanted)["state"] == "cancelled"
    assert list(office.application.exports_dir.iterdir()) == []


def test_after_a_week_the_file_is_gone(office: Office) -> None:
    wanted = ask(office)
    office.application.make_exports()
    path = made(office, wanted)
    assert path.is_file()

    office.clock.advance(days=7, seconds=1)
    office.application.make_exports()

    assert not path.exists() and export(office, wanted)["state"] == "gone"


def test_nobody_reads_or_ends_the_export_of_somebody_else(office: Office) -> None:
    wanted = ask(office)

    with pytest.raises(NotFound):
        office.execute(CancelExport(wanted), "reception")
    with office.application.read() as reader, pytest.raises(NotFound):
        register.export_of(reader, office.actor("reception"), wanted)


def test_too_many_at_once_and_what_cannot_be_is_refused(office: Office) -> None:
    for _ in range(3):
        ask(office)
    with pytest.raises(InvalidState):
        ask(office)
    with pytest.raises(InvalidValues):
        ask(office, "reception", form="exe")
    for columns in ((), ("x" * 99,), ("a; drop",)):
        with pytest.raises(InvalidValues):
            office.execute(ChooseColumns(columns), "reception")


def test_what_somebody_may_no_longer_read_is_not_in_the_file(office: Office) -> None:
    office.register()
    wanted = ask(office)
    with office.application.database.write() as connection:
        connection.execute(sa.delete(t.role_grant).where(t.role_grant.c.person_id == office.person_id("supervisor")))

    office.application.make_exports()

    assert export(office, wanted)["rows_total"] == 0
