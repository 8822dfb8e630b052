"""Let a person in, or count the failed attempt."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from engine.commands.access import attempts
from engine.commands.access.credentials import account
from engine.commands.access.passwords import hash_password, is_outdated, verify
from engine.commands.context import Procedures
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import Forbidden
from engine.storage import tables as t
from engine.storage.work import Work

WRONG = Text("用户名或密码不对。请再试一次。", "The user name or password is wrong. Try again.")


@dataclass(frozen=True, slots=True)
class SignIn:
    """``address`` is where it came from: failures count for a name *from there*, so nobody can lock the office out."""

    login: str
    password: str = field(repr=False)
    address: str


@dataclass(frozen=True, slots=True)
class NoteFailedSignIn:
    """Given by dispatch after a refused attempt, which itself was undone; without ``login`` the actor's own counts."""

    login: str
    address: str


def handle(command: SignIn, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The person's id; Forbidden for a wrong name or password, TooManyAttempts after many failures."""
    login = _plain(command.login)
    attempts.require_patience(work, login, command.address)
    found = account(work, t.person.c.login == login)
    if not verify(found.password_hash if found else None, command.password) or found is None:
        raise Forbidden(WRONG)
    if found.password_hash and is_outdated(found.password_hash):
        work.batch.update(t.credential, (found.person_id,), {"password_hash": hash_password(command.password)})
    attempts.note(work, login, command.address, succeeded=True)
    return found.person_id


def note_failure(command: NoteFailedSignIn, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> None:
    """The attempt counts."""
    own = None if command.login else account(work, t.person.c.id == actor.person_id)
    attempts.note(work, own.login if own else _plain(command.login), command.address, succeeded=False)


def _plain(login: str) -> str:
    return login.strip().lower()[:80]
