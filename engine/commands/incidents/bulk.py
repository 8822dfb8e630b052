"""An order to move several cases to one version: begun with a reason, answered case by case, closed with what it came to.

Each case is moved in a transaction of its own; one that stopped at a fault then tries again what failed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from engine.catalogue import holds_from
from engine.commands.context import Procedures
from engine.commands.directory.changes import note_all
from engine.commands.incidents.migrate_case import (
    BACK,
    MOVED,
    NO_SUCH_VERSION,
    NOT_YOURS,
    REFUSED,
    TIMERS,
    WAITING,
    MigrateCase,
    noted,
)
from engine.commands.incidents.retry import Retry
from engine.commands.session import permits, sentences
from engine.domain.actor import Actor
from engine.domain.events import DirectoryChanged
from engine.domain.ids import new_id
from engine.domain.text import Text
from engine.errors import EngineError, Forbidden, InvalidState, InvalidValues, NotFound
from engine.procedure.exchange.signers import is_owner
from engine.storage import tables as t
from engine.storage.work import Work

ACTION = "migrate_cases"
#: Cases of one order; each is moved in a transaction of its own while the person waits.
MOST = 200
NO_SUCH_ORDER = Text("没有这次换版。", "There is no such move.")
CHOOSE_CASES = Text("请先勾选要换版的投诉。", "Tick the complaints to be moved first.")
TOO_MANY = Text(f"一次最多 {MOST} 件，请分几次。", f"At most {MOST} at a time: move them in several goes.")
CHOOSE_TIMERS = Text("请选择期限怎么办。", "Choose what becomes of the deadlines.")


@dataclass(frozen=True, slots=True)
class BeginMigration:
    """Cases that are to follow that version; each is moved by ``MigrateCase`` with the order's id."""

    procedure_key: str
    number: int
    case_ids: tuple[str, ...]
    timers: str
    reason: str


@dataclass(frozen=True, slots=True)
class NoteRefusal:
    """A case of an order was not moved, or not back, and why."""

    run_id: str
    case_id: str
    text: Text


@dataclass(frozen=True, slots=True)
class CloseMigration:
    """Every case of the order has had its answer."""

    run_id: str


@dataclass(frozen=True, slots=True)
class Mover:
    """A case of an order: as which state it was looked at, if it was, and its open incidents."""

    case_id: str
    seen: int | None = None
    incidents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Going:
    """Where the cases of an order go, and how."""

    run_id: str
    version_id: str
    timers: str
    reason: str


def carry_through(execute: Callable[[Any], Any], going: Going, cases: Iterable[Mover]) -> None:
    """Move each; what is refused is noted with its sentence and does not stop the others. The order is closed then."""
    for case in cases:
        wanted = MigrateCase(
            case.case_id, going.version_id, going.reason, timers=going.timers, run_id=going.run_id, seen=case.seen
        )
        if _done(execute, going.run_id, case.case_id, wanted):
            for incident_id in case.incidents:
                _done(execute, going.run_id, case.case_id, Retry(incident_id, going.reason))
    execute(CloseMigration(going.run_id))


def _done(execute: Callable[[Any], Any], run_id: str, case_id: str, command: Any) -> bool:
    try:
        execute(command)
    except EngineError as refusal:
        execute(NoteRefusal(run_id, case_id, refusal.text))
        return False
    return True


