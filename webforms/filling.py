"""Filling in a form of a procedure: drawing it, taking its files, telling its buttons apart."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import tzinfo
from typing import Any
from uuid import uuid4

from flask import request
from werkzeug.wrappers import Response

from engine.domain.text import Text
from engine.domain.values import Value
from engine.queries import people
from webforms import uploads, visit
from webforms.rendering import Rendering, posted, render, with_rows
from webforms.wording import WORDS

_MINUTES_TOLD = 10
_REDRAWING = ("_update", "_add", "_remove", "_find", "_take", "_drop", "_suggest")
_LOOKUPS = {"person": people.colleagues, "department": people.departments, "unit": people.units, "household": people.households}


def draw(
    form: Any,
    raw: dict[str, Any],
    scope: Mapping[str, Value],
    estate_id: str,
    errors: Mapping[str, Text] | None = None,
    left_out: Collection[str] = (),
) -> Rendering:
    """The form with these entries; references are chosen among those of the estate."""
    known: dict[str, Any] = {}

    def lookup(kind: str) -> Any:
        if kind not in known:
            known[kind] = _LOOKUPS[kind](visit.reader(), visit.actor(), estate_id)
        return known[kind]

    return render(form, raw, scope, zone=zone(), lookup=lookup, errors=errors, left_out=left_out)


def zone() -> tzinfo:
    """The zone in which people type times."""
    return visit.reader().zone


def typed() -> dict[str, Any]:
    """The answers posted, with a row added or removed when that button was pressed."""
    return with_rows(posted(request.form), request.form.get("_add"), request.form.get("_remove"))


def only_redraws() -> bool:
    """Whether a button was pressed that shows the form again and saves nothing."""
    return any(name in request.form for name in _REDRAWING)


def request_id() -> str:
    """The id under which a form is carried out once: the posted one while the form is not yet taken, else a new one."""
    return request.form.get("request_id") or uuid4().hex


def carried_out(answer: Response) -> Response:
    """Tell the browser that the posted form is done with, so that it forgets what it has kept of it."""
    answer.set_cookie("rd_saved", request_id(), max_age=_MINUTES_TOLD * 60, samesite="Lax", secure=request.is_secure)
    return answer


def files(form: Any) -> Iterator[tuple[str, Any]]:
    """The files chosen in the form's own file fields, with the field's key; a task without a form has none."""
    for entry in form.fields if form else ():
        for file in request.files.getlist(entry.key):
            if file.filename:
                yield entry.key, file


def oversized(form: Any) -> dict[str, Text]:
    """A sentence for each field with a file that was too large to be kept."""
    return {key: too_large(file.filename) for key, file in files(form) if uploads.is_too_large(file)}


def too_large(name: str) -> Text:
    """The sentence about a file that is too large."""
    words, most = WORDS["form.file_too_large"], uploads.largest_megabytes()
    return Text(words.zh.format(name=name, mb=most), words.en.format(name=name, mb=most))
