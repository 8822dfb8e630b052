"""What the company calls the roles and forms of its procedures."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response

from engine.commands import directory as commands
from engine.queries.directory import names as queries
from webforms import visit
from webforms.blueprints.directory import door
from webforms.blueprints.directory.door import blueprint
from webforms.taking import carried_out, text


@blueprint.get("/directory/names")
def names() -> Response:
    """All names, one of them open for changing when the address says which."""
    return _names(request.args.get("edit"))


@blueprint.post("/directory/names")
def set_name() -> Response:
    """Give a role or form the company's name, or take it away."""
    kind, key = text("kind"), text("key")

    def make() -> Any:
        return commands.SetAlias(kind, key, text("name_zh"), text("name_en"), text("reason"))

    return carried_out(make, lambda **again: _names(f"{kind}:{key}", **again), lambda _: url_for("directory.names"))


def _names(edited: str | None, **again: Any) -> Response:
    listed = queries.names(visit.reader(), visit.actor())
    present = next((name for group in listed.values() for name in group if name.id == edited), None)
    return door.shown("names", "names", names=listed, edited=present, **again)
