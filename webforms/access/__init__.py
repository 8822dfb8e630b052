"""Who comes: the session, what each address asks of a person, and how often it may be asked for."""

from __future__ import annotations

from flask import Flask

from webforms.access import gate, rates, session
from webforms.access.session import demo_people, local_path, password_due, sign_in, sign_out

__all__ = ["demo_people", "init_app", "local_path", "password_due", "sign_in", "sign_out"]


def init_app(app: Flask) -> None:
    """Look who comes before anything else, the form's token included."""
    for part in (session, rates, gate):
        part.init_app(app)
