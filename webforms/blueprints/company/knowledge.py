"""Knowledge notes: found by words and category, read, kept with every revision."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response

from engine.commands import company as commands
from engine.commands.company.knowledge import ACTION, KINDS
from engine.queries.company import knowledge
from webforms import visit
from webforms.blueprints.company import door
from webforms.blueprints.company.door import blueprint
from webforms.taking import carried_out, text


@blueprint.get("/knowledge")
def notes() -> Response:
    """The notes that are looked for; the address remembers how."""
    reader, actor = visit.reader(), visit.actor()
    asked = {name: request.args.get(name, "") for name in ("q", "kind", "category", "all")}
    wanted = knowledge.Wanted(asked["q"], asked["kind"], asked["category"], asked["all"] == "1")
    return door.shown(
        "notes",
        "knowledge",
        notes=knowledge.notes(reader, actor, wanted),
        asked={name: value for name, value in asked.items() if value},
        categories=knowledge.categories(reader, actor),
        kinds=KINDS,
        keeps=door.may(ACTION),
    )


@blueprint.get("/knowledge/new")
def new_note() -> Response:
    """An empty form."""
    return _form(None)


@blueprint.post("/knowledge")
def add_note() -> Response:
    """Add a note."""
    return carried_out(lambda: _command(None), lambda **again: _form(None, **again), _address)


@blueprint.get("/knowledge/<note_id>")
def note(note_id: str) -> Response:
    """A note as it stands, or as it stood in a revision."""
    reader, actor = visit.reader(), visit.actor()
    asked = request.args.get("revision", "")
    revision = door.number(asked, 0) if asked else None
    shown = knowledge.one(reader, actor, note_id, revision)
    history = knowledge.history(reader, actor, note_id)
    return door.shown("note", "knowledge", note=shown, history=history, keeps=door.may(ACTION))


@blueprint.get("/knowledge/<note_id>/edit")
def edit_note(note_id: str) -> Response:
    """The note to be changed."""
    return _form(note_id)


@blueprint.post("/knowledge/<note_id>")
def save_note(note_id: str) -> Response:
    """A new revision."""
    return carried_out(lambda: _command(note_id), lambda **again: _form(note_id, **again), _address)


def _address(note_id: str) -> str:
    return url_for("company.note", note_id=note_id)


def _command(note_id: str | None) -> Any:
    words = (text("kind"), text("title"), text("text"), text("source"), text("category"))
    span = (door.day_or_none("valid_from"), door.day_or_none("valid_until"))
    follows = door.number(text("revision"), 0)
    return commands.SaveNote(*words, *span, text("reason"), text("retired") == "1", note_id, follows)


def _form(note_id: str | None, **again: Any) -> Response:
    reader, actor = visit.reader(), visit.actor()
    knowledge.require_keeper(reader, actor)
    present = knowledge.one(reader, actor, note_id) if note_id else None
    return door.shown(
        "note_form", "knowledge", note=present, categories=knowledge.categories(reader, actor), kinds=KINDS, **again
    )
