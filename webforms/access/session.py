"""The session of a person: a signed cookie that counts only while the database says so."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask, g, request, session

from engine.commands import access as commands
from engine.queries import access as queries
from engine.queries import people
from webforms import visit

#: How exactly it is known when somebody was last here; finer would send a new cookie with every answer.
_NOTICE = timedelta(minutes=1)
#: What a person who is not signed in keeps.
_OUTLIVES = ("language",)


def init_app(app: Flask) -> None:
    """Know who comes; the style sheets and the sign of life need not know."""
    app.before_request(_identify)


def demo_people() -> tuple[people.DemoPerson, ...]:
    """Who may sign in with one click: nobody outside demonstration mode."""
    return people.demo_people(visit.reader(), None) if visit.application().settings.demo else ()


def sign_in(person_id: str) -> bool:
    """Begin a new session for the person; nothing of the old one but the language lives on.

    False for demonstration people outside demonstration mode, because everybody knows their password.
    """
    found = queries.standing(visit.reader(), None, person_id)
    if found is None or not _is_welcome(found):
        return False
    begin(person_id, found)
    g.actor = found.actor
    g.password_due = found.must_change
    return True


def begin(person_id: str, found: queries.Standing) -> None:
    """Write a fresh session; the token of its forms is a new one too."""
    kept = _kept()
    session.clear()
    session.permanent = True
    now = _seconds(visit.now())
    session.update(kept, person=person_id, session=secrets.token_hex(16), epoch=found.epoch, began=now, seen=now)


def sign_out() -> None:
    """End the session here and in the database, so that a copy of the cookie is worth nothing."""
    if visit.signed_in():
        visit.execute(commands.SignOut(str(session.get("session", ""))))
    forget()


def forget() -> None:
    """Nobody is signed in here any more."""
    kept = _kept()
    session.clear()
    session.update(kept)
    g.actor = None


def password_due() -> bool:
    """Whether somebody else knows the person's password, so that it has to be changed before anything else."""
    return bool(g.get("password_due"))


def local_path(address: str | None) -> str | None:
    """The address when it leads to a page of this server, else None."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")) or any(ord(sign) < 32 for sign in address):
        return None
    return address


def _identify() -> None:
    g.actor, person_id = None, session.get("person")
    if not person_id or request.endpoint in ("static", "health.alive"):
        return
    found = queries.standing(visit.reader(), None, person_id, str(session.get("session", "")))
    if found is None or not _counts(found):
        forget()
        return
    g.actor, g.password_due = found.actor, found.must_change
    _notice()


def _counts(found: queries.Standing) -> bool:
    settings, now = visit.application().settings, visit.now()
    fresh = now - _moment("began") < timedelta(minutes=settings.session_minutes)
    awake = now - _moment("seen") < timedelta(minutes=settings.session_idle_minutes)
    return fresh and awake and not found.ended and session.get("epoch") == found.epoch and _is_welcome(found)


def _is_welcome(found: queries.Standing) -> bool:
    return not found.demo or visit.application().settings.demo


def _notice() -> None:
    # A page that asks for news by itself is no sign of a person.
    asks_itself = visit.is_partial() and request.method == "GET"
    if not asks_itself and visit.now() - _moment("seen") >= _NOTICE:
        session["seen"] = _seconds(visit.now())


def _kept() -> dict[str, Any]:
    return {name: session[name] for name in _OUTLIVES if name in session}


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _moment(name: str) -> datetime:
    return datetime.fromtimestamp(int(session.get(name, 0)), UTC)
