"""The guards: a case exists for an actor, the actor may do what is asked, and the state allows it, asked in this order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.commands.session import sentences
from engine.domain.actor import COMPANY, Actor
from engine.domain.text import Text
from engine.errors import Forbidden, InvalidState, InvalidValues, NotFound
from engine.procedure import Procedure
from engine.storage import tables as t

if TYPE_CHECKING:
    from engine.commands.session.case_session import CaseSession

MOST_WORDS = 5000


def require_reader(session: CaseSession, said: Text = sentences.NO_SUCH_CASE) -> None:
    """NotFound unless the actor may read the case; ``said`` is the sentence for what does not exist, so that nobody can tell."""
    if not may_read(session):
        raise NotFound(said)


def may_read(session: CaseSession) -> bool:
    """Any role in the estate and a department that the case is or was in, watching it, or a work item of it or open to one."""
    actor, entry = session.actor, session.entry
    held = [grant for grant in actor.grants if grant.estate_id in (None, entry["estate_id"])]
    departments = {grant.department for grant in held}
    if actor.system or None in departments or entry["department"] in departments:
        return True
    asked = actor.grants if entry["estate_id"] == COMPANY else held
    return _concerned(session, {department for department in departments if department}, {grant.role for grant in asked})


def _concerned(session: CaseSession, departments: set[str], roles: set[str]) -> bool:
    me, item, watching = session.actor.person_id, t.work_item.c, t.watcher.c
    open_to_roles = sa.and_(item.department.is_(None), item.role.in_(roles))
    asked_of = sa.or_(item.department.in_(departments), open_to_roles)
    named = sa.or_(item.holder_id == me, item.assignee_id == me, item.ended_by == me, asked_of)
    asked = sa.select(sa.literal(1)).where(item.case_id == session.case_id, named)
    watched = sa.select(sa.literal(1)).where(watching.case_id == session.case_id, watching.person_id == me)
    return session.work.connection.execute(sa.union_all(asked, watched).limit(1)).first() is not None


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


def require_action(actor: Actor, procedure: Procedure, action: str, estate_id: str, department: str | None = None) -> str | None:
    """The person on whose behalf the actor may use the action, if it is not in their own right; Forbidden when they may not."""
    rule = procedure.actions.get(action)
    # Every member of staff of the estate may do what "any" may, whatever the department.
    asked = [(None, None) if role == "any" else (role, department) for role in (rule.roles if rule else ())]
    held = [(role, within) for role, within in asked if actor.holds(role, estate_id, within)]
    if not (held or actor.system):
        raise Forbidden(sentences.ACTION_NOT_YOURS)
    represented = [actor.deputising(role, estate_id, within) for role, within in held]
    return None if None in represented else next(iter(represented), None)


def may_use(actor: Actor, procedure: Procedure, action: str, estate_id: str, department: str | None = None) -> bool:
    """Whether the procedure gives one of the actor's roles this action."""
    try:
        require_action(actor, procedure, action, estate_id, department)
    except Forbidden:
        return False
    return True


def require_procedure(session: CaseSession) -> None:
    """InvalidState for a historic record: it never had a procedure that could permit anything."""
    if session.case["version_id"] is None:
        raise InvalidState(sentences.HISTORIC)


def require_running(session: CaseSession) -> None:
    """InvalidState unless the case has a running procedure."""
    require_procedure(session)
    if session.case["closed"]:
        raise InvalidState(sentences.closed(session.entry["closed_at"] or session.now, session.procedures.zone))


def require_words(field: str, text: str, *, reason: bool = False) -> str:
    """The text without surrounding space; InvalidValues when there is none or far too much."""
    words = text.strip()
    if not words:
        raise InvalidValues(sentences.FORM_REFUSED, {field: sentences.REASON_NEEDED if reason else sentences.TEXT_NEEDED})
    if len(words) > MOST_WORDS:
        raise InvalidValues(sentences.FORM_REFUSED, {field: sentences.too_long(sentences.WORDS, MOST_WORDS)})
    return words
