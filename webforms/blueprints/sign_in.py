"""Signing in and out; in demonstration mode as one of the demonstration people with one click."""

from __future__ import annotations

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands import access as commands
from engine.domain.actor import SYSTEM
from engine.errors import Forbidden, NotFound
from webforms import access, carrying, refusals, visit
from webforms.blueprints import person
from webforms.wording import WORDS, said

blueprint = Blueprint("sign_in", __name__)


@blueprint.get("/sign-in")
def page() -> Response:
    """The sign-in page; whoever is signed in already goes on."""
    if visit.signed_in():
        return _onwards()
    return _page()


@blueprint.post("/sign-in")
def enter() -> Response:
    """Sign in with name and password; on a refusal the sentence stands on the page."""
    command = commands.SignIn(request.form.get("login", "").strip(), request.form.get("password", ""), request.remote_addr or "")
    try:
        person_id = visit.application().execute(command, SYSTEM)
    except Forbidden as refusal:
        return _page(refusal=said(refusal.text), status=refusals.status_of(refusal))
    return _signed_in(person_id)


@blueprint.post("/sign-in/demo")
def enter_as() -> Response:
    """Sign in as a demonstration person; there are none outside demonstration mode."""
    chosen = request.form.get("person_id", "")
    if chosen not in {person.id for person in access.demo_people()}:
        raise NotFound(WORDS["sign_in.no_demo"])
    return _signed_in(chosen)


@blueprint.post("/sign-out")
def leave() -> Response:
    """End the session."""
    access.sign_out()
    flash(said(WORDS["sign_in.left"]), "success")
    return redirect(url_for("sign_in.page"), 303)


@blueprint.post("/sign-out/everywhere")
def leave_everywhere() -> Response:
    """End all sessions of the person, this one too."""
    visit.execute(commands.SignOutEverywhere())
    access.sign_out()
    flash(said(WORDS["password.left_everywhere"]), "success")
    return redirect(url_for("sign_in.page"), 303)


def _page(refusal: str | None = None, status: int = 200) -> Response:
    carried = carrying.unpacked()
    typed = {"login": request.form.get("login", ""), "next": request.values.get("next", "")}
    body = render_template(
        "sign_in/page.html", people=access.demo_people(), refusal=refusal, carried=carried, typed=typed, ended=carried is not None
    )
    return make_response(body, status)


def _signed_in(person_id: str) -> Response:
    if not access.sign_in(person_id):
        return _page(refusal=said(WORDS["access.demo_elsewhere"]), status=403)
    carried = carrying.unpacked()
    if access.password_due():
        return person.password_page(carried=carried)
    if carried is not None:
        return make_response(render_template("errors/again.html", carried=carried, reason="signed_in"))
    return _onwards()


def _onwards() -> Response:
    return redirect(access.local_path(request.values.get("next")) or url_for("inbox.tab"), 303)
