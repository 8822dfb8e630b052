"""What the pages of one replay have in common: their frame, and names as they are drawn."""

from __future__ import annotations

from typing import Any

from flask import render_template

from engine.queries import procedure
from engine.queries.studio.replaying import Run
from webforms import visit
from webforms.blueprints.studio.drawing import stage
from webforms.wording import said

CURRENT = "studio.replay"


def framed(page: str, run: Run, **values: Any) -> str:
    """The page among the stages of its draft; of a draft that was proposed, under the version that it has become."""
    template = f"studio/replaying/{page}.html"
    if run.version is None:
        return stage(template, run.draft_id, run.procedure_key, run.base_number, current=CURRENT, run=run, **values)
    title = procedure.title(visit.reader(), visit.actor(), run.procedure_key)
    values |= {"draft_id": run.draft_id, "procedure_key": run.procedure_key, "procedure_title": title}
    return render_template(template, stages=(), base_number=run.base_number, version_number=run.version, run=run, **values)


def named(names: Any) -> dict[str, str]:
    """The names that are drawn otherwise than the diagram has them."""
    return {key: words for key, name in names.items() if (words := said(name)) != name.zh}