def handle_begin(command: BeginMigration, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The order's id; whether each case can be moved is asked when it is."""
    latest = procedures.catalogue.latest(command.procedure_key)
    if latest is None:
        raise NotFound(NO_SUCH_VERSION)
    if not is_owner(actor, latest.procedure):
        raise Forbidden(NOT_YOURS)
    version_id = _version(work, command, now)
    cases = list(_cases(work, command))
    wrong = {"timers": CHOOSE_TIMERS} if command.timers not in TIMERS else {}
    wrong |= {"case_id": TOO_MANY if cases else CHOOSE_CASES} if not 0 < len(cases) <= MOST else {}
    if wrong:
        raise InvalidValues(sentences.FORM_REFUSED, wrong)
    reason = permits.require_words("reason", command.reason, reason=True)
    run_id = new_id(now)
    order = {"id": run_id, "procedure_key": command.procedure_key, "version_id": version_id, "number": command.number}
    whose = {"timers": command.timers, "reason": reason, "person_id": actor.person_id, "at": now}
    work.batch.insert(t.migration_run, {**order, **whose})
    for row in cases:
        work.batch.insert(t.migrated_case, {**row, "run_id": run_id, "state": WAITING})
    content = {"procedure": command.procedure_key, "number": command.number, "timers": command.timers, "cases": len(cases)}
    note_all(work, ACTION, [DirectoryChanged(t.migration_run.name, run_id, "added", content)], {"reason": reason})
    return run_id


def handle_refusal(command: NoteRefusal, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> None:
    """A case that was moved before stays moved: what was refused is the way back."""
    order(work, procedures, actor, command.run_id)
    row = case_of(work, command.run_id, command.case_id)
    state = row["state"] if row["state"] in (MOVED, BACK) else REFUSED
    said = {"state": state, "problem_zh": command.text.zh, "problem_en": command.text.en}
    noted(work, command.run_id, command.case_id, said)


def handle_close(command: CloseMigration, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> None:
    """What it came to is journaled once."""
    found = order(work, procedures, actor, command.run_id)
    if found["finished_at"] is not None:
        return
    case = t.migrated_case.c
    states = Counter(work.connection.execute(sa.select(case.state).where(case.run_id == command.run_id)).scalars())
    work.batch.update(t.migration_run, (command.run_id,), {"finished_at": now})
    content = {"number": found["number"], MOVED: states[MOVED], REFUSED: states[REFUSED]}
    note_all(work, ACTION, [DirectoryChanged(t.migration_run.name, command.run_id, "changed", content)])


def order(work: Work, procedures: Procedures, actor: Actor, run_id: str) -> Mapping[str, Any]:
    """The order's row, for those who answer for the procedure."""
    row = work.connection.execute(sa.select(t.migration_run).where(t.migration_run.c.id == run_id)).mappings().first()
    if row is None:
        raise NotFound(NO_SUCH_ORDER)
    if not is_owner(actor, procedures.catalogue.get(row["version_id"]).procedure):
        raise Forbidden(NOT_YOURS)
    return dict(row)


def case_of(work: Work, run_id: str, case_id: str) -> Mapping[str, Any]:
    """What became of a case of the order; NotFound when it is none."""
    case = t.migrated_case
    query = sa.select(case).where(case.c.run_id == run_id, case.c.case_id == case_id)
    row = work.connection.execute(query).mappings().first()
    if row is None:
        raise NotFound(sentences.NO_SUCH_CASE)
    return dict(row)


def _version(work: Work, command: BeginMigration, now: datetime) -> str:
    version = t.procedure_version.c
    held = sa.select(version.id).where(version.procedure_key == command.procedure_key, version.number == command.number)
    found = work.connection.execute(held.where(holds_from <= now)).scalar()
    if found is None:
        raise InvalidState(NO_SUCH_VERSION)
    return str(found)


def _cases(work: Work, command: BeginMigration) -> Any:
    version, entry = t.procedure_version.c, t.register_entry.c
    shown = (t.cases.c.id.label("case_id"), entry.number, version.id.label("from_version"), version.number.label("from_number"))
    joined = t.cases.join(t.register_entry, entry.case_id == t.cases.c.id)
    joined = joined.join(t.procedure_version, version.id == t.cases.c.version_id)
    query = sa.select(*shown).select_from(joined).where(version.procedure_key == command.procedure_key)
    found = query.where(t.cases.c.id.in_(command.case_ids[: MOST + 1])).order_by(entry.number)
    return work.connection.execute(found).mappings()
