"""What the database says when two commands met, a value does not fit or it cannot be used, put into the engine's refusals."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import ExceptionContext
from sqlalchemy.exc import DataError, DBAPIError, OperationalError

from engine.domain.text import Text
from engine.errors import Conflict, EngineError, InvalidValues, Unavailable

CHANGED_MEANWHILE = Text(
    "刚才有人先处理了。请刷新后再试一次。",
    "Somebody else was faster. Reload and try again.",
)
DOES_NOT_FIT = Text(
    "有一项内容太长，或含有不能保存的字符。请检查后再提交。",
    "Something you typed is too long or holds a character that cannot be kept. Check it and submit again.",
)

AWAY = Text(
    "数据库暂时连不上。请稍等片刻再试一次；已经提交过的不会重复办理。",
    "The database cannot be reached for the moment. Wait a little and try again; what was sent before is not done twice.",
)
DISK_FULL = Text(
    "服务器的磁盘满了，没有保存。请通知管理员清理，然后再试一次。",
    "The server's disk is full and nothing was saved. Tell the administrator, then try again.",
)

#: Unique violation, serialisation failure, deadlock, lock not available in time.
_LOST_ON_POSTGRESQL = {"23505", "40001", "40P01", "55P03"}
_LOST_ON_SQLITE = {"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", "SQLITE_BUSY", "SQLITE_BUSY_SNAPSHOT"}
_LOST = _LOST_ON_POSTGRESQL | _LOST_ON_SQLITE
#: A file that may not grow any further is an input or output error to SQLite.
_FULL = {"53100", "SQLITE_FULL", "SQLITE_IOERR_WRITE"}
#: By their beginnings: connection lost, too many connections, shut down or starting up, or a file that cannot be used.
_AWAY = ("08", "53", "57P", "25P03", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY")


def refusal_for(problem: BaseException | None) -> EngineError | None:
    """Conflict for a lost race, InvalidValues for what no column holds, Unavailable for a database that is away or full.

    None for any other fault, which stays what it is.
    """
    if not isinstance(problem, DBAPIError):
        return None
    code = getattr(problem.orig, "sqlstate", None) or getattr(problem.orig, "sqlite_errorname", None) or ""
    if code in _LOST:
        return Conflict(CHANGED_MEANWHILE)
    if code in _FULL:
        return Unavailable(DISK_FULL)
    if problem.connection_invalidated or code.startswith(_AWAY) or _never_connected(problem, code):
        return Unavailable(AWAY)
    return InvalidValues(DOES_NOT_FIT) if isinstance(problem, DataError) else None


def _never_connected(problem: DBAPIError, code: str) -> bool:
    return not code and isinstance(problem, OperationalError)


def refuse(context: ExceptionContext) -> EngineError | None:
    """The refusal that is raised in place of the database's own fault, wherever that is met."""
    # Asking whether a connection still lives is nobody's request: an answer of any kind is one.
    return None if context.is_pre_ping else refusal_for(context.sqlalchemy_exception)


@contextmanager
def faults_are_refusals() -> Iterator[None]:
    """The same for a fault that was not met while asking the database."""
    try:
        yield
    except DBAPIError as problem:
        refusal = refusal_for(problem)
        if refusal is None:
            raise
        raise refusal from problem
