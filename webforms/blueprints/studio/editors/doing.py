"""What all editors share: a change is posted, carried out, and the page shown again where one was, faults at their places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import make_response, redirect, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from engine import errors
from engine.commands import versions as commands
from engine.commands.studio.saving import Edit
from engine.commands.versions.editing import digest_of
from engine.domain.text import Text
from engine.queries import studio
from engine.queries.studio.steps import steps as steps_of
from webforms import refusals, security, visit
from webforms.blueprints.studio.drawing import draw
from webforms.wording import WORDS, said
from webforms.wording.studio.functions import FUNCTIONS

#: What an address says about how a page is looked at; it goes along with every change.
VIEW = ("wide", "lang", "q", "only", "as", "rows")
WAYS = ("text", "table")
NOTHING = Text("请按页上的按钮。", "Press one of the buttons on the page.")
#: The policy of a page that is shown in a frame of another page of ours.
FRAMED = security.POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")


@dataclass(frozen=True, slots=True)
class Attempt:
    """What was posted and could not be done: the sentences by name, the values, and whether the draft may be taken over."""

    faults: Mapping[str, Text] = field(default_factory=dict)
    typed: MultiDict[str, str] = field(default_factory=MultiDict)
    may_take_over: bool = False
    about: str = ""
    #: The file was changed elsewhere since it was looked at: what was typed can be put into it as it is now.
    stale: bool = False

    def of(self, about: str) -> Attempt:
        """The same for the part of the page that was posted, nothing for the others."""
        return self if self.about == about else Attempt()


def raw() -> dict[str, list[str]]:
    """Everything that was posted, by name."""
    return {name: request.form.getlist(name) for name in request.form}


def at(draft_id: str) -> Edit:
    """The file that was looked at and is to be changed."""
    return Edit(draft_id, request.form.get("file", ""), request.form.get("seen", ""), "take_over" in request.form)


def attempt(draft_id: str, act: Callable[[], Any], page: Callable[[studio.Desk, Attempt], str]) -> Response:
    """Carry it out and go back to the element that it names; a refusal shows the page with what was typed."""
    try:
        element = act()
    except (errors.InvalidValues, errors.Conflict, errors.InvalidState) as refusal:
        faults = refusal.fields if isinstance(refusal, errors.InvalidValues) and refusal.fields else {"": refusal.text}
        stale = isinstance(refusal, commands.ChangedMeanwhile)
        faults = {"": WORDS["editor.stale"]} if stale else faults
        may_take_over = isinstance(refusal, commands.HeldByOther)
        failed = Attempt(faults, request.form, may_take_over, request.form.get("about", ""), stale)
        desk = studio.desk(visit.reader(), visit.actor(), draft_id, request.form.get("file", ""))
        return make_response(page(desk, failed), refusals.status_of(refusal))
    named = element if isinstance(element, str) else request.form.get("element", "")
    return back(draft_id, request.form.get("file", ""), named)


def back(draft_id: str, path: str, element: str = "") -> Response:
    """To the file on the desk."""
    return redirect(address(draft_id, path, element, request.form), 303)


def address(draft_id: str, path: str, element: str = "", view: Mapping[str, str] | None = None) -> str:
    """The file on the desk, an element of it opened, looked at as before."""
    kept: dict[str, Any] = _looked_at(view or {})
    return url_for("studio.desk", draft_id=draft_id, file=path, element=element or None, _anchor=element or None, **kept)


def _looked_at(view: Mapping[str, str]) -> dict[str, str]:
    """A step of a story has an ``as`` of its own: who does it."""
    return {name: view[name] for name in VIEW if view.get(name) and (name != "as" or view[name] in WAYS)}


def show(template: str, desk: studio.Desk, failed: Attempt, **values: Any) -> str:
    """The page of an editor; ``seen`` names what it was made from, ``go`` makes addresses on it."""
    view = request.form if request.method == "POST" else request.args
    kept = _looked_at(view)
    steps = steps_of(visit.reader(), visit.actor(), desk.draft_id, desk.path)

    def go(element: str = "", path: str = "", **changes: str) -> str:
        return address(desk.draft_id, path or desk.path, element, {**kept, **changes})

    return draw(template, desk, failed=failed, seen=digest_of(desk.content), view=kept, steps=steps, go=go, **values)


def names_of(fields: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """What an expression may name, for completion: fields by key and name, and the functions."""
    functions = [{"value": call, "label": said(words)} for call, words in FUNCTIONS.items()]
    return [{"value": key, "label": label} for key, label in fields] + functions
