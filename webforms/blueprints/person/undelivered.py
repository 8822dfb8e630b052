"""What could not be delivered, and sending it again."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands.delivery import SendAgain
from engine.queries import messages as queries
from webforms import visit
from webforms.blueprints.person.door import blueprint
from webforms.wording import t


@blueprint.get("/messages/undelivered")
def undelivered() -> str:
    """By channel, with the reason."""
    labels = {channel.name: channel.label for channel in visit.application().outlets.channels}
    found = queries.undelivered(visit.reader(), visit.actor())
    return render_template("person/undelivered.html", found=found, labels=labels)


@blueprint.post("/messages/undelivered")
def send_again() -> Response:
    """One parcel, or all that a channel has given up."""
    count = visit.execute(SendAgain(request.form.get("channel", ""), request.form.get("parcel_id") or None))
    flash(t("undelivered.again", n=count) if count else t("undelivered.none_again"), "success" if count else "info")
    return redirect(url_for("person.undelivered"), 303)
