"""What replays have come to: the runs of a draft, their totals, and what became of one case."""

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
from engine.storage import tables as t

if TYPE_CHECKING:
    from engine.queries.reader import Reader

NO_SUCH_RUN = Text("没有这次回放。", "There is no such replay.")
NO_SUCH_CASE = Text("这次回放里没有这件投诉，或者您无权查看。", "The replay has no such case, or you may not see it.")
SHOWN = 10
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


def outcome(reader: Reader, actor: Actor, run_id: str, case_id: str) -> Mapping[str, Any]:
    """What became of one case; NotFound for one that the reader may not read."""
    run(reader, actor, run_id)
    joined = t.replay_case.join(t.register_entry, t.register_entry.c.case_id == _case.case_id)
    query = sa.select(_case.outcome).select_from(joined)
    content = reader.connection.execute(query.where(_case.run_id == run_id, _case.case_id == case_id, readable(actor))).scalar()
    if content is None:
        raise NotFound(NO_SUCH_CASE)
    found: Mapping[str, Any] = json.loads(zlib.decompress(content))
    return found


def estate_of(reader: Reader, actor: Actor, case_id: str) -> str:
    """The estate of a case that the actor was shown."""
    entry = t.register_entry.c
    return str(reader.connection.execute(sa.select(entry.estate_id).where(entry.case_id == case_id)).scalar_one())


def readable(actor: Actor) -> sa.ColumnElement[bool]:
    """The case of a run is one that the actor may read; the register is joined to it."""
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
