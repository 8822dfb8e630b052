"""The replays of a draft that have been finished when it is proposed: part of the evidence by which it is signed."""

from __future__ import annotations

import json
from collections.abc import Iterable

import sqlalchemy as sa

from engine.procedure.diff.losses import Replay
from engine.storage import tables as t
from engine.storage.work import Work

#: The latest tell how it stands; older ones stay with the procedure's journal.
MOST = 5
_DONE = "done"


def replays_of(work: Work, digests: Iterable[str]) -> tuple[Replay, ...]:
    """Those of exactly these files, the newest first; a replay that was given up proves nothing."""
    run = t.replay_run.c
    query = sa.select(t.replay_run).where(run.digest.in_(set(digests)), run.state == _DONE, run.totals.is_not(None))
    rows = work.connection.execute(query.order_by(run.finished_at.desc(), run.id.desc()).limit(MOST))
    found = []
    for row in rows:
        sums = json.loads(row.totals)
        came_to = (sums["cases"], sums["changed"], sums["cases_newly_missed"], sums["cases_newly_kept"], sums["stuck"])
        found.append(Replay(row.id, row.draft_id, row.finished_at, row.since, row.until, row.which, *came_to))
    return tuple(found)
