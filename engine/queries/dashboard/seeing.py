"""How far somebody's eye reaches: the tasks and cases of the estates and departments in which a role is held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from engine.domain.actor import COMPANY, Actor, Grant
from engine.queries import scope
from engine.storage.tables import estate, work_item

if TYPE_CHECKING:
    from engine.queries.reader import Reader

#: The word itself, not a parameter: the indexes of open and of done tasks are chosen by it.
IS_OPEN = work_item.c.status == sa.literal_column("'open'")
IS_DONE = work_item.c.status == sa.literal_column("'done'")
#: The action of the complaint's procedure.yaml that says who sees the work of others, person by person.
OVERSEE = "oversee"
#: What falls due within this time is said to be due soon.
SOON = timedelta(hours=4)
_EXTERNAL = "external"
_item = work_item.c


@dataclass(frozen=True)
class Sight:
    """What the actor oversees, or one estate of it; everything shown by it the actor may also open."""

    reader: Reader
    actor: Actor
    estate_id: str | None = None

    @cached_property
    def procedure(self) -> Any:
        """The version of the complaint's procedure that is in force."""
        return self.reader.catalogue.intake(self.reader.now).procedure

    @cached_property
    def midnight(self) -> datetime:
        """When today began."""
        today = self.reader.now.astimezone(self.reader.zone).date()
        return datetime.combine(today, time(), self.reader.zone)

    @cached_property
    def monday(self) -> datetime:
        """When this week began."""
        return self.midnight - timedelta(self.midnight.weekday())

    @cached_property
    def oversees(self) -> bool:
        """Whether the actor sees what each person holds; others see themselves."""
        rule = self.procedure.actions.get(OVERSEE)
        return self.actor.system or bool(rule and self.actor.roles.intersection(rule.roles))

    def tasks(self) -> ColumnElement[bool]:
        """The tasks in sight, open or done."""
        mine = sa.func.coalesce(_item.holder_id, _item.assignee_id) == self.actor.person_id
        seen = sa.true() if self.actor.system else sa.or_(mine, *map(self._covered, self.actor.grants))
        return sa.and_(seen, _item.estate_id == self.estate_id) if self.estate_id else seen

    def cases(self, case_id: sa.Column[str], estate_id: ColumnElement[str]) -> ColumnElement[bool]:
        """The cases in sight: all of an estate, or those with an open task in sight."""
        here = estate_id == self.estate_id if self.estate_id else sa.true()
        whole = [grant.estate_id for grant in self.actor.grants if grant.department is None and not self._is_external(grant)]
        if self.actor.system or None in whole:
            return here
        asked = sa.exists().where(_item.case_id == case_id, IS_OPEN, self.tasks()).correlate_except(work_item)
        return sa.and_(here, sa.or_(estate_id.in_(sorted(str(one) for one in whole)), asked))

    def estates(self, column: ColumnElement[str]) -> ColumnElement[bool]:
        """The estates in sight by name, for an index that begins with them."""
        if self.estate_id:
            return column == self.estate_id
        named = {grant.estate_id for grant in self.actor.grants}
        if self.actor.system or None in named:
            return column.in_(sa.union_all(sa.select(estate.c.id), sa.select(sa.literal(COMPANY))))
        return column.in_(sorted({str(one) for one in named} | {COMPANY}))

    def _is_external(self, grant: Grant) -> bool:
        role = self.procedure.roles.get(grant.role)
        return role is not None and role.scope == _EXTERNAL

    def _covered(self, grant: Grant) -> ColumnElement[bool]:
        there = sa.true() if grant.estate_id is None else _item.estate_id == grant.estate_id
        of_role = _item.role == grant.role
        companys = sa.and_(_item.estate_id == COMPANY, of_role)
        if self._is_external(grant):
            return sa.and_(sa.or_(there, companys), of_role)
        if grant.department is None:
            return sa.or_(there, companys)
        within = sa.or_(_item.department == grant.department, sa.and_(_item.department.is_(None), of_role))
        return sa.and_(sa.or_(there, companys), within)


def has_sight(actor: Actor) -> bool:
    """Whether there is anything to oversee: a role is held anywhere."""
    return actor.system or bool(actor.grants)


def estates_of(reader: Reader, actor: Actor) -> ColumnElement[bool]:
    """The estates that the board may be narrowed to."""
    return sa.and_(estate.c.active, scope.in_estates(actor, estate.c.id))
