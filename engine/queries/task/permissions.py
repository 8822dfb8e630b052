"""What the person looking at a work item may do with it, so that the page offers nothing that would be refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.domain.actor import Actor
from engine.queries.actions import may_act

__all__ = ["Permissions", "may_act", "permissions"]

if TYPE_CHECKING:
    from engine.queries.task.page import Item


@dataclass(frozen=True, slots=True)
class Permissions:
    """Which buttons the page has; the commands check again."""

    complete: bool
    claim: bool
    release: bool
    delegate: bool
    pass_on: bool
    send_back: bool
    waive: bool
    allow_excluded: bool


def permissions(actor: Actor, procedure: Any, item: Item) -> Permissions:
    """What is open to the actor as things stand."""
    is_open = item.status == "open"
    free = item.holder_id in (None, actor.person_id)
    doing = is_open and item.may_do and free
    passing = doing and may_act(actor, procedure, "pass_on", item.estate_id, item.department)
    return Permissions(
        complete=doing,
        claim=is_open and item.may_do and (item.holder_id is None or item.holder_id in actor.principals),
        release=is_open and item.holder_id == actor.person_id,
        delegate=is_open and may_act(actor, procedure, "delegate", item.estate_id, item.department),
        pass_on=passing and item.department is not None,
        send_back=passing and item.previous_department is not None,
        waive=is_open and may_act(actor, procedure, "waive", item.estate_id, item.department),
        allow_excluded=bool(item.kept_out)
        and is_open
        and may_act(actor, procedure, "allow_excluded", item.estate_id, item.department),
    )
