"""The one way through: a command, one transaction, one handler; nothing else writes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import sqlalchemy as sa

from engine.clock import Clock
from engine.commands import (
    access,
    cases,
    clock,
    company,
    delivery,
    directory,
    documents,
    events,
    exports,
    incidents,
    intake,
    lists,
    plans,
    preferences,
    repeating,
    sanctions,
    schedules,
    studio,
    versions,
    work,
)
from engine.commands.access import change_password, read_notifications, sessions, set_language, sign_in
from engine.commands.cases import (
    act,
    add_comment,
    attach,
    correct,
    erase_person,
    fire_timers,
    link,
    log_contact,
    park_incident,
    raise_severity,
)
from engine.commands.clock import guarding
from engine.commands.context import Check, Handler, Procedures
from engine.commands.events import parts
from engine.commands.imports import store_records
from engine.commands.incidents import parking
from engine.commands.intake import register, register_emergency
from engine.commands.operators import OPERATORS
from engine.commands.schedules import operators as reporting
from engine.commands.schedules import reviewing
from engine.commands.session import sentences
from engine.commands.work import (
    allow_excluded,
    claim,
    claim_many,
    complete,
    delegate,
    pass_on,
    release,
    save_draft,
    send_back,
    waive,
)
from engine.domain.actor import SYSTEM, Actor
from engine.domain.text import Text
from engine.errors import Conflict, EngineError, Incident, InvalidState
from engine.procedure import Bundle
from engine.procedure.trying import NotTried
from engine.storage import tables as t
from engine.storage.database import Database
from engine.storage.work import Work

HANDLERS: dict[type, Handler] = {
    intake.Register: register.handle,
    intake.RegisterEmergency: register_emergency.handle,
    work.Claim: claim.handle,
    work.ClaimMany: claim_many.handle,
    work.Release: release.handle,
    work.Delegate: delegate.handle,
    work.Complete: complete.handle,
    work.SaveDraft: save_draft.handle_save,
    work.KeepDraft: save_draft.handle_keep,
    work.PassOn: pass_on.handle,
    work.SendBack: send_back.handle,
    work.Waive: waive.handle,
    work.AllowExcluded: allow_excluded.handle,
    cases.Act: act.handle,
    cases.AddComment: add_comment.handle,
    attach.AttachKept: attach.handle,
    cases.Correct: correct.handle,
    cases.ErasePersonalData: erase_person.handle,
    cases.FireTimers: fire_timers.handle,
    cases.Link: link.handle,
    cases.LogContact: log_contact.handle,
    cases.ParkIncident: park_incident.handle,
    cases.Raise: raise_severity.handle,
    change_password.CheckedChange: change_password.handle_change,
    access.ReadNotification: read_notifications.handle_one,
    access.ReadNotifications: read_notifications.handle,
    access.SetLanguage: set_language.handle,
    access.SetPassword: change_password.handle_set,
    sign_in.CheckedSignIn: sign_in.handle,
    access.SignOut: sessions.handle_one,
    access.SignOutEverywhere: sessions.handle_all,
    clock.DoubtClock: guarding.handle_doubt,
    clock.TrustClock: guarding.handle_trust,
    store_records.StoreRecords: store_records.handle,
    **plans.HANDLERS,
    **sanctions.HANDLERS,
    **schedules.HANDLERS,
    **delivery.HANDLERS,
    **directory.HANDLERS,
    **exports.HANDLERS,
    **company.HANDLERS,
    **documents.HANDLERS,
    **events.HANDLERS,
    **lists.HANDLERS,
    **preferences.HANDLERS,
    **studio.HANDLERS,
    **versions.HANDLERS,
}
HANDLERS |= incidents.handlers(dict(HANDLERS))
CHECKS: dict[type, Check] = {
    access.ChangePassword: change_password.check_change,
    access.SignIn: sign_in.check,
    **directory.CHECKS,
}
OPERATORS |= {
    "link_case": parts.link_case,
    "record": reporting.record,
    "announce": reporting.announce,
    "start_procedure": reporting.start_procedure,
    "propose_version": reviewing.propose_version,
    "sign_version": reviewing.sign_version,
    "confirm_version": reviewing.confirm_version,
}

#: A draft that is changed while it is being tried is tried once more.
_MOST_TRIALS = 3
_CHANGING = Text(
    "草稿正在被修改，现在不能提出。等修改的人停下来再试。",
    "The draft is being changed, so it cannot be proposed now. Try again once nobody works on it.",
)


class Engine:
    """Carries out commands; safe to share between threads, each command opens its own transaction."""

    def __init__(self, database: Database, clock: Clock, procedures: Procedures, secret: bytes) -> None:
        self._database = database
        self._clock = clock
        self._procedures = procedures
        self._secret = secret
        self.checks: dict[type, Check] = {**CHECKS, cases.Attach: partial(attach.check, procedures)}
        self.try_out: Callable[[Bundle], None] = lambda _bundle: None
        self.when_messages_wait: list[Callable[[sa.Connection], None]] = []
        self.after_commit: list[Callable[[], None]] = []

    def execute(self, command: Any, actor: Actor, once: str = "") -> Any:
        """The handler's answer, once everything is written; a Rejection or Incident when nothing is.

        ``once`` is a digest (at most 64 characters) of what was sent: the same is not carried out again, but refused.
        """
        try:
            return self._carry_out(command, actor, once)
        except Conflict:
            self._refuse_repetition(command, once)
            self._keep_typed(command, actor)
            raise
        except InvalidState:
            self._keep_typed(command, actor)
            raise
        except Incident as incident:
            self._park(command, actor, incident)
            raise

    def _carry_out(self, command: Any, actor: Actor, once: str = "") -> Any:
        """What a transaction finds that it would have to wait for is done outside it, and the command begun anew."""
        for _ in range(_MOST_TRIALS):
            try:
                return self._attempt(command, actor, once)
            except NotTried as missing:
                self.try_out(missing.bundle)
        raise InvalidState(_CHANGING)

    def _attempt(self, command: Any, actor: Actor, once: str) -> Any:
        now = self._clock.now()
        check = self.checks.get(type(command))
        if check is not None:
            command = check(command, self._database.read, actor, now)
        with self._database.write() as connection:
            unit = Work(connection, now, actor, self._secret)
            if once:
                repeating.remember(unit, once, actor.person_id)
            answer = HANDLERS[type(command)](command, unit, self._procedures, actor, now)
            messages = unit.messages_wait or unit.batch.adds_to(t.outbox)
            unit.flush()
            for defer in self.when_messages_wait if messages else ():
                defer(connection)
        for hook in (*unit.afterwards, *self.after_commit):
            hook()
        if isinstance(answer, EngineError):
            raise answer
        return answer

    def _refuse_repetition(self, command: Any, once: str) -> None:
        # The database lets a request in only once; who was first is looked up when a second one comes.
        with self._database.read() as connection:
            request_id = getattr(command, "request_id", "")
            before = repeating.submitted(connection, request_id) or repeating.carried_out(connection, once)
        if before is not None:
            raise InvalidState(sentences.already(*before, self._procedures.zone))

    def _keep_typed(self, command: Any, actor: Actor) -> None:
        # What was typed for a task that is gone must not be lost with the rollback; for one done before there is nothing to add.
        if isinstance(command, work.Complete | work.SaveDraft) and command.answers:
            with suppress(EngineError):
                self._carry_out(work.KeepDraft(command.item_id, command.answers), actor)

    def _park(self, command: Any, actor: Actor, incident: Incident) -> None:
        parked = parking.parked(command, incident, self._case_of(command))
        if parked is not None and not isinstance(command, incidents.MigrateCase | incidents.GoBack):
            self._carry_out(parked, SYSTEM if isinstance(command, cases.FireTimers) else actor)

    def _case_of(self, command: Any) -> str | None:
        item_id = getattr(command, "item_id", None)
        if item_id is None:
            return getattr(command, "case_id", None)
        with self._database.read() as connection:
            return connection.execute(sa.select(t.work_item.c.case_id).where(t.work_item.c.id == item_id)).scalar()
