"""Choose another password for oneself, or have one set by whoever runs the installation."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from engine.commands.access import attempts, credentials
from engine.commands.access.passwords import require_good, verify
from engine.commands.context import Procedures
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


def handle_change(command: ChangePassword, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> None:
    """Forbidden when the old one is wrong; InvalidValues at ``new`` for a bad new one; every session ends."""
    found = credentials.account(work, t.person.c.id == actor.person_id)
    if found is None:
        raise NotFound(NOT_FOUND)
    attempts.require_patience(work, found.login, command.address)
    if not verify(found.password_hash, command.old):
        raise Forbidden(WRONG)
    if command.new == command.old:
        raise InvalidValues(sentences.FORM_REFUSED, {"new": SAME})
    require_good(command.new, found.login, "new", demo=found.demo)
    credentials.store(work, found.person_id, command.new, must_change=False)
    credentials.note(work, found.person_id, "changed")


def handle_set(command: SetPassword, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> None:
    """InvalidValues at ``password`` for a bad one; every session of the person ends."""
    if not actor.system:
        raise Forbidden(OPERATORS_ONLY)
    found = credentials.account(work, t.person.c.id == command.person_id)
    if found is None:
        raise NotFound(NOT_FOUND)
    require_good(command.password, found.login, "password", demo=found.demo)
    credentials.store(work, found.person_id, command.password, must_change=not command.own_choice)
    credentials.note(work, found.person_id, "set")
