"""The common beginning of every case command: the case, whether the actor may, and what is due."""

from __future__ import annotations

from engine.commands.context import Procedures
from engine.commands.session import CaseSession, permits
from engine.storage.work import Work


def open_running(work: Work, procedures: Procedures, case_id: str, action: str) -> CaseSession:
    """A running case on which the actor may use the action, with everything due fired."""
    session = open_readable(work, procedures, case_id)
    permits.require_procedure(session)
    entry, procedure = session.entry, session.published.procedure
    session.on_behalf_of = permits.require_action(work.actor, procedure, action, entry["estate_id"], entry["department"])
    permits.require_running(session)
    session.fire_due()
    permits.require_running(session)
    return session


def open_readable(work: Work, procedures: Procedures, case_id: str) -> CaseSession:
    """A case that the actor may read."""
    session = CaseSession.open(work, procedures, case_id)
    permits.require_reader(session)
    return session
