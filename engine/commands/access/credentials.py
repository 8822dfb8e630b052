"""The stored password of a person: read, put in place of the old one, and its change journaled."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection

from engine.commands.access import sessions
from engine.domain.events import DirectoryChanged
from engine.domain.text import Text
from engine.storage import tables as t
from engine.storage.journal import head_of
from engine.storage.work import Work

OWN = Text(
    "自己的密码请在“我的密码”页更改，那里要先输入旧密码。",
    "Change your own password on its own page, which asks for the old one.",
)
_ADMINISTRATION = ("administration", "company")


@dataclass(frozen=True, slots=True)
class Account:
    """An active person's way in; ``password_hash`` is None for somebody who was never given a password."""

    person_id: str
    login: str
    demo: bool
    password_hash: str | None


def account(connection: Connection, who: sa.ColumnElement[bool]) -> Account | None:
    """The one active person of whom the condition holds; None when there is none."""
    columns = (t.person.c.id, t.person.c.login, t.person.c.demo, t.credential.c.password_hash)
    query = sa.select(*columns).outerjoin(t.credential, t.credential.c.person_id == t.person.c.id).where(t.person.c.active)
    row = connection.execute(query.where(who)).first()
    return Account(*row) if row else None


def store(work: Work, person_id: str, password_hash: str, *, must_change: bool) -> None:
    """The password of that hash counts from now on, and every session of the person ends."""
    work.batch.delete(t.credential, t.credential.c.person_id == person_id)
    row = {"person_id": person_id, "password_hash": password_hash, "changed_at": work.now, "must_change": must_change}
    work.batch.insert(t.credential, row)
    sessions.end_all(work, person_id)


def note(work: Work, person_id: str, change: str) -> None:
    """Write to the journal of the administration that a way in has changed; the password itself is nowhere."""
    head = head_of(work.connection, *_ADMINISTRATION)
    work.record(head, _ADMINISTRATION, "password_set", [DirectoryChanged(t.credential.name, person_id, change, {})])
