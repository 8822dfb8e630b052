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
from engine.errors import Forbidden
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
class SignedIn:
    """Who came in; None with the sentence when nobody did: the attempt is kept either way."""

    person_id: str | None
    refused: Forbidden | None = None


def handle(command: SignIn, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> SignedIn:
    """The answer is never raised, because the failed attempt must be written; the caller raises ``refused``."""
    login = command.login.strip().lower()[:80]
    if _failures(work, login, command.address, now) >= _MOST_FAILURES:
        return SignedIn(None, Forbidden(WAIT))
    query = sa.select(t.person.c.id, t.credential.c.password_hash).join(t.credential, t.credential.c.person_id == t.person.c.id)
    row = work.connection.execute(query.where(t.person.c.login == login, t.person.c.active)).first()
    right = verify(row.password_hash if row else None, command.password)
    attempt = {"id": new_id(now), "login": login, "address": command.address[:64], "at": now, "succeeded": right}
    work.batch.insert(t.sign_in_attempt, attempt)
    return SignedIn(row.id) if right and row else SignedIn(None, Forbidden(WRONG))


def _failures(work: Work, login: str, address: str, now: datetime) -> int:
    tried = t.sign_in_attempt.c
    query = sa.select(sa.func.count()).where(tried.login == login, tried.address == address[:64], tried.at > now - _WINDOW)
    return int(work.connection.execute(query.where(tried.succeeded.is_(False))).scalar_one())
