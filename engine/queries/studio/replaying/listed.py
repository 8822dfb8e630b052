"""The cases of a replay that the reader may read, narrowed to those that something became of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.queries.studio.replaying.apart import Apart
from engine.queries.studio.replaying.names import procedures
from engine.queries.studio.replaying.narrowing import OF_ALL, About, Narrowed, narrowing
from engine.queries.studio.replaying.runs import readable, run
from engine.storage import tables as t

if TYPE_CHECKING:
    from engine.queries.reader import Reader

A_PAGE = 50
_case = t.replay_case.c


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case of a run in a list."""

    case_id: str
    number: str
    closed: bool
    same: bool | None
    stuck: str | None
    newly_missed: int
    newly_kept: int
    added: int
    gone: int
    assumed: bool


@dataclass(frozen=True, slots=True)
class CasePage:
    """A page of a run's cases; ``hidden`` are those that the reader may not see, ``found`` counts the others."""

    lines: tuple[CaseLine, ...]
    found: int
    hidden: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.found // A_PAGE))


def cases(reader: Reader, actor: Actor, run_id: str, narrowed: Narrowed, page: int = 1, about: About = OF_ALL) -> CasePage:
    """Those of a run's cases that the reader may read, the newest first."""
    run(reader, actor, run_id)
    apart = Apart.of(procedures(reader, actor, run_id), actor, None)
    asked = narrowing(reader, actor, run_id, narrowed, about, apart)
    joined = t.replay_case.join(t.register_entry, t.register_entry.c.case_id == _case.case_id)
    mine = readable(actor)
    count = sa.select(sa.func.count()).select_from(joined)
    found = int(reader.connection.execute(count.where(*asked, mine)).scalar_one())
    everything = int(reader.connection.execute(count.where(*asked)).scalar_one())
    page = max(1, page)
    query = (
        sa.select(*_LINE).select_from(joined).where(*asked, mine).order_by(t.register_entry.c.registered_at.desc(), _case.case_id)
    )
    rows = reader.connection.execute(query.limit(A_PAGE).offset((page - 1) * A_PAGE)).mappings()
    return CasePage(tuple(CaseLine(**row) for row in rows), found, everything - found, page)


_LINE = (
    _case.case_id, _case.number, _case.closed, _case.same, _case.stuck, _case.newly_missed, _case.newly_kept,
    _case.added, _case.gone, _case.assumed,
)  # fmt: skip
