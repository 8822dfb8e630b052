"""What the database says when two commands met, or when a value does not fit, put into the engine's own refusals."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DataError, DBAPIError

from engine.domain.text import Text
from engine.errors import Conflict, InvalidValues

CHANGED_MEANWHILE = Text(
    "刚才有人先处理了。请刷新后再试一次。",
    "Somebody else was faster. Reload and try again.",
)
DOES_NOT_FIT = Text(
    "有一项内容太长,或含有不能保存的字符。请检查后再提交。",
    "Something you typed is too long or holds a character that cannot be kept. Check it and submit again.",
)

#: PostgreSQL's codes: unique violation, serialisation failure, deadlock, lock not available in time.
_LOST_ON_POSTGRESQL = {"23505", "40001", "40P01", "55P03"}
_LOST_ON_SQLITE = {"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", "SQLITE_BUSY", "SQLITE_BUSY_SNAPSHOT"}


@contextmanager
def faults_are_refusals() -> Iterator[None]:
    """Conflict for a lost race and InvalidValues for what no column holds; any other fault stays what it is."""
    try:
        yield
    except DataError as problem:
        raise InvalidValues(DOES_NOT_FIT) from problem
    except DBAPIError as problem:
        if not _lost(problem):
            raise
        raise Conflict(CHANGED_MEANWHILE) from problem


def _lost(problem: DBAPIError) -> bool:
    code = getattr(problem.orig, "sqlstate", None)
    name = getattr(problem.orig, "sqlite_errorname", None)
    return code in _LOST_ON_POSTGRESQL or name in _LOST_ON_SQLITE
