"""What burns now."""

from __future__ import annotations

from flask import render_template

from engine.queries import dashboard
from engine.queries.dashboard import expecting
from webforms import visit
from webforms.blueprints.dashboard.door import blueprint, estate, estates


@blueprint.get("/dashboard")
def home() -> str:
    """The board of all the reader's estates or of one; the board alone when it refreshes itself."""
    chosen = estate()
    shown = dashboard.burning(visit.reader(), visit.actor(), chosen)
    page = "dashboard/board.html" if visit.is_partial() else "dashboard/page.html"
    return render_template(page, board=shown, estate=chosen, estates=estates(), fewest=expecting.USUAL_FEWEST)
