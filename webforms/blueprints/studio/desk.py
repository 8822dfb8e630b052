"""The desk of the studio: a draft's file in the editor of its kind, all the others beside it."""

from __future__ import annotations

from collections.abc import Callable

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from engine.commands import versions as commands
from engine.queries import studio
from engine.queries.studio import Desk, Kind
from webforms import visit
from webforms.blueprints.studio import diagrams, limits, tables
from webforms.blueprints.studio.door import blueprint
from webforms.blueprints.studio.drawing import draw
from webforms.blueprints.studio.editors import clauses, forms, settings, stories, vocabulary

#: The editor of each kind of file: it answers the page. What has none is shown as it stands.
EDITORS: dict[Kind, Callable[[Desk], str]] = {
    Kind.DIAGRAM: diagrams.page,
    Kind.TABLE: tables.page,
    Kind.LIMITS: limits.page,
    Kind.FORM: forms.page,
    Kind.CLAUSES: clauses.page,
    Kind.SCENARIO: stories.page,
    Kind.DOCUMENTS: settings.page,
    Kind.MANIFEST: settings.page,
    Kind.VOCABULARY: vocabulary.page,
}


@blueprint.post("/procedure/<key>/drafts/new")
def begin(key: str) -> Response:
    """Begin a draft as the version published last, and open its main diagram."""
    draft_id = visit.execute(commands.BeginDraft(key))
    return redirect(url_for("studio.desk", draft_id=draft_id), 303)


@blueprint.get("/procedure/drafts/<draft_id>/studio")
def desk(draft_id: str) -> str:
    """The file named in the address in its editor, else the main diagram."""
    opened = studio.desk(visit.reader(), visit.actor(), draft_id, request.args.get("file", ""))
    return EDITORS.get(opened.kind, _as_text)(opened)


def _as_text(desk: Desk) -> str:
    return draw("studio/text.html", desk, text=desk.content.decode("utf-8", "replace"))
