"""The gate before every page: sign in first, change a password that others know, and keep out of what administrators keep."""

from __future__ import annotations

from flask import Flask, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.errors import Forbidden
from webforms import carrying, visit
from webforms.access import session
from webforms.access.routes import ROUTES, Ask, Rule
from webforms.wording import WORDS

#: Where a person may go who has to change the password first.
_BEFORE_THE_CHANGE = frozenset({"person.password", "person.change_password", "sign_in.leave", "sign_in.leave_everywhere"})
#: An address that is not in the table is open to nobody but those who are signed in; a test misses it there.
_UNLISTED = Rule(Ask.SIGNED_IN)


def init_app(app: Flask) -> None:
    """Ask before the page does."""
    app.before_request(_ask)


def _ask() -> Response | None:
    rule = ROUTES.get(request.endpoint or "", _UNLISTED)
    if rule.ask is Ask.NOTHING or request.endpoint is None:
        return None
    if not visit.signed_in():
        return _ask_to_sign_in()
    if session.password_due() and request.endpoint not in _BEFORE_THE_CHANGE:
        return visit.leave_as_it_is(403) if visit.is_partial() else redirect(url_for("person.password"), 303)
    if rule.ask is Ask.ADMINISTRATOR and not visit.actor().administrator:
        raise Forbidden(WORDS["access.administrators_only"])
    return None


def _ask_to_sign_in() -> Response:
    if visit.is_partial():
        return visit.leave_as_it_is(401)
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("sign_in.page", next=request.full_path.rstrip("?")), 303)
    body = render_template("sign_in/page.html", carried=carrying.from_request(), people=session.demo_people(), ended=True)
    return make_response(body, 401)
