"""What the company says in mails and chats: the words of each kind of message, with a preview."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response

from engine.commands import directory as commands
from engine.commands.directory.wordings import fault_of
from engine.domain.text import Text
from engine.errors import NotFound
from engine.queries.directory import wordings as queries
from engine.queries.directory.wordings import LEFT, NUMBER, TASK, WORDS, filled, in_both
from webforms import visit
from webforms.blueprints.directory import door
from webforms.blueprints.directory.door import blueprint
from webforms.taking import carried_out, text
from webforms.wording import WORDS as SENTENCES


@blueprint.get("/directory/wordings")
def wordings() -> Response:
    """All kinds of messages, one of them open for changing when the address says which."""
    return _wordings(request.args.get("edit", ""))


@blueprint.post("/directory/wordings")
def set_wording() -> Response:
    """Show what the words would look like, or keep them."""
    kind = text("kind")
    if "_preview" in request.form:
        faults = {name: fault for name in ("text_zh", "text_en") if (fault := fault_of(kind, text(name)))}
        return _wordings(kind, faults=faults, status=422 if faults else 200, shown={"zh": text("text_zh"), "en": text("text_en")})

    def make() -> Any:
        return commands.SetMessageWording(kind, text("text_zh"), text("text_en"), text("reason"))

    return carried_out(make, lambda **again: _wordings(kind, **again), lambda _: url_for("directory.wordings"))


def _wordings(edit: str, shown: dict[str, str] | None = None, **again: Any) -> Response:
    listed = queries.wordings(visit.reader(), visit.actor())
    edited = next((one for one in listed if one.kind == edit), None)
    if edited is None and request.method == "POST":
        raise NotFound(SENTENCES["imports.no_kind"])
    preview = None
    if shown is not None and not again.get("faults"):
        preview = {language: filled(words, _example(language)) for language, words in _lent(shown).items() if words}
    return door.shown(
        "wordings", "wordings", rows=listed, edited=edited, preview=preview, example=_example, filled=filled, **again
    )


def _lent(shown: dict[str, str]) -> dict[str, str]:
    words = in_both(shown["zh"], shown["en"])
    return {"zh": words.zh, "en": words.en}


def _example(language: str) -> dict[str, str]:
    places = {NUMBER: Text("YH-2026-00042", "YH-2026-00042")}
    places |= {name: SENTENCES[f"wordings.example.{name}"] for name in (TASK, LEFT, WORDS)}
    return {name: said.in_language("en" if language == "en" else "zh_Hans") for name, said in places.items()}
