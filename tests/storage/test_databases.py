"""What differs between the databases stays behind the door: the tables, what a command is told, and how a reader sees."""

from __future__ import annotations

from contextlib import suppress

import pytest
import sqlalchemy as sa

from engine.bootstrap import Application
from engine.commands import directory
from engine.domain.actor import SYSTEM
from engine.errors import Conflict, InvalidValues
from engine.storage import tables as t
from engine.storage.migrations.checking import differences
from tests.office import Office


def test_the_migrations_make_exactly_the_tables(application: Application) -> None:
    assert differences(application.database) == []


def test_a_row_that_somebody_else_added_first_is_a_conflict(office: Office) -> None:
    estate = office.rows(sa.select(t.estate))[0]
    with pytest.raises(Conflict) as refused, office.application.database.write() as connection:
        connection.execute(sa.insert(t.estate), {**estate, "id": "another"})

    assert "先处理" in refused.value.text.zh


def test_a_fault_of_our_own_is_not_called_a_conflict(office: Office) -> None:
    with pytest.raises(sa.exc.IntegrityError), office.application.database.write() as connection:
        connection.execute(sa.insert(t.estate), {"id": "nameless"})


def test_a_reader_sees_one_state_however_much_is_written_meanwhile(office: Office) -> None:
    count = sa.select(sa.func.count()).select_from(t.building)
    with office.application.database.read() as connection:
        before = connection.execute(count).scalar()
        office.application.execute(directory.AddBuilding(office.estate_id(), "新楼"), SYSTEM)
        assert connection.execute(count).scalar() == before

    with office.application.database.read() as connection:
        assert connection.execute(count).scalar() == before + 1


def test_a_value_that_the_database_cannot_keep_is_refused_with_a_sentence(application: Application) -> None:
    with pytest.raises(InvalidValues) as refused, application.database.write():
        raise sa.exc.DataError("", {}, ValueError("too long"))

    assert "太长" in refused.value.text.zh


def test_signs_that_cannot_be_stored_are_found_nowhere_and_break_nothing(office: Office) -> None:
    with suppress(InvalidValues), office.application.database.read() as connection:
        assert connection.execute(sa.select(t.estate).where(t.estate.c.code == "\x00")).all() == []


def test_a_result_that_nobody_read_to_its_end_keeps_nothing_for_whoever_comes_next(office: Office) -> None:
    database = office.application.database
    with database.read() as one, database.read() as other:
        left = [connection.execute(sa.select(t.person.c.id)) for connection in (one, other)]
        assert all(result.fetchone() for result in left)

    for name in ("东楼", "西楼", "南楼"):
        office.application.execute(directory.AddBuilding(office.estate_id(), name), SYSTEM)

    assert {"东楼", "西楼", "南楼"} <= {row["name"] for row in office.rows(sa.select(t.building))}
