"""Whether a procedure gives somebody one of its actions, so that a page offers nothing that would be refused."""

from __future__ import annotations

from typing import Any

from engine.domain.actor import Actor

ANY_ROLE = "any"


def may_act(actor: Actor, procedure: Any, action: str, estate_id: str, department: str | None) -> bool:
    """Whether the procedure lets one of the actor's roles take this action in the estate and department."""
    known = procedure.actions.get(action)
    if known is None:
        return False
    if ANY_ROLE in known.roles:
        return actor.holds(None, estate_id)
    return any(actor.holds(role, estate_id, department) for role in known.roles)
