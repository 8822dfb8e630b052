"""What protects every answer: the content policy, the cookie's limits and the token in every form."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask, Response, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

from webforms import visit

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
OVER_HTTPS = {"Strict-Transport-Security": f"max-age={365 * 24 * 3600}"}
TYPED_TEXT_BYTES = 4 * 1024 * 1024
FILES_A_FORM = 12
_MOST = 2**31 - 1


def configuration(settings: Any) -> dict[str, Any]:
    """Flask's settings: a signed cookie that ends a set time after signing in, and bounds on what is posted."""
    return {
        "SECRET_KEY": settings.secret_key,
        "DEBUG": False,  # whatever the environment says: a traceback is nothing for a page
        # A browser takes this name only over https and from this very host.
        "SESSION_COOKIE_NAME": "__Host-redress" if settings.https else "redress",
        "SESSION_COOKIE_SECURE": settings.https,
        "SESSION_COOKIE_PATH": "/",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_REFRESH_EACH_REQUEST": False,
        "PERMANENT_SESSION_LIFETIME": timedelta(minutes=settings.session_minutes),
        "WTF_CSRF_TIME_LIMIT": None,  # a token lasts as long as the session it belongs to
        "MAX_UPLOAD_BYTES": settings.max_upload_bytes,
        "MAX_CONTENT_LENGTH": TYPED_TEXT_BYTES + FILES_A_FORM * settings.max_upload_bytes,
        "MAX_FORM_MEMORY_SIZE": TYPED_TEXT_BYTES,
        "MAX_FORM_PARTS": 2000,
    }


class Number(IntegerConverter):
    """A number in an address, as large as a database counts; beyond it there is nothing."""

    def __init__(self, url_map: Map, **options: Any) -> None:
        super().__init__(url_map, **{"max": _MOST, **options})


def init_app(app: Flask) -> None:
    """Check the token of every posted form and put the headers on every answer."""
    app.url_map.converters["int"] = Number
    app.before_request(_bound_strangers)
    CSRFProtect(app)
    app.after_request(_protect)
    behind = app.extensions["redress"].settings.proxies
    if behind:
        # Only what our own proxies say is believed; without any, the address is the one that called.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=behind, x_proto=behind, x_host=behind)  # type: ignore[method-assign]


def _bound_strangers() -> None:
    # Nobody who is not signed in has files to send; those whose session has just ended are asked to sign in before this.
    if not visit.signed_in():
        request.max_content_length = TYPED_TEXT_BYTES


def _protect(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if visit.application().settings.https:
        response.headers.update(OVER_HTTPS)
    # Also the page that says that a static file is not there is a person's page.
    if not (request.endpoint == "static" and response.status_code in (200, 206, 304)):
        response.headers.setdefault("Cache-Control", "no-store")
        response.vary.update(("Cookie", "HX-Request"))
    return response
