"""Every change of a draft's files is a step that can be taken back and made again, file by file."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from engine.procedure import Bundle
from engine.procedure.bundle import MAX_FILE_BYTES
from engine.storage import tables as t
from engine.storage.work import Work

#: How many steps a draft keeps; the oldest go first.
MOST_STEPS = 200
#: What saves itself while somebody draws is one step for as long.
_STROKE = timedelta(minutes=1)
_step = t.draft_step.c
Row = Mapping[str, Any]


def remember(
    work: Work, draft: Row, after: Bundle, who: str, now: datetime, *, drawn: bool = False, together: bool = False
) -> None:
    """Note what every file was that differs in ``after``; what could have been made again no longer can.

    With ``drawn`` the change joins the same person's step of the last minute, if there is one; with ``together`` the steps
    of all these files are one to whoever takes them back.
    """
    before = Bundle.from_bytes(draft["bundle"])
    changed = [path for path in sorted({**before.files, **after.files}) if before.files.get(path) != after.files.get(path)]
    top = _top(work, draft["id"])
    first = top + 1 if together and len(changed) > 1 else None
    for path in changed:
        work.batch.delete(t.draft_step, (_step.draft_id == draft["id"]) & (_step.path == path) & _step.undone)
        if drawn and _joins(last_done(work, draft["id"], path), who, now):
            continue
        top += 1
        row = {"draft_id": draft["id"], "seq": top, "path": path, "person_id": who, "at": now, "undone": False, "together": first}
        work.batch.insert(t.draft_step, {**row, "content": packed(before.files.get(path))})
    work.batch.delete(t.draft_step, (_step.draft_id == draft["id"]) & (_step.seq <= top - MOST_STEPS))


def forget(work: Work, draft_id: str) -> None:
    """The draft is gone, and what it was before and how it was tried with it."""
    for table in (t.draft_step, t.draft_rehearsal, t.draft_walk):
        work.batch.delete(table, table.c.draft_id == draft_id)


def last_done(work: Work, draft_id: str, path: str) -> Row | None:
    """The step of a file that would be taken back next."""
    return _one(work, draft_id, path, ~_step.undone, _step.seq.desc())


def first_undone(work: Work, draft_id: str, path: str) -> Row | None:
    """The step of a file that would be made again next."""
    return _one(work, draft_id, path, _step.undone, _step.seq)


def beside(work: Work, step: Row) -> list[Row]:
    """The steps that one action made with this one, of other files; none where any of those files went on since."""
    if step["together"] is None:
        return []
    query = sa.select(t.draft_step).where(
        _step.draft_id == step["draft_id"], _step.together == step["together"], _step.undone == step["undone"],
        _step.path != step["path"],
    )  # fmt: skip
    others: list[Row] = [dict(row) for row in work.connection.execute(query).mappings()]
    next_of = first_undone if step["undone"] else last_done
    tops = [next_of(work, step["draft_id"], one["path"]) for one in others]
    return others if all(top and top["seq"] == one["seq"] for top, one in zip(tops, others, strict=True)) else []


def packed(content: bytes | None) -> bytes | None:
    """As it is kept in a step."""
    return None if content is None else zlib.compress(content)


def unpacked(content: bytes | None) -> bytes | None:
    """What ``packed`` was given."""
    return None if content is None else zlib.decompressobj().decompress(content, MAX_FILE_BYTES)


def _one(work: Work, draft_id: str, path: str, state: Any, order: Any) -> Row | None:
    query = sa.select(t.draft_step).where(_step.draft_id == draft_id, _step.path == path, state).order_by(order).limit(1)
    found = work.connection.execute(query).mappings().first()
    return None if found is None else dict(found)


def _top(work: Work, draft_id: str) -> int:
    return int(work.connection.execute(sa.select(sa.func.max(_step.seq)).where(_step.draft_id == draft_id)).scalar() or 0)


def _joins(last: Row | None, who: str, now: datetime) -> bool:
    return last is not None and last["person_id"] == who and now - last["at"] < _STROKE
