"""What people did beside the diagram in a period: waived, jumped, passed on, did again."""

from __future__ import annotations

import sqlalchemy as sa

from engine.domain.text import Text
from engine.queries.reports.asking import Asked, count_if, within
from engine.queries.reports.reviewing import words as w
from engine.queries.reports.reviewing.late import waived
from engine.queries.reports.reviewing.told import Told
from engine.queries.reports.shown import Cell, Table
from engine.storage.tables import register_entry, work_item

_entry, _item = register_entry.c, work_item.c
MOST_TASKS = 20


def waivers(asked: Asked) -> Table:
    """The tasks that were waived, those waived most often first."""
    label = asked.complaint.procedure.label
    found = sorted(waived(asked), key=lambda pair: (-pair[1], pair[0]))
    rows = tuple((label(element_id), times) for element_id, times in found)
    return Table("waived", w.WAIVED, (w.TASK, w.TIMES), rows, empty=w.NOTHING_WAIVED)


def jumps(told: Told) -> Table:
    """Each way of leaving the diagram with how often it was taken, those not taken too."""
    rows: tuple[tuple[Cell, ...], ...] = tuple((name, told.by_hand[key]) for key, name in w.JUMPS.items())
    return Table("by_hand", w.BY_HAND, (w.WHAT, w.TIMES), rows, note=None if told.is_all else w.NOT_ALL)


def passed_on(asked: Asked) -> Table:
    """How many complaints of the period went from hand to hand, and how many took more than one round."""
    counts = (count_if(_entry.passing_on_count > 0), sa.func.coalesce(sa.func.sum(_entry.passing_on_count), 0))
    query = sa.select(*counts, count_if(_entry.round > 1)).where(asked.complaints(), within(_entry.registered_at, asked.period))
    ((several, times, again),) = asked.rows(query)
    counted = {"cases": int(several), "times": int(times), "again": int(again)}
    rows: tuple[tuple[Cell, ...], ...] = tuple((name, counted[key]) for key, name in w.HANDED.items())
    return Table("passed_on", w.PASSED_ON, (w.WHAT, w.TIMES), rows)


def done_again(asked: Asked) -> Table:
    """The tasks that were opened another time in the same complaint most often."""
    names = (sa.func.max(_item.name_zh).label("zh"), sa.func.max(_item.name_en).label("en"), sa.func.count().label("times"))
    query = sa.select(*names).join(register_entry, _entry.case_id == _item.case_id)
    query = query.where(asked.complaints(), within(_item.opened_at, asked.period), _item.round > 1)
    query = query.where(_item.element_id.not_in(sorted(asked.apart()))).group_by(_item.element_id)
    found = asked.rows(query.order_by(sa.desc("times"), _item.element_id).limit(MOST_TASKS))
    rows: tuple[tuple[Cell, ...], ...] = tuple((Text(row.zh, row.en), row.times) for row in found)
    return Table("done_again", w.DONE_AGAIN, (w.TASK, w.TIMES), rows, empty=w.NOTHING_AGAIN)
