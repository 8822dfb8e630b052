"""A diagram that was drawn in another tool is opened in a draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from engine import errors
from engine.commands.studio import OpenForeign
from engine.commands.studio.opening import MOST_MEGABYTES, Opened
from engine.commands.versions import HeldByOther
from engine.domain.text import Text
from engine.queries import studio
from webforms import refusals, uploads, visit
from webforms.blueprints.studio.door import blueprint
from webforms.blueprints.studio.drawing import stage
from webforms.wording import WORDS, t

ENDINGS = ".bpmn,.xml,.bpmn2"


@blueprint.get("/procedure/drafts/<draft_id>/foreign")
def foreign(draft_id: str) -> str:
    """Choose the file."""
    return _page(draft_id, people=True)


@blueprint.post("/procedure/drafts/<draft_id>/foreign")
def open_foreign(draft_id: str) -> Response | tuple[str, int]:
    """Take it in and open it in the editor, where its findings stand on the elements."""
    people = request.form.get("people") == "1"
    try:
        done = visit.execute(OpenForeign(draft_id, *_sent(), people, request.form.get("take_over") == "1"))
    except (errors.InvalidValues, HeldByOther) as refusal:
        held = isinstance(refusal, HeldByOther)
        return _page(draft_id, people=people, faults={"file": refusal.text}, held=held), refusals.status_of(refusal)
    flash(" ".join(_told(done)), "success")
    return redirect(url_for("studio.desk", draft_id=draft_id, file=done.path), 303)


def _sent() -> tuple[str, bytes]:
    file = request.files.get("file")
    if file is not None and uploads.is_too_large(file):
        words = WORDS["version.too_large"]
        raise errors.InvalidValues(Text(words.zh.format(mb=MOST_MEGABYTES), words.en.format(mb=MOST_MEGABYTES)))
    return (file.filename or "", file.read()) if file is not None else ("", b"")


def _told(done: Opened) -> Iterator[str]:
    """What was filled in, and which lanes still want a role."""
    missing = [lane for lane, role in done.lanes.items() if role is None]
    found = len(done.lanes) - len(missing)
    yield t("foreign.opened", file=done.path)
    if done.tasks:
        yield t("foreign.tasks", n=done.tasks)
    if found:
        yield t("foreign.lanes", n=found)
    if missing:
        yield t("foreign.lanes_left", lanes=t("foreign.and").join(missing))


def _page(draft_id: str, *, people: bool, faults: Mapping[str, Text] | None = None, held: bool = False) -> str:
    row, _ = studio.opened(visit.reader(), visit.actor(), draft_id)
    return stage(
        "studio/foreign.html", draft_id, row["procedure_key"], row["base_number"], current="studio.desk",
        people=people, faults=faults or {}, held=held, endings=ENDINGS, most=MOST_MEGABYTES,
    )  # fmt: skip
