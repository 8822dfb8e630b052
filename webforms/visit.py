"""One visit to a page: who comes, in which language, one reader for all that is read, one door for all that is done."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime
from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

from flask import Flask, Response, current_app, g, request, session

from engine.domain.actor import Actor

if TYPE_CHECKING:
    from engine.bootstrap import Application
    from engine.queries.reader import Reader

LANGUAGES = ("zh_Hans", "zh_Hant", "en")
#: Where traditional characters are written.
_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})


def init_app(app: Flask) -> None:
    """Close the reader when the answer has been made; give every form that is drawn a mark of its own."""
    app.jinja_env.globals["page_mark"] = lambda: uuid4().hex
    app.teardown_request(lambda _error: close_reader())


def application() -> Application:
    """The engine this web application stands before."""
    return cast("Application", current_app.extensions["redress"])


def actor() -> Actor:
    """Who is signed in; pages behind the sign-in may rely on it."""
    return cast(Actor, g.actor)


def signed_in() -> bool:
    """Whether anybody is."""
    return g.get("actor") is not None


def reader() -> Reader:
    """The reader of this visit, opened when first asked for; everything read through it is of one moment."""
    if "reader" not in g:
        g.reading = ExitStack()
        g.reader = g.reading.enter_context(application().read())
    return cast("Reader", g.reader)


def close_reader() -> None:
    """End the reading, so that the next reader sees what was written since."""
    reading = g.pop("reading", None)
    g.pop("reader", None)
    if reading is not None:
        reading.close()


def execute(command: Any) -> Any:
    """Do what was asked as the person signed in; afterwards the reader sees the result."""
    close_reader()
    return application().execute(command, actor(), _once(command))


def _once(command: Any) -> str:
    """A digest of the form as sent, its page's mark included; empty where there is no mark, or the command has one of its own."""
    if "_once" not in request.form or "once" in g or hasattr(command, "request_id"):
        return ""
    g.once = True  # a form that carries out several commands is refused at the first
    fields = [pair for pair in request.form.items(multi=True) if pair[0] != "csrf_token"]
    sent = [request.path, actor().person_id, *chain.from_iterable(fields)]
    return sha256("\0".join(sent).encode()).hexdigest()


def now() -> datetime:
    """The moment of this visit."""
    if "now" not in g:
        g.now = application().clock.now()
    return cast(datetime, g.now)


def language() -> str:
    """The reader's language: their own choice, else the browser's, else Chinese."""
    person = g.get("actor")  # asked for every sentence of a page
    if person is not None:
        return cast(Actor, person).language
    chosen = session.get("language")
    if chosen in LANGUAGES:
        return cast(str, chosen)
    asked = (_spoken(tag) for tag in request.accept_languages.values())
    return next(filter(None, asked), LANGUAGES[0])


def _spoken(tag: str) -> str | None:
    """What is shown to a browser that asks for a language such as ``zh-TW``; None for one that nobody wrote."""
    primary, *rest = tag.lower().replace("_", "-").split("-")
    if primary == "zh":
        return "zh_Hant" if _TRADITIONAL & set(rest) and "hans" not in rest else "zh_Hans"
    return "en" if primary == "en" else None


def is_partial() -> bool:
    """Whether htmx asks for a part of a page rather than for all of it."""
    return request.headers.get("HX-Request") == "true"


def leave_as_it_is(status: int) -> Response:
    """The answer to a part that cannot be made: the page with what was typed stays, and says more when it is posted."""
    return Response(status=status, headers={"HX-Reswap": "none"})
