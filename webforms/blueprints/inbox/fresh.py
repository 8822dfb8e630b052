"""What a page asks every few seconds while somebody looks at it: the counts of its frame, and what became of its rows."""

from __future__ import annotations

from typing import Any

from flask import jsonify, request
from werkzeug.wrappers import Response

from engine.queries import inbox, shell
from engine.queries.inbox import Standing
from webforms import times, visit
from webforms.blueprints.inbox import door
from webforms.blueprints.inbox.door import blueprint
from webforms.rendering.filters import at_most, moment
from webforms.wording import t


@blueprint.get("/inbox/fresh")
def fresh() -> Response:
    """Counts alone, or with ``tab`` and the ids of its rows what is said in each; 304 when nothing is new."""
    tab = request.args.get("tab", "")
    answer = _of_list(tab) if tab in inbox.TABS else {"counts": _counts(shell.counts(visit.reader(), visit.actor()))}
    response = jsonify(answer)
    response.add_etag()
    return response.make_conditional(request)


def _of_list(tab: str) -> dict[str, Any]:
    reader, actor = visit.reader(), visit.actor()
    shown = [item_id for item_id in request.args.get("ids", "").split(".") if item_id][: inbox.MOST]
    filters = door.filters(after=request.args.get("after"))
    come = inbox.arrived(reader, actor, tab, filters, shown, request.args.get("until"))
    counts, new = shell.counts_and(reader, actor, come)
    standing = inbox.standing(reader, actor, tab, shown)
    rows = {item_id: _row(tab, standing.get(item_id)) for item_id in shown}
    return {"counts": _counts(counts), "new": t("inbox.news", n=at_most(new)) if new else "", "rows": rows}


def _counts(counts: shell.Counts) -> dict[str, str]:
    named = {name: getattr(counts, name) for name in counts.__dataclass_fields__}
    return {name: at_most(count) if count else "" for name, count in named.items()}


def _row(tab: str, row: Standing | None) -> dict[str, str]:
    """The time left, and what somebody else has done with it."""
    if row is None:
        return {"gone": t("inbox.gone")}
    if not row.here:
        return {"gone": _gone(row)}
    if tab == inbox.DONE:
        return {}
    language, now = visit.language(), visit.now()
    return {
        "left": times.left(row.due_at, now, language),
        "tint": times.tint(row.due_at, row.warn_at, now),
        "title": moment(row.due_at) if row.due_at else "",
        "held": row.holder or "",
    }


def _gone(row: Standing) -> str:
    me = visit.actor().person_id
    if row.status != "open":
        who = row.ender if row.ender_id != me else t("inbox.you")
        return t("inbox.gone.done", who=who) if who else t("inbox.gone.withdrawn")
    if row.holder_id is None:
        return t("inbox.gone.released")
    return t("inbox.gone.yours") if row.holder_id == me else t("inbox.gone.taken", who=row.holder or "—")
