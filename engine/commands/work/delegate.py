"""Hand a work item to a named person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from engine.commands.context import Procedures
from engine.commands.receipt import Receipt
from engine.commands.session import CaseSession, permits, sentences
from engine.commands.work.items import name_of, require_open
from engine.domain import events as ev
from engine.domain.actor import COMPANY, Actor
from engine.domain.text import Text
from engine.errors import InvalidValues
from engine.storage import tables as t
from engine.storage.work import Work

NOBODY = Text(
    "这个小区没有这位在岗同事，或他须回避这一步。", "No such colleague works in this estate, or they must not do this step."
)


@dataclass(frozen=True, slots=True)
class Delegate:
    """The holder, or somebody with the action ``delegate``, hands it on."""

    item_id: str
    person_id: str
    reason: str


def handle(command: Delegate, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Receipt:
    """Forbidden for others; InvalidValues for a person who does not work there or must not do it."""
    session, item = CaseSession.open_with_item(work, procedures, command.item_id)
    permits.require_reader(session, sentences.NO_SUCH_ITEM)
    if item["holder_id"] != actor.person_id:
        procedure = session.published.procedure
        session.on_behalf_of = permits.require_action(actor, procedure, "delegate", item["estate_id"], item["department"])
    require_open(session, item)
    reason = permits.require_words("reason", command.reason, reason=True)
    if not works_there(work, command.person_id, item["estate_id"]) or f",{command.person_id}," in item["excluded"]:
        raise InvalidValues(sentences.FORM_REFUSED, {"person_id": NOBODY})
    session.personal["reason"] = reason
    session.events.append(ev.WorkItemDelegated(item["id"], command.person_id))
    name = name_of(work, command.person_id)
    session.notices_to(
        command.person_id,
        Text(f"{session.entry['number']}：有一项工作转交给您。", f"{session.entry['number']}: an item was handed to you."),
        item,
    )
    return session.finish("delegate", Text(f"已转交给{name}。", f"Handed to {name}."))


def works_there(work: Work, person_id: str, estate_id: str) -> bool:
    """Whether the person is active and holds any role in the estate."""
    held = t.role_grant.c
    there = sa.true() if estate_id == COMPANY else sa.or_(held.estate_id.is_(None), held.estate_id == estate_id)
    joined = t.person.join(t.role_grant, held.person_id == t.person.c.id)
    active = sa.select(t.person.c.id).select_from(joined).where(t.person.c.id == person_id, t.person.c.active, there)
    return work.connection.execute(active.limit(1)).first() is not None
