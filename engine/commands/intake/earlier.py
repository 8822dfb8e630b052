"""A complaint that has to do with an earlier case: linked to it, or a part of the event that it leads."""

from __future__ import annotations

from engine.commands.cases.open_case import open_readable
from engine.commands.events import membership
from engine.commands.session import CaseSession, permits
from engine.domain import events as ev
from engine.domain.values import Value

RELATED = "related"


def link(session: CaseSession, linked_id: str | None) -> None:
    """The new case and the earlier one belong together, if one is named."""
    if linked_id:
        other = open_readable(session.work, session.procedures, linked_id)
        session.events.append(ev.CaseLinked(other.case_id, str(other.entry["number"]), RELATED, session.now))


def taken_over(session: CaseSession, event_id: str | None) -> dict[str, Value]:
    """The values with which the case joins the event that another leads; nothing when none is named."""
    if not event_id:
        return {}
    procedure, estate_id = session.published.procedure, session.case["estate_id"]
    permits.require_action(session.actor, procedure, membership.JOIN, estate_id)
    lead = membership.open_lead(session.work, session.procedures, event_id)
    values = membership.admit(lead, procedure, estate_id)
    session.events.append(ev.ActionTaken(membership.JOIN))
    return values
