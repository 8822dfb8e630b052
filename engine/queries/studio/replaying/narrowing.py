"""Which cases of a replay are listed: those of which something became, and of these those of one limit or one role."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.queries.studio.replaying.apart import Apart
from engine.storage import tables as t

if TYPE_CHECKING:
    from engine.queries.reader import Reader

_case = t.replay_case.c


class Narrowed(StrEnum):
    """Which cases of a run are listed."""

    ALL = "all"
    MISSED = "missed"
    KEPT = "kept"
    OTHER = "other"
    MORE = "more"
    FEWER = "fewer"
    STUCK = "stuck"


@dataclass(frozen=True, slots=True)
class About:
    """What the cases are about: the element at which they got stuck, a limit that came out otherwise, a role's tasks."""

    element: str = ""
    limit: str = ""
    role: str | None = None


OF_ALL = About()


def narrowing(
    reader: Reader, actor: Actor, run_id: str, narrowed: Narrowed, about: About, apart: Apart
) -> list[sa.ColumnElement[bool]]:
    """The conditions on the rows of a run's cases; by a step that is not told to the reader nothing can be found."""
    asked = [_case.run_id == run_id, *_NARROWING[narrowed]]
    if about.element:
        known = {own for procedure in apart.both for own in procedure.elements}
        asked.append(_case.stuck_at.in_(sorted(own for own in known if apart.told(own) == about.element)))
    if about.limit or about.role is not None:
        asked.append(_case.case_id.in_(_concerned(reader, asked, narrowed, about, apart)))
    return asked


def _concerned(
    reader: Reader, asked: Sequence[sa.ColumnElement[bool]], narrowed: Narrowed, about: About, apart: Apart
) -> list[str]:
    # What came of a limit or a role stands in the outcome alone; those of one run are read in less than a second.
    rows = reader.connection.execute(sa.select(_case.case_id, _case.outcome).where(*asked))
    told = ((row.case_id, json.loads(zlib.decompress(row.outcome))) for row in rows)
    return [case_id for case_id, found in told if _concerns(found, narrowed, about, apart)]


def _concerns(found: Mapping[str, Any], narrowed: Narrowed, about: About, apart: Apart) -> bool:
    changes, wanted = _CHANGES.get(narrowed, _EITHER), _SIGNS.get(narrowed, bool)
    if about.limit:
        return about.limit not in apart.limits and any(
            one["key"] == about.limit and one["change"] in changes for one in found["limits"]
        )
    tasks = (one for one in found["tasks"] if one["element"] not in apart.hidden)
    return any(one["role"] == about.role and wanted(one["more"]) for one in tasks)


_EITHER = frozenset({"newly_missed", "newly_kept"})
_CHANGES = {Narrowed.MISSED: frozenset({"newly_missed"}), Narrowed.KEPT: frozenset({"newly_kept"})}
_SIGNS: Mapping[Narrowed, Callable[[int], bool]] = {
    Narrowed.MORE: lambda more: more > 0,
    Narrowed.FEWER: lambda more: more < 0,
}
_NARROWING: Mapping[Narrowed, tuple[sa.ColumnElement[bool], ...]] = {
    Narrowed.ALL: (),
    Narrowed.MISSED: (_case.newly_missed > 0,),
    Narrowed.KEPT: (_case.newly_kept > 0,),
    Narrowed.OTHER: (_case.same.is_(False),),
    Narrowed.MORE: (_case.added > 0,),
    Narrowed.FEWER: (_case.gone > 0,),
    Narrowed.STUCK: (_case.stuck.is_not(None),),
}
