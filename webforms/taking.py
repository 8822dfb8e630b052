"""Taking what a form posts: done and on to the next page, or shown again with what could not be taken at its fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request
from werkzeug.wrappers import Response

from engine import errors
from webforms import refusals, visit
from webforms.wording import t

#: A page of a form: ``faults`` by field, ``status``.
Show = Callable[..., Response]


def carried_out(make: Callable[[], Any], again: Show, to: Callable[[Any], str], words: str = "directory.saved") -> Response:
    """Do what the form asks and go on; what cannot be taken is shown ``again`` with its faults."""
    try:
        done = visit.execute(make())
    except errors.InvalidValues as refusal:
        return again(faults=refusal.fields or {"": refusal.text}, status=refusals.status_of(refusal))
    flash(t(words), "success")
    return redirect(to(done), 303)


def text(name: str) -> str:
    """A field as typed."""
    return request.form.get(name, "")
