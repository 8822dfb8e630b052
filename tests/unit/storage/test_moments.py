"""A stored moment is UTC, whoever writes and reads it; one without a zone is refused."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from engine.storage.tables.base import UtcDateTime

DIALECTS = [sqlite.dialect(), postgresql.dialect()]
NINE_IN_SHANGHAI = datetime(2026, 9, 28, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_a_naive_moment_is_refused(dialect: Any) -> None:
    with pytest.raises(ValueError, match="time zone"):
        UtcDateTime().process_bind_param(NINE_IN_SHANGHAI.replace(tzinfo=None), dialect)


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_a_moment_comes_back_in_utc(dialect: Any) -> None:
    stored = UtcDateTime().process_bind_param(NINE_IN_SHANGHAI, dialect)

    read = UtcDateTime().process_result_value(stored, dialect)

    assert read == datetime(2026, 9, 28, 1, tzinfo=UTC) and read.tzinfo is UTC
    assert UtcDateTime().process_result_value(None, dialect) is None


def test_moments_of_different_zones_compare_as_moments() -> None:
    engine = sa.create_engine("sqlite://")
    table = sa.Table("moments", sa.MetaData(), sa.Column("at", UtcDateTime))
    with engine.begin() as connection:
        table.create(connection)
        connection.execute(table.insert(), [{"at": NINE_IN_SHANGHAI}])
        found = connection.execute(sa.select(table.c.at).where(table.c.at <= datetime(2026, 9, 28, 1, tzinfo=UTC))).scalar()
    engine.dispose()

    assert found == NINE_IN_SHANGHAI
