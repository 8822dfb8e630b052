"""Who may keep and see the company's records, as the procedure in force says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import Forbidden

if TYPE_CHECKING:
    from engine.queries.reader import Reader

ANY = "any"
NOT_YOURS = Text("这一页不归您的岗位。", "This page belongs to other roles.")


def estates_of(reader: Reader, actor: Actor, action: str) -> frozenset[str] | None:
    """The estates in which the actor may use an action; None for all of them."""
    rule = reader.catalogue.intake(reader.now).procedure.actions.get(action)
    roles = rule.roles if rule else ()
    held = [grant for grant in actor.grants if grant.role in roles or ANY in roles]
    if actor.system or any(grant.estate_id is None for grant in held):
        return None
    return frozenset(str(grant.estate_id) for grant in held)


def may(reader: Reader, actor: Actor, action: str, estate_id: str | None = None) -> bool:
    """Whether the actor may use an action in the estate, or in any."""
    estates = estates_of(reader, actor, action)
    return estates is None or (bool(estates) if estate_id is None else estate_id in estates)


def require(reader: Reader, actor: Actor, action: str) -> None:
    """Forbidden for those who may use the action nowhere."""
    if not may(reader, actor, action):
        raise Forbidden(NOT_YOURS)
