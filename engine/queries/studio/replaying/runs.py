"""What replays have come to: the runs of a draft, their totals, and those of the cases that the reader may read."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import Forbidden, NotFound
from engine.procedure import Bundle
from engine.queries.procedure.drafts import OWNERS_ONLY, draft_row
from engine.queries.procedure.versions import may_change
from engine.queries.scope import may_read_case
from engine.queries.studio.replaying.narrowing import OF_ALL, About, Narrowed, narrowing
from engine.storage import tables as t

if TYPE_CHECKING:
    from engine.queries.reader import Reader

NO_SUCH_RUN = Text("没有这次回放。", "There is no such replay.")
NO_SUCH_CASE = Text("这次回放里没有这件投诉，或者您无权查看。", "The replay has no such case, or you may not see it.")
SHOWN, A_PAGE = 10, 50
_run, _case = t.replay_run.c, t.replay_case.c


@dataclass(frozen=True, slots=True)
class Run:
    """A replay: ``state`` is waiting, running, done, cancelled or failed; ``version`` was proposed with it as evidence.

    ``totals`` are of the cases that are done; of a replay that was cancelled they are those of a part.
    """

    id: str
    draft_id: str
    procedure_key: str
    base_number: int
    digest: str
    asked_by: str | None
    since: str | None
    until: str | None
    which: str
    state: str
    cases_done: int
    cases_total: int | None
    cases_found: int | None
    totals: Mapping[str, Any] | None
    problem: Text | None
    requested_at: datetime
    finished_at: datetime | None
    version: int | None = None

    @property
    def is_partial(self) -> bool:
        """Whether there are totals, but not of all the cases that were asked for."""
        return self.state == "cancelled" and self.totals is not None

    @property
    def under_way(self) -> bool:
        """Whether there is something to wait for."""
        return self.state in ("waiting", "running")

    @property
    def percent(self) -> int:
        """How far it is."""
        return self.cases_done * 100 // self.cases_total if self.cases_total else 0


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case of a run in a list."""

    case_id: str
    number: str
    closed: bool
    same: bool | None
    stuck: str | None
    stuck_at: str | None
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


def runs(reader: Reader, actor: Actor, draft_id: str) -> tuple[Run, ...]:
    """The latest replays of a draft, the newest first; NotFound and Forbidden as for the draft."""
    draft_row(reader, actor, draft_id)
    query = _runs().where(_run.draft_id == draft_id).order_by(_run.requested_at.desc(), _run.id.desc()).limit(SHOWN)
    return tuple(_of(row) for row in reader.connection.execute(query).mappings())


def run(reader: Reader, actor: Actor, run_id: str) -> Run:
    """One replay; NotFound when there is none such, Forbidden for those who may not change the procedure.

    What belongs to the evidence of a version is read by everybody who may read the version.
    """
    row = reader.connection.execute(_runs().where(_run.id == run_id)).mappings().first()
    if row is None:
        raise NotFound(NO_SUCH_RUN)
    number = _evidence_of(reader, row["procedure_key"], run_id)
    if number is None and not may_change(reader, actor, row["procedure_key"]):
        raise Forbidden(OWNERS_ONLY)
    return replace(_of(row), version=number)


def _evidence_of(reader: Reader, key: str, run_id: str) -> int | None:
    version = t.procedure_version.c
    query = sa.select(version.number).where(
        version.procedure_key == key, version.evidence.contains(f'"{run_id}"', autoescape=True)
    )
    return reader.connection.execute(query.order_by(version.number.desc()).limit(1)).scalar()


def digest_now(reader: Reader, actor: Actor, draft_id: str) -> str | None:
    """The digest of a draft as it stands now; None when it is gone."""
    draft = t.procedure_draft.c
    row = reader.connection.execute(sa.select(draft.procedure_key, draft.bundle).where(draft.id == draft_id)).first()
    return Bundle.from_bytes(row.bundle).digest if row is not None and may_change(reader, actor, row.procedure_key) else None


def bundles(reader: Reader, actor: Actor, run_id: str) -> tuple[Bundle, Bundle]:
    """The files before, and those that were played through; as ``run``."""
    found, version = run(reader, actor, run_id), t.procedure_version.c
    own = sa.select(_run.bundle).where(_run.id == run_id)
    base = sa.select(version.bundle).where(version.procedure_key == found.procedure_key, version.number == found.base_number)
    packed = [reader.connection.execute(query).scalar_one() for query in (base, own)]
    return Bundle.from_bytes(packed[0]), Bundle.from_bytes(packed[1])


def cases(reader: Reader, actor: Actor, run_id: str, narrowed: Narrowed, page: int = 1, about: About = OF_ALL) -> CasePage:
    """Those of a run's cases that the reader may read, the newest first."""
    run(reader, actor, run_id)
    asked = narrowing(reader, actor, run_id, narrowed, about)
    joined = t.replay_case.join(t.register_entry, t.register_entry.c.case_id == _case.case_id)
    readable = _readable(actor)
    count = sa.select(sa.func.count()).select_from(joined)
    found = int(reader.connection.execute(count.where(*asked, readable)).scalar_one())
    everything = int(reader.connection.execute(count.where(*asked)).scalar_one())
    page = max(1, page)
    query = (
        sa.select(*_LINE)
        .select_from(joined)
        .where(*asked, readable)
        .order_by(t.register_entry.c.registered_at.desc(), _case.case_id)
    )
    rows = reader.connection.execute(query.limit(A_PAGE).offset((page - 1) * A_PAGE))
    return CasePage(tuple(CaseLine(*row) for row in rows), found, everything - found, page)


def outcome(reader: Reader, actor: Actor, run_id: str, case_id: str) -> Mapping[str, Any]:
    """What became of one case; NotFound for one that the reader may not read."""
    run(reader, actor, run_id)
    joined = t.replay_case.join(t.register_entry, t.register_entry.c.case_id == _case.case_id)
    query = sa.select(_case.outcome).select_from(joined)
    content = reader.connection.execute(query.where(_case.run_id == run_id, _case.case_id == case_id, _readable(actor))).scalar()
    if content is None:
        raise NotFound(NO_SUCH_CASE)
    found: Mapping[str, Any] = json.loads(zlib.decompress(content))
    return found


def _readable(actor: Actor) -> sa.ColumnElement[bool]:
    entry = t.register_entry.c
    return may_read_case(actor, entry.case_id, entry.estate_id, entry.department)


def _runs() -> sa.Select[Any]:
    columns = [column for column in t.replay_run.columns if column.name != "bundle"]
    return sa.select(*columns, t.person.c.name.label("asked_by")).outerjoin(t.person, t.person.c.id == _run.person_id)


def _of(row: Mapping[str, Any] | sa.RowMapping) -> Run:
    problem = json.loads(row["problem"]) if row["problem"] else None
    same = ("id", "draft_id", "procedure_key", "base_number", "digest", "asked_by", "since", "until", "which", "state")
    counted = ("cases_done", "cases_total", "cases_found", "requested_at", "finished_at")
    return Run(
        **{name: row[name] for name in (*same, *counted)},
        totals=json.loads(row["totals"]) if row["totals"] else None,
        problem=Text(problem["zh"], problem["en"]) if problem else None,
    )


_LINE = (
    _case.case_id, _case.number, _case.closed, _case.same, _case.stuck, _case.stuck_at, _case.newly_missed, _case.newly_kept,
    _case.added, _case.gone, _case.assumed,
)  # fmt: skip
