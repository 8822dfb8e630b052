"""The shared metadata and the column types that behave alike on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, DateTime, Dialect, Index, LargeBinary, MetaData, String, Text, TypeDecorator, text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC and read back in UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """What the driver stores."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment needs a time zone")
        moment = value.astimezone(UTC)
        return moment if dialect.name == "postgresql" else moment.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """What the caller sees."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


def key(name: str = "id", **options: Any) -> Column[str]:
    """A primary key of text."""
    return Column(name, String(64), primary_key=True, **options)


def ref(name: str, **options: Any) -> Column[str]:
    """A reference by id; kept without a database constraint where the other row may be historic."""
    return Column(name, String(64), **options)


def moment(name: str, **options: Any) -> Column[datetime]:
    """A moment in UTC."""
    return Column(name, UtcDateTime, **options)


def words(name: str, **options: Any) -> Column[str]:
    """Text of any length."""
    return Column(name, Text, **options)


def blob(name: str, **options: Any) -> Column[bytes]:
    """Bytes."""
    return Column(name, LargeBinary, **options)


def partial(name: str, holding: str, *columns: str) -> Index:
    """An index of the rows of which the condition holds."""
    return Index(name, *columns, sqlite_where=text(holding), postgresql_where=text(holding))
