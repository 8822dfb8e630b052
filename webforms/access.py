"""Who is signed in, what is open without it, and what happens to a form that is posted after the session has ended."""

from __future__ import annotations

import secrets

from flask import Flask, g, make_response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from engine.queries import people
from webforms import carrying, visit

OPEN_TO_ALL = frozenset(
    {"static", "sign_in.page", "sign_in.enter", "sign_in.enter_as", "person.choose_language", "health.alive", None}
)


def init_app(app: Flask) -> None:
    """Look who comes before anything else, the form's token included."""
    app.before_request(_identify)
    app.before_request(_ask_to_sign_in)


def demo_people() -> tuple[people.DemoPerson, ...]:
    """Who may sign in with one click: nobody outside demonstration mode."""
    return people.demo_people(visit.reader(), None) if visit.application().settings.demo else ()


def sign_in(person_id: str) -> None:
    """Begin a new session for the person; nothing of the old one but the language lives on."""
    language = session.get("language")
    session.clear()
    session.permanent = True
    session.update(person=person_id, session=secrets.token_hex(16), language=language)
    g.actor = visit.application().actor(person_id)


def sign_out() -> None:
    """End the session."""
    session.clear()
    g.actor = None


def local_path(address: str | None) -> str | None:
    """The address when it leads to a page of this server, else None."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")) or any(ord(sign) < 32 for sign in address):
        return None
    return address


def _identify() -> None:
    person_id = session.get("person")
    g.actor = visit.application().actor(person_id) if person_id else None
    if person_id and g.actor is None:
        session.clear()


def _ask_to_sign_in() -> AnyResponse | None:
    if visit.signed_in() or request.endpoint in OPEN_TO_ALL:
        return None
    if visit.is_partial():
        return visit.leave_as_it_is(401)
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("sign_in.page", next=request.full_path.rstrip("?")), 303)
    body = render_template("sign_in/page.html", carried=carrying.from_request(), people=demo_people(), ended=True)
    return make_response(body, 401)
