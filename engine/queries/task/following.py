"""Whom the case goes to when a task is completed, where the diagram leaves no doubt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.queries.task.strip import Strip
from engine.storage.tables import person, role_grant

if TYPE_CHECKING:
    from engine.queries.reader import Reader
    from engine.queries.task.page import Item

#: A role that is held in the whole estate or company; who does the work of a department is decided there.
_PLACES = frozenset({"estate", "company"})


@dataclass(frozen=True, slots=True)
class Following:
    """The one next step, the role that does it, and the person's name where only one holds that role."""

    step: Text
    role: Text
    person: str | None


def following(reader: Reader, actor: Actor, procedure: Any, strip: Strip, item: Item) -> Following | None:
    """The next step when it is one person's or one role's task; None where the way forks or leads into another diagram."""
    element = procedure.elements.get(strip.follows or "")
    role = procedure.roles.get(element.role or "") if element is not None else None
    if element is None or role is None:
        return None
    return Following(element.label, role.label, _only(reader, role.key, item.estate_id) if role.scope in _PLACES else None)


def _only(reader: Reader, role: str, estate_id: str) -> str | None:
    grant = role_grant.c
    held = sa.select(grant.person_id).where(grant.role == role, sa.or_(grant.estate_id == estate_id, grant.estate_id.is_(None)))
    names = (
        reader.connection.execute(sa.select(person.c.name).where(person.c.active, person.c.id.in_(held)).limit(2)).scalars().all()
    )
    return str(names[0]) if len(names) == 1 else None
