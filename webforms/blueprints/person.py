"""What belongs to the person signed in: their language and their messages."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from engine.commands import access as commands
from engine.queries import shell
from webforms import access, visit

blueprint = Blueprint("person", __name__)


@blueprint.post("/language")
def choose_language() -> Response:
    """Show the pages in another language from now on."""
    chosen = request.form.get("language", "")
    chosen = chosen if chosen in visit.LANGUAGES else visit.LANGUAGES[0]
    session["language"] = chosen
    if visit.signed_in():
        visit.execute(commands.SetLanguage(chosen))
    return redirect(access.local_path(request.form.get("next")) or url_for("inbox.tab"), 303)


@blueprint.get("/messages")
def messages() -> str:
    """The newest messages to the person, unread ones first marked."""
    return render_template("person/messages.html", messages=shell.messages(visit.reader(), visit.actor()))


@blueprint.post("/messages/read")
def read_messages() -> Response:
    """Mark all as read."""
    visit.execute(commands.ReadNotifications())
    return redirect(url_for("person.messages"), 303)
