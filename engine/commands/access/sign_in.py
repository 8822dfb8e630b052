"""Let a person in, or count the failed attempt."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from engine.commands.access import attempts
from engine.commands.access.credentials import account
from engine.commands.access.passwords import hash_password, is_outdated, verify
from engine.commands.context import Procedures, Reading
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
class CheckedSignIn:
    """The same with its password held against the one that is stored: ``was`` is its hash, ``renewed`` a stronger one."""

    login: str
    password: str = field(repr=False)
    address: str
    right: bool
    was: str | None = field(repr=False)
    renewed: str | None = field(repr=False)


def check(command: SignIn, read: Reading, actor: Actor, now: datetime) -> CheckedSignIn:
    """Done before the transaction: comparing is slow on purpose, and nobody else should wait for it."""
    login = _plain(command.login)
    with read() as connection:
        attempts.require_patience(connection, now, login, command.address)
        found = account(connection, t.person.c.login == login)
    was = found.password_hash if found else None
    right = verify(was, command.password)
    renewed = hash_password(command.password) if right and was and is_outdated(was) else None
    return CheckedSignIn(login, command.password, command.address, right, was, renewed)


def handle(command: CheckedSignIn, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str | Forbidden:
    """The person's id, or the refusal, which is remembered; TooManyAttempts after many of them."""
    attempts.require_patience(work.connection, now, command.login, command.address)
    found = account(work.connection, t.person.c.login == command.login)
    unchanged = found is not None and found.password_hash == command.was
    right = command.right and found is not None and (unchanged or _still_right(command, found.password_hash))
    attempts.note(work, command.login, command.address, succeeded=right)
    if not right or found is None:
        return Forbidden(WRONG)
    if command.renewed and unchanged:
        work.batch.update(t.credential, (found.person_id,), {"password_hash": command.renewed})
    return found.person_id


def _still_right(command: CheckedSignIn, stored: str | None) -> bool:
    # Whoever was given another password meanwhile has to know that one; the same one may have been made stronger by a second
    # device that signs in. Either is rare enough to be compared here.
    return verify(stored, command.password)


def _plain(login: str) -> str:
    return login.strip().lower()[:80]
