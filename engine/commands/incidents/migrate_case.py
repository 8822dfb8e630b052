"""Move one running case to another version of its procedure, by decision and on a copy first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from engine.catalogue import Published
from engine.commands.context import Procedures
from engine.commands.incidents.opening import operates, represented
from engine.commands.incidents.previewing import Preview, previewed, restricted
from engine.commands.receipt import Receipt
from engine.commands.session import CaseSession, permits, sentences
from engine.domain import events as ev
from engine.domain.actor import Actor
from engine.domain.calendar_events import LimitRecounted
from engine.domain.text import Text
from engine.errors import Conflict, Forbidden, InvalidState, InvalidValues
from engine.storage import tables as t
from engine.storage.work import Work
from engine.workflow import Migration, migrate

ACTION = "migrate_case"
#: Due moments stay as they are, or those that lie ahead are counted anew by the limits of the other version.
KEEP, RECOMPUTE = "keep", "recompute"
TIMERS = (KEEP, RECOMPUTE)
#: What became of a case of an order.
WAITING, MOVED, REFUSED, BACK = "waiting", "moved", "refused", "back"
NOT_YOURS = Text(
    "只有管理员和规程负责人可以更换规程版本。", "Only administrators and the process owner may move a case to another version."
)
NO_SUCH_VERSION = Text("没有这个已生效的版本。", "There is no such version in force.")
SEEN_BEFORE = Text(
    "您看过以后，这件投诉又有变动，没有换。请再看一次换版会怎样。",
    "This case has changed since you looked: it was not moved. See again what moving it would mean.",
)
SAME_VERSION = Text("这件投诉已经按这个版本办理。", "The case follows this version already.")

RESTRICTED = Text(
    "它停在限阅的步骤里，这个版本没有地方接住它。是哪一步只告诉办理它的人；请在新版本里原样保留限阅的步骤。",
    "It stands at a restricted step for which this version has no place. Which is told to those who do it: keep the restricted"
    " steps as they are in the new version.",
)


@dataclass(frozen=True, slots=True)
class MigrateCase:
    """``dry_run`` only says what would happen; ``timers`` is keep or recompute, ``run_id`` an order of several cases.

    ``seen`` is the state of the case in which its preview was looked at.
    """

    case_id: str
    version_id: str
    reason: str
    dry_run: bool = False
    timers: str = KEEP
    run_id: str = ""
    seen: int | None = None


class NoPlace(InvalidState):
    """The version has no place for what is open in the case; ``element_id`` is in the way."""

    def __init__(self, text: Text, element_id: str | None) -> None:
        super().__init__(text)
        self.element_id = element_id


@dataclass(frozen=True, slots=True)
class Moved:
    """What moving came to; the migration is impossible only in a dry run, else that is raised.

    ``preview`` tells in words what a dry run found, ``rev`` in which state the case was then.
    """

    receipt: Receipt
    migration: Migration
    preview: Preview | None = None
    rev: int = 0


def handle(command: MigrateCase, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Moved:
    """NoPlace, with the element in the way, when the case has no place in that version; Conflict when it has gone on."""
    session = opened(command.case_id, work, procedures, actor)
    to, recompute = target(session, command.version_id), command.timers == RECOMPUTE
    said = Text(f"已换到第 {to.number} 版。", f"The case follows version {to.number} now.")
    if command.dry_run:
        found = tried(session, to, recompute)
        receipt = Receipt(session.case_id, session.entry["number"], said)
        if found.element_id in restricted(session, to, actor):
            found = replace(found, impossible=RESTRICTED, element_id=None)
        return Moved(receipt, found, previewed(session, to, found, actor), session.case["rev"])
    if command.seen not in (None, session.case["rev"]):
        raise Conflict(SEEN_BEFORE)
    session.personal["reason"] = permits.require_words("reason", command.reason, reason=True)
    try:
        migration = move(session, to, recompute)
    except NoPlace as problem:
        # The sentence names the step, and goes into a receipt that others read.
        if problem.element_id in restricted(session, to, actor):
            raise NoPlace(RESTRICTED, None) from problem
        raise
    noted(work, command.run_id, command.case_id, {"state": MOVED, "problem_zh": None, "problem_en": None})
    session.fire_due()
    return Moved(session.finish(ACTION, said), migration)


def opened(case_id: str, work: Work, procedures: Procedures, actor: Actor) -> CaseSession:
    """A running case whose version the actor may change, on behalf of whom they do it."""
    session = CaseSession.open(work, procedures, case_id)
    permits.require_procedure(session)
    if not operates(actor, session.published.procedure, session.entry["estate_id"]):
        permits.require_reader(session)
        raise Forbidden(NOT_YOURS)
    permits.require_running(session)
    session.on_behalf_of = represented(actor, session.published.procedure, session.entry["estate_id"])
    return session


def noted(work: Work, run_id: str, case_id: str, changes: Mapping[str, Any]) -> None:
    """What became of the case, in the receipt of the order that it belongs to, if there is one."""
    if run_id:
        work.batch.update(t.migrated_case, (run_id, case_id), dict(changes))


def target(session: CaseSession, version_id: str) -> Published:
    """A version of the case's own procedure that has been published and holds."""
    version = t.procedure_version.c
    held = sa.select(version.id).where(version.id == version_id, version.procedure_key == session.case["procedure_key"])
    held = held.where(version.published_at <= session.now, version.effective_at <= session.now)
    if session.work.connection.execute(held).first() is None:
        raise InvalidValues(sentences.FORM_REFUSED, {"version_id": NO_SUCH_VERSION})
    if version_id == session.case["version_id"]:
        raise InvalidState(SAME_VERSION)
    return session.procedures.catalogue.get(version_id)


def tried(session: CaseSession, to: Published, recompute: bool = False) -> Migration:
    """What the case would be under that version; the case itself is left alone."""
    return migrate(session.case["state"], session.published.model, to.model, session.occasion, recompute=recompute)


def move(session: CaseSession, to: Published, recompute: bool = False) -> Migration:
    """Put the session on that version, events included; InvalidState when it cannot be."""
    # What waited before, and for whom, is known from the old version.
    items, before = dict(session.items), session.published
    open_before = [item.id for item in session.instance.open_items]
    due_before = {run.id: run.due_at for run in session.instance.limit_runs}
    migration = tried(session, to, recompute)
    if migration.instance is None:
        raise NoPlace(migration.impossible or SAME_VERSION, migration.element_id)
    session.events.append(ev.CaseMigrated(before.version_id, to.version_id, before.number, to.number))
    session.events += [
        LimitRecounted(run.id, run.key, due_before[run.id], run.due_at, run.derivation, run.warn_at)
        for run in migration.recounted
    ]
    session.move_to(to, migration.instance)
    session.events += _redrawn(session, [items[item_id] for item_id in open_before if item_id in items])
    return migration


def _redrawn(session: CaseSession, rows: list[Mapping[str, Any]]) -> Iterator[ev.WorkItemRedrawn]:
    procedure = session.published.procedure
    still_open = {item.id: item for item in session.instance.open_items}
    for row in rows:
        item = still_open.get(str(row["id"]))
        if item is not None:
            label, form = procedure.label(item.element_id), procedure.form_of(item.element_id)
            drawn = {"name_zh": label.zh, "name_en": label.en, "role": item.role, "form": form.name if form else None}
            if any(row[name] != value for name, value in drawn.items()):
                yield ev.WorkItemRedrawn(item.id, label.zh, label.en, item.role, form.name if form else None)
