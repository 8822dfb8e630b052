"""One's messages: unread ones first, by case; opening one leads to its task and marks it as read."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands import access as commands
from engine.queries import messages as queries
from webforms import access, navigation, visit
from webforms.blueprints.person.door import blueprint


@blueprint.get("/messages")
def messages() -> str:
    """What the person has not read, and what they read last."""
    return render_template("person/messages.html", box=queries.box(visit.reader(), visit.actor()))


@blueprint.post("/messages/read")
def read_messages() -> Response:
    """Mark all as read, or all of one case, or one; the person stays on the page where they are."""
    message_id = request.form.get("message_id")
    if message_id:
        visit.execute(commands.ReadNotification(message_id))
    else:
        visit.execute(commands.ReadNotifications(request.form.get("case_id") or None))
    return redirect(access.local_path(request.form.get("next")) or url_for("person.messages"), 303)


@blueprint.get("/messages/<message_id>")
def message(message_id: str) -> Response:
    """Where a mail leads: to the task or case of the message. Only opening it in the page marks it as read."""
    return redirect(_address(queries.target(visit.reader(), visit.actor(), message_id)), 303)


@blueprint.post("/messages/<message_id>")
def open_message(message_id: str) -> Response:
    """Read it, and go to what it is about."""
    target = queries.target(visit.reader(), visit.actor(), message_id)
    visit.execute(commands.ReadNotification(message_id))
    return redirect(_address(target), 303)


def _address(target: queries.Target) -> str:
    if target.item_id:
        return navigation.page_address("task.page", item_id=target.item_id) or url_for("person.messages")
    return navigation.case_address(target.case_id) if target.case_id else url_for("person.messages")
