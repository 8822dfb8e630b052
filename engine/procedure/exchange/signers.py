"""Who answers for a procedure, who is at work on a draft, and who signs a version: three people, each in a part of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from engine.domain.actor import Actor
from engine.domain.codec import loads
from engine.procedure.exchange.parts import PARTS, SECTION
from engine.procedure.manifest import names_of
from engine.procedure.procedure import Procedure

_FIRST = next(iter(PARTS))
_OUTSIDE = "external"
#: Whoever has saved nothing for so long has gone home: another may go on without asking.
_IDLE = timedelta(minutes=10)

#: A signature as it is kept: part, person, name, moment, and the hash of what was signed.
Signature = dict[str, Any]


def signers_of(procedure: Procedure) -> dict[str, frozenset[str]]:
    """Part to the roles that may sign in it; without a list of its own, the owner's, and then any role of the company."""
    written = procedure.manifest.source.mapping(SECTION)
    staff = frozenset(key for key, role in procedure.roles.items() if role.scope != _OUTSIDE)
    usual = {_FIRST: frozenset({procedure.owner})}
    return {part: frozenset(names_of(written.get(part))) or usual.get(part, staff) for part in PARTS}


def is_owner(actor: Actor, procedure: Procedure) -> bool:
    """Whether the actor answers for the procedure."""
    return actor.system or actor.administrator or procedure.owner in actor.roles


def is_at_it(draft: Mapping[str, Any], person_id: str | None, now: datetime) -> bool:
    """Whether another than this person saved the draft (its ``person_id`` and ``saved_at``) a short while ago."""
    return draft["person_id"] != person_id and bool(now - draft["saved_at"] < _IDLE)


def may_sign(actor: Actor, part: str, procedure: Procedure) -> bool:
    """Whether the actor's roles let them sign in that part; an administrator may stand in for the author."""
    return bool(actor.roles & signers_of(procedure)[part]) or (part == _FIRST and actor.administrator)


def has_signed(actor: Actor, signatures: Sequence[Signature]) -> bool:
    """Whether the actor, or a person for whom the actor deputises, has signed already."""
    signed = {signature["person"] for signature in signatures}
    return actor.person_id in signed or bool(signed & {grant.deputising_for for grant in actor.grants})


def signatures_in(text: str | None) -> list[Signature]:
    """The signatures that a version's row holds, in order."""
    return list(loads(text)) if text else []


def next_part(signatures: Sequence[Signature]) -> str | None:
    """Whose signature is wanted next; None when all are there."""
    signed = {signature["part"] for signature in signatures}
    return next((part for part in PARTS if part not in signed), None)
