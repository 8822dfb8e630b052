"""What one wants to be told, by which channels and when; with a test message that says honestly whether it arrived."""

from __future__ import annotations

from dataclasses import replace

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import errors
from engine.commands import preferences as commands
from engine.commands.delivery.choosing import USUAL_QUIET
from engine.domain.messages import CHOOSABLE, Level
from engine.domain.text import Text
from engine.queries import messages as queries
from engine.queries.messages.preferences import Choice, Preferences, Quiet
from webforms import refusals, visit
from webforms.blueprints.person.door import blueprint
from webforms.wording import said, t

_USUAL = Quiet(f"{USUAL_QUIET.starts:%H:%M}", f"{USUAL_QUIET.ends:%H:%M}", USUAL_QUIET.days_off)


@blueprint.get("/messages/settings")
def preferences() -> Response:
    """One's own settings."""
    return _page(_stored())


@blueprint.post("/messages/settings")
def save_preferences() -> Response:
    """Keep all of them, or say what cannot be taken with everything typed still there."""
    shown = _typed(_stored())
    wishes = {each.channel.name: commands.Wish(each.level, each.address) for each in shown.channels}
    own = shown.own_quiet or Quiet("", "", days_off=False)
    command = commands.SavePreferences(
        wishes,
        {choice.key: choice.wanted for choice in shown.kinds},
        {choice.key: choice.wanted for choice in shown.limits},
        request.form.get("quiet", ""),
        own.starts,
        own.ends,
        own.days_off,
    )
    try:
        visit.execute(command)
    except errors.InvalidValues as refusal:
        return _page(shown, refusal.fields, refusals.status_of(refusal))
    flash(t("preferences.saved"), "success")
    return redirect(url_for("person.preferences"), 303)


@blueprint.post("/messages/settings/company")
def save_company_hours() -> Response:
    """The quiet hours of everybody who has chosen none."""
    form = request.form
    typed = Quiet(form.get("company_starts", ""), form.get("company_ends", ""), form.get("company_days_off") == "1")
    try:
        visit.execute(commands.SetQuietHours(typed.starts, typed.ends, typed.days_off))
    except errors.InvalidValues as refusal:
        faults = {f"company_{name}": words for name, words in refusal.fields.items()}
        return _page(replace(_stored(), company_quiet=typed), faults, refusals.status_of(refusal))
    flash(t("preferences.company_saved"), "success")
    return redirect(url_for("person.preferences"), 303)


@blueprint.post("/messages/settings/test")
def send_test() -> Response:
    """Send oneself a message; the page says what became of it."""
    channel = request.form.get("channel", "")
    try:
        visit.execute(commands.SendTestMessage(channel))
    except errors.InvalidValues as refusal:
        return _page(_stored(), refusal.fields, refusals.status_of(refusal))
    except errors.InvalidState as refusal:
        flash(said(refusal.text), "warning")
    return redirect(url_for("person.preferences", _anchor=f"channel-{channel}"), 303)


def _stored() -> Preferences:
    channels = visit.application().outlets.channels
    return queries.preferences(visit.reader(), visit.actor(), channels, _USUAL)


def _typed(stored: Preferences) -> Preferences:
    form = request.form
    channels = tuple(
        replace(
            each,
            level=form.get(f"level_{each.channel.name}", each.level),
            address=form.get(f"address_{each.channel.name}", each.address),
        )
        for each in stored.channels
    )
    quiet = Quiet(form.get("starts", ""), form.get("ends", ""), form.get("days_off") == "1")
    return replace(
        stored,
        channels=channels,
        kinds=_ticked(stored.kinds, "kind"),
        limits=_ticked(stored.limits, "limit"),
        own_quiet=None if form.get("quiet") == "company" else quiet,
    )


def _ticked(choices: tuple[Choice, ...], name: str) -> tuple[Choice, ...]:
    ticked = set(request.form.getlist(name))
    return tuple(replace(choice, wanted=choice.key in ticked) for choice in choices)


def _page(shown: Preferences, faults: dict[str, Text] | None = None, status: int = 200) -> Response:
    names = {kind: f"preferences.kind_{kind}" for kind in CHOOSABLE}
    own = "company" if shown.own_quiet is None else "never" if shown.own_quiet.none else "own"
    values = {"shown": shown, "levels": tuple(Level), "kind_names": names, "own": request.form.get("quiet", own)}
    page = render_template("person/preferences.html", faults=faults or {}, administrator=visit.actor().administrator, **values)
    return make_response(page, status)
