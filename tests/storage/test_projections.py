"""Projections are the journal in another form: made again from it, they are what stands."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa

from engine.commands import cases
from engine.commands.access import ReadNotifications
from engine.storage import tables as t
from engine.storage.audit.rebuild import Rows, contents, rebuild
from engine.storage.audit.verify import verify
from engine.storage.journal import to_entry
from engine.storage.tables import metadata
from tests.office import Case, Office
from tests.storage.stories import SAID, SECRETS

#: Where personal words may lie: sealed, or as the company's own directory.
MAY_TELL = {"payload", "household", "person", "unit", "procedure_version"}


def standing(office: Office) -> Rows:
    """Every projection as it stands."""
    with office.application.database.read() as connection:
        return contents(connection)


def rebuilt(office: Office) -> Rows:
    """Every projection made again; the database stays as it is."""
    with office.application.database.read() as connection:
        rebuild(connection, office.application.settings.secret_key)
        return contents(connection)


def differing(before: Rows, after: Rows) -> dict[str, set[object]]:
    """The rows of each table that only one of the two has."""
    return {name: set(before[name]) ^ set(after[name]) for name in before if before[name] != after[name]}


def test_after_a_story_of_every_path_all_is_covered_and_nothing_is_told(office: Office, told: dict[str, Case]) -> None:
    assert {name: case.entry["status"] for name, case in told.items() if name != "open_still"} == dict.fromkeys(
        set(told) - {"open_still"}, "closed"
    )
    before = standing(office)
    assert all(before[name] for name in before), "every projection has rows to compare"

    assert differing(before, rebuilt(office)) == {}
    with office.application.database.read() as connection:
        assert verify(connection) == []
    assert leaks(office) == []


def test_the_search_for_leaks_finds_what_stands_in_the_state_or_a_column(office: Office) -> None:
    office.register(developer=True)

    assert ("cases", "developer") in leaks(office, {"developer"}) and ("journal", "developer") in leaks(office, {"developer"})


def test_after_an_erasure_a_rebuild_brings_nothing_back(office: Office) -> None:
    case = office.register(complainant_name=SECRETS["complainant_name"], subject=SECRETS["subject"])
    other = office.register(complainant_name=SECRETS["complainant_name"], subject=SECRETS["subject"])
    case.finish()
    case.do(cases.ErasePersonalData(case.id, "依本人要求"), "admin")

    assert differing(standing(office), rebuilt(office)) == {}

    indexed = {row["case_id"] for row in office.rows(t.blind_index.select())}
    assert indexed == {other.id} == {row["case_id"] for row in office.rows(t.bigram.select())}


def test_a_wrong_projection_is_noticed(office: Office) -> None:
    office.register()
    before = rebuilt(office)

    with office.application.database.write() as connection:
        connection.execute(sa.update(t.work_item).values(department="elsewhere"))

    assert set(differing(before, standing(office))) == {"work_item"}


def test_reading_a_message_is_no_event_and_is_not_compared(office: Office) -> None:
    case = office.register(poor_service=True)
    case.finish(poor_service=True)
    before = standing(office)

    with office.application.database.write() as connection:
        connection.execute(sa.update(t.notification).values(read_at=office.clock.now()))

    assert standing(office) == before


def test_the_state_of_a_case_and_its_journal_say_the_same(office: Office) -> None:
    case = office.register()
    case.finish()

    (row,) = office.rows(t.cases.select().where(t.cases.c.id == case.id))
    entries = [to_entry(entry) for entry in office.rows(t.journal.select().where(t.journal.c.stream_id == case.id))]
    assert (row["journal_seq"], row["closed"]) == (len(entries), True)
    assert row["rev"] == len(entries)


def leaks(office: Office, words: Collection[str] = frozenset({*SECRETS.values(), *SAID})) -> list[tuple[str, str]]:
    """Each table and typed word where the word stands in clear, in a column or in the unpacked state."""
    found = []
    for table in metadata.tables.values():
        if table.name in MAY_TELL:
            continue
        text = "\n".join(map(_clear, office.rows(table.select())))
        # Pairs of signs are an index of their own that an erasure takes along; whole words must not stand there either.
        found += [(table.name, word) for word in words if word in text]
    return found


def _clear(row: Mapping[str, Any]) -> str:
    return "|".join(_text(value) for value in row.values())


def _text(value: Any) -> str:
    if not isinstance(value, bytes):
        return str(value)
    try:
        return zlib.decompress(value).decode()
    except zlib.error:
        return value.decode(errors="replace")


def test_what_was_read_and_what_was_sent_stays_so_after_a_rebuild(office: Office) -> None:
    case = office.register()
    case.reach("confirm_assignment")
    office.execute(ReadNotifications(), "supervisor")
    office.worker.tick()
    read = sa.select(t.notification.c.id, t.notification.c.read_at)
    sent = sa.select(t.outbox.c.id, t.outbox.c.sent_at, t.outbox.c.attempts)
    with office.application.database.read() as connection:
        before = [set(connection.execute(query)) for query in (read, sent)]

        rebuild(connection, office.application.settings.secret_key)

        after = [set(connection.execute(query)) for query in (read, sent)]

    assert before[0] and any(read_at for _, read_at in before[0])
    assert after == before
