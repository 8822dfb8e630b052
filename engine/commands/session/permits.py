"""The guards: a case exists for an actor, the actor may do what is asked, and the state allows it, asked in this order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.commands.session import sentences
from engine.domain.actor import Actor
from engine.errors import Forbidden, InvalidState, InvalidValues, NotFound
from engine.procedure import Procedure
from engine.storage import tables as t

if TYPE_CHECKING:
    from engine.commands.session.case_session import CaseSession

MOST_WORDS = 5000


def require_reader(session: CaseSession) -> None:
    """NotFound unless the actor may read the case: a grant that covers it, or watching it."""
    if not may_read(session):
        raise NotFound(sentences.NO_SUCH_CASE)


def may_read(session: CaseSession) -> bool:
    """Whether the actor may read the case."""
    actor, entry = session.actor, session.entry
    departments = {entry["department"], *(item["department"] for item in session.items.values())}
    if any(actor.holds(None, entry["estate_id"], department) for department in departments):
        return True
    concerned = any(actor.person_id in (item["assignee_id"], item["holder_id"]) for item in session.items.values())
    return concerned or _watches(session)


def _watches(session: CaseSession) -> bool:
    watching = sa.select(t.watcher.c.case_id).where(
        t.watcher.c.case_id == session.case_id, t.watcher.c.person_id == session.actor.person_id
    )
    return session.work.connection.execute(watching).first() is not None


def may_do(actor: Actor, item: Any) -> bool:
    """Whether the item is open to the actor: by role, estate and department, or by name, and not excluded."""
    if f",{actor.person_id}," in item["excluded"]:
        return False
    named = actor.person_id in (item["assignee_id"], item["holder_id"])
    return named or (item["role"] is not None and actor.holds(item["role"], item["estate_id"], item["department"]))


def require_doer(session: CaseSession, item: Any) -> None:
    """Forbidden unless the actor may do the item."""
    if may_do(session.actor, item):
        return
    excluded = f",{session.actor.person_id}," in item["excluded"]
    raise Forbidden(sentences.EXCLUDED if excluded else sentences.NOT_YOURS)


def require_action(actor: Actor, procedure: Procedure, action: str, estate_id: str, department: str | None = None) -> None:
    """Forbidden unless the procedure gives one of the actor's roles this action."""
    rule = procedure.actions.get(action)
    roles = rule.roles if rule else ()
    allowed = any(actor.holds(None if role == "any" else role, estate_id, department) for role in roles)
    if not (allowed or actor.system):
        raise Forbidden(sentences.ACTION_NOT_YOURS)


def require_running(session: CaseSession) -> None:
    """InvalidState unless the case has a running procedure."""
    if session.case["version_id"] is None:
        raise InvalidState(sentences.HISTORIC)
    if session.case["closed"]:
        raise InvalidState(sentences.CLOSED)


def require_words(field: str, text: str, *, reason: bool = False) -> str:
    """The text without surrounding space; InvalidValues when there is none or far too much."""
    words = text.strip()
    if not words:
        raise InvalidValues(sentences.FORM_REFUSED, {field: sentences.REASON_NEEDED if reason else sentences.TEXT_NEEDED})
    if len(words) > MOST_WORDS:
        raise InvalidValues(sentences.FORM_REFUSED, {field: sentences.too_long(sentences.WORDS, MOST_WORDS)})
    return words
