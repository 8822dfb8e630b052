"""A sign of life for whoever watches the server."""

from __future__ import annotations

from flask import Blueprint, Response

from webforms import visit

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> Response:
    """200 when the process answers and the database can be read."""
    visit.reader()
    return Response("ok\n", mimetype="text/plain")
