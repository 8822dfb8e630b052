"""Let a person in, or count the failed attempt."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa

from engine.commands.access.passwords import verify
from engine.commands.context import Procedures
from engine.domain.actor import Actor
from engine.domain.ids import new_id
from engine.domain.text import Text
from engine.errors import Forbidden, TooManyAttempts
from engine.storage import tables as t
from engine.storage.work import Work

WRONG = Text("用户名或密码不对。请再试一次。", "The user name or password is wrong. Try again.")
WAIT = Text(
    "尝试次数太多。请 5 分钟后再试,或联系管理员。", "Too many attempts. Try again in 5 minutes, or ask the administrator."
)

_MOST_FAILURES = 8
_WINDOW = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class SignIn:
    """``address`` is where it came from: failures count for a name *from there*, so nobody can lock the office out."""

    login: str
    password: str = field(repr=False)
    address: str


@dataclass(frozen=True, slots=True)
class NoteFailedSignIn:
    """Given by dispatch after a refused sign-in, which itself was undone."""

    login: str
    address: str


def handle(command: SignIn, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The person's id; Forbidden for a wrong name or password, or after too many attempts."""
    login = _plain(command.login)
    if _failures(work, login, command.address, now) >= _MOST_FAILURES:
        raise TooManyAttempts(WAIT)
    query = sa.select(t.person.c.id, t.credential.c.password_hash).join(t.credential, t.credential.c.person_id == t.person.c.id)
    row = work.connection.execute(query.where(t.person.c.login == login, t.person.c.active)).first()
    if not verify(row.password_hash if row else None, command.password) or row is None:
        raise Forbidden(WRONG)
    _note(work, login, command.address, now, succeeded=True)
    return str(row.id)


def note_failure(command: NoteFailedSignIn, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> None:
    """The attempt counts for the next five minutes."""
    _note(work, _plain(command.login), command.address, now, succeeded=False)


def _plain(login: str) -> str:
    return login.strip().lower()[:80]


def _note(work: Work, login: str, address: str, now: datetime, *, succeeded: bool) -> None:
    attempt = {"id": new_id(now), "login": login, "address": address[:64], "at": now, "succeeded": succeeded}
    work.batch.insert(t.sign_in_attempt, attempt)


def _failures(work: Work, login: str, address: str, now: datetime) -> int:
    tried = t.sign_in_attempt.c
    query = sa.select(sa.func.count()).where(tried.login == login, tried.address == address[:64], tried.at > now - _WINDOW)
    return int(work.connection.execute(query.where(tried.succeeded.is_(False))).scalar_one())
