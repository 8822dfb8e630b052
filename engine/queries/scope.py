"""Who may see and do what, as SQL conditions, so that no row leaves the database that should not."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from engine.domain.actor import COMPANY, Actor, Grant
from engine.storage.tables import watcher, work_item

Column = ColumnElement[str] | sa.Column[str]


def may_read_case(actor: Actor, case_id: Column, estate: Column, department: Column) -> ColumnElement[bool]:
    """The actor holds any role in the case's estate and department, follows the case, or has, had or may take a task of it."""
    if actor.system:
        return sa.true()
    by_role = [_reaches(grant, case_id, estate, department) for grant in actor.grants]
    return sa.or_(sa.false(), *by_role, _follows(actor, case_id), _has_task(actor, case_id), _is_asked(actor, case_id, estate))


def may_do_item(actor: Actor) -> ColumnElement[bool]:
    """The actor is named for the work item, or holds its role there, and is not one of those who may not do it."""
    if actor.system:
        return sa.true()
    by_role = [_covers(grant) for grant in actor.grants]
    return sa.and_(
        sa.or_(work_item.c.assignee_id == actor.person_id, work_item.c.holder_id == actor.person_id, *by_role),
        sa.not_(work_item.c.excluded.contains(f",{actor.person_id},", autoescape=True)),
    )


def may_take(actor: Actor, role: str) -> ColumnElement[bool]:
    """The same for an item that nobody holds, by one role alone: said without the rest, because an index knows the roles."""
    by_role = [_covers(grant) for grant in actor.grants if grant.role == role]
    kept_out = work_item.c.excluded.contains(f",{actor.person_id},", autoescape=True)
    return sa.and_(sa.or_(sa.false(), *by_role), sa.not_(kept_out))


def in_estates(actor: Actor, estate: Column) -> ColumnElement[bool]:
    """The estate is one in which the actor holds any role."""
    if actor.system or any(grant.estate_id is None for grant in actor.grants):
        return sa.true()
    return estate.in_({str(grant.estate_id) for grant in actor.grants})


def _reaches(grant: Grant, case_id: Column, estate: Column, department: Column) -> ColumnElement[bool]:
    within = sa.true() if grant.estate_id is None else estate == grant.estate_id
    if grant.department is None:
        return within
    # A task of no department is open to the role in every department, and who may do a task may read its case.
    open_to_role = sa.and_(work_item.c.department.is_(None), work_item.c.role == grant.role)
    concerned = sa.or_(work_item.c.department == grant.department, open_to_role)
    asked = sa.exists().where(work_item.c.case_id == case_id, concerned).correlate_except(work_item)
    return sa.and_(within, sa.or_(department == grant.department, asked))


def _follows(actor: Actor, case_id: Column) -> ColumnElement[bool]:
    return sa.exists().where(watcher.c.case_id == case_id, watcher.c.person_id == actor.person_id).correlate_except(watcher)


def _has_task(actor: Actor, case_id: Column) -> ColumnElement[bool]:
    mine = work_item.alias("mine")
    people = (mine.c.holder_id, mine.c.assignee_id, mine.c.ended_by)
    held = sa.or_(*(column == actor.person_id for column in people))
    return sa.exists().where(mine.c.case_id == case_id, held).correlate_except(mine)


def _is_asked(actor: Actor, case_id: Column, estate: Column) -> ColumnElement[bool]:
    """What concerns the whole company may be read by those who have, had or may take a task of it, in whatever estate."""
    item = work_item.alias("asked")
    roles = sorted({grant.role for grant in actor.grants})
    return sa.and_(estate == COMPANY, sa.exists().where(item.c.case_id == case_id, item.c.role.in_(roles)).correlate_except(item))


def _covers(grant: Grant) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [work_item.c.role == grant.role]
    if grant.estate_id is not None:
        conditions.append(work_item.c.estate_id.in_((grant.estate_id, COMPANY)))
    if grant.department is not None:
        conditions.append(sa.or_(work_item.c.department.is_(None), work_item.c.department == grant.department))
    return sa.and_(*conditions)
