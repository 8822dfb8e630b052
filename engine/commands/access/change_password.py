"""Choose another password for oneself, or have one set by whoever runs the installation."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from engine.commands.access import attempts, credentials
from engine.commands.access.passwords import hash_password, require_good, verify
from engine.commands.context import Procedures, Reading
from engine.commands.session import sentences
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import Forbidden, InvalidValues, NotFound
from engine.storage import tables as t
from engine.storage.work import Work

WRONG = Text("旧密码不对。请再试一次。", "The old password is wrong. Try again.")
SAME = Text("新密码要和旧密码不同。", "The new password must differ from the old one.")
NOT_FOUND = Text("没有这位在岗人员。", "There is no such active person.")
OPERATORS_ONLY = Text("密码只能由本人或系统运维设置。", "A password is set by its owner or by whoever runs the installation.")


@dataclass(frozen=True, slots=True)
class ChangePassword:
    """The actor's own; ``address`` is where it came from, because guesses of the old one count like failed sign-ins."""

    old: str = field(repr=False)
    new: str = field(repr=False)
    address: str


@dataclass(frozen=True, slots=True)
class SetPassword:
    """Given from the command line; unless it is the person's own choice it has to be changed at the first sign-in."""

    person_id: str
    password: str = field(repr=False)
    own_choice: bool = False


@dataclass(frozen=True, slots=True)
class CheckedChange:
    """The actor's change with the old password held against the stored one, whose hash is ``was``, and the new one hashed."""

    address: str
    was: str | None = field(repr=False)
    new_hash: str | None = field(repr=False)


def check_change(command: ChangePassword, read: Reading, actor: Actor, now: datetime) -> CheckedChange:
    """Done before the transaction, because it is slow; InvalidValues at ``new`` for a bad new one when the old one is right."""
    with read() as connection:
        found = _own(connection, actor.person_id)
        attempts.require_patience(connection, now, found.login, command.address)
    if not verify(found.password_hash, command.old):
        return CheckedChange(command.address, found.password_hash, None)
    if command.new == command.old:
        raise InvalidValues(sentences.FORM_REFUSED, {"new": SAME})
    require_good(command.new, found.login, "new", demo=found.demo)
    return CheckedChange(command.address, found.password_hash, hash_password(command.new))


def handle_change(command: CheckedChange, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Forbidden | None:
    """The refusal when the old one is wrong, which is remembered; else every session ends."""
    found = _own(work.connection, actor.person_id)
    attempts.require_patience(work.connection, now, found.login, command.address)
    if command.new_hash is None or found.password_hash != command.was:
        attempts.note(work, found.login, command.address, succeeded=False)
        return Forbidden(WRONG)
    credentials.store(work, found.person_id, command.new_hash, must_change=False)
    credentials.note(work, found.person_id, "changed")
    return None


def _own(connection: Connection, person_id: str) -> credentials.Account:
    found = credentials.account(connection, t.person.c.id == person_id)
    if found is None:
        raise NotFound(NOT_FOUND)
    return found


def handle_set(command: SetPassword, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> None:
    """InvalidValues at ``password`` for a bad one; every session of the person ends."""
    if not actor.system:
        raise Forbidden(OPERATORS_ONLY)
    found = _own(work.connection, command.person_id)
    require_good(command.password, found.login, "password", demo=found.demo)
    credentials.store(work, found.person_id, hash_password(command.password), must_change=not command.own_choice)
    credentials.note(work, found.person_id, "set")
