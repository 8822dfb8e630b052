"""Every way a page says no, in the reader's language: what happened, what was kept, what to do."""

from __future__ import annotations

from flask import Flask, current_app, make_response, render_template
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from engine import errors
from webforms import carrying, visit

STATUSES: dict[type[errors.EngineError], int] = {
    errors.NotFound: 404,
    errors.TooManyAttempts: 429,
    errors.Forbidden: 403,
    errors.InvalidState: 409,
    errors.Conflict: 409,
    errors.InvalidValues: 422,
    errors.Unavailable: 503,
    errors.Incident: 500,
    errors.Misconfigured: 500,
}
EXPLAINED = frozenset({400, 403, 404, 405, 409, 413, 422, 429, 500, 503})
#: Those whose page asks nothing of the database.
FAULTS = frozenset({500, 503})


def init_app(app: Flask) -> None:
    """Answer the engine's refusals, the web's own and whatever else may go wrong."""
    app.register_error_handler(errors.EngineError, refused)
    app.register_error_handler(CSRFError, outdated)
    app.register_error_handler(HTTPException, failed)


def status_of(error: errors.EngineError) -> int:
    """The HTTP status of a refusal."""
    return next(status for kind, status in STATUSES.items() if isinstance(error, kind))


def refused(error: errors.EngineError) -> Response:
    """The page of a refusal that no form shows at its fields."""
    visit.close_reader()
    if isinstance(error, errors.Incident | errors.Misconfigured | errors.Unavailable):
        current_app.logger.error("%s", error)
    return page(status_of(error), error)


def outdated(_error: CSRFError) -> Response:
    """The page was too old to be posted; what was typed is offered again with a fresh token."""
    if visit.is_partial():
        return visit.leave_as_it_is(400)
    return make_response(render_template("errors/again.html", carried=carrying.from_request(), reason="outdated"), 400)


def failed(error: HTTPException) -> Response:
    """The web's own refusals: an unknown address, an oversized posting, a fault."""
    if error.response is not None:
        return error.response  # type: ignore[return-value]
    visit.close_reader()
    status = error.code or 500
    return page(status if status in EXPLAINED else 500 if status > 499 else 400, None)


def page(status: int, error: errors.EngineError | None) -> Response:
    """One page for every refusal; after a fault it asks nothing of the database."""
    if visit.is_partial():
        return visit.leave_as_it_is(status)
    carried = None if status == 413 else carrying.from_request()
    template = "errors/fault.html" if status in FAULTS else "errors/refused.html"
    return make_response(render_template(template, status=status, error=error, carried=carried), status)
