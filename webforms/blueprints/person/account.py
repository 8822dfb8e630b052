"""The person's language and password."""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from engine import errors
from engine.commands import access as commands
from engine.commands.access.passwords import SHORTEST
from engine.domain.text import Text
from webforms import access, carrying, refusals, visit
from webforms.blueprints.person.door import blueprint
from webforms.wording import WORDS, t


@blueprint.post("/language")
def choose_language() -> Response:
    """Show the pages in another language from now on."""
    chosen = request.form.get("language", "")
    chosen = chosen if chosen in visit.LANGUAGES else visit.LANGUAGES[0]
    session["language"] = chosen
    if visit.signed_in():
        visit.execute(commands.SetLanguage(chosen))
    return redirect(access.local_path(request.form.get("next")) or url_for("inbox.tab"), 303)


@blueprint.get("/password")
def password() -> Response:
    """Old and new password, and the way out of all sessions."""
    return password_page()


@blueprint.post("/password")
def change_password() -> Response:
    """The new one counts at once; every other session of the person has ended, and this one is a new one."""
    new = request.form.get("new", "")
    if new != request.form.get("again", ""):
        return password_page({"again": WORDS["password.differ"]}, 422)
    person_id = visit.actor().person_id
    try:
        visit.execute(commands.ChangePassword(request.form.get("old", ""), new, request.remote_addr or ""))
    except errors.InvalidValues as refusal:
        return password_page(refusal.fields, refusals.status_of(refusal))
    except errors.Forbidden as refusal:
        return password_page({"old": refusal.text}, refusals.status_of(refusal))
    access.sign_in(person_id)
    flash(t("password.changed"), "success")
    carried = carrying.unpacked()
    if carried is not None:
        return make_response(render_template("errors/again.html", carried=carried, reason="signed_in"))
    return redirect(access.local_path(request.form.get("next")) or url_for("person.password"), 303)


def password_page(faults: dict[str, Text] | None = None, status: int = 200, carried: carrying.Carried | None = None) -> Response:
    """The page; what was typed elsewhere when the session ended is carried along."""
    kept = {"carried": carried or carrying.unpacked(), "onwards": request.values.get("next", "")}
    body = render_template("person/password.html", faults=faults or {}, due=access.password_due(), shortest=SHORTEST, **kept)
    return make_response(body, status)
