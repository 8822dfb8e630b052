"""What a review looks at beside the statistics: what nobody used, what was waived, what was changed."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from engine.catalogue import holds_from
from engine.queries.reports.asking import Asked, within
from engine.queries.reports.measuring import WAIVED
from engine.storage.tables import journal, procedure_version, register_entry, work_item

_entry, _item, _version = register_entry.c, work_item.c, procedure_version.c
_USER_TASK = "userTask"
_EXCLUSION_WAIVED = '"type":"WorkItemExclusionWaived"'


def never_used(asked: Asked) -> list[dict[str, Any]]:
    """The tasks of the complaint's diagrams that were not open once in the period."""
    query = sa.select(_item.element_id).join(register_entry, _entry.case_id == _item.case_id)
    used = {
        row.element_id for row in asked.rows(query.where(asked.complaints(), within(_item.opened_at, asked.period)).distinct())
    }
    procedure = asked.complaint.procedure
    tasks = [element for element in procedure.elements.values() if element.kind == _USER_TASK and element.id not in used]
    names = [(element, element.label, procedure.label(element.process_id)) for element in tasks]
    return [
        {"element": one.id, "zh": label.zh, "en": label.en, "stage_zh": stage.zh, "stage_en": stage.en}
        for one, label, stage in names
    ]


def waivers(asked: Asked) -> list[dict[str, Any]]:
    """The tasks that were waived in the period, by task."""
    query = (
        sa.select(sa.func.max(_item.name_zh).label("zh"), sa.func.max(_item.name_en).label("en"), sa.func.count().label("count"))
        .join(register_entry, _entry.case_id == _item.case_id)
        .where(asked.complaints(), within(_item.ended_at, asked.period), _item.status == WAIVED)
        .group_by(_item.element_id)
    )
    return sorted((dict(row._mapping) for row in asked.rows(query)), key=lambda row: (-row["count"], row["en"]))


def exclusions_waived(asked: Asked) -> int:
    """How often somebody was let do a task that another should have done."""
    query = sa.select(sa.func.count()).select_from(journal.join(register_entry, _entry.case_id == journal.c.stream_id))
    told = journal.c.events.contains(_EXCLUSION_WAIVED, autoescape=True)
    ((found,),) = asked.rows(query.where(asked.complaints(), within(journal.c.at, asked.period), told))
    return int(found)


def changes(asked: Asked) -> list[dict[str, Any]]:
    """The versions of every procedure that were published in the period, with reason and the moment from which they hold."""
    query = (
        sa.select(
            _version.procedure_key, _version.number, _version.reason_zh.label("zh"), _version.reason_en.label("en"),
            holds_from.label("holds_from"),
        )
        .where(within(_version.published_at, asked.period))
        .order_by(_version.published_at, _version.procedure_key)
    )  # fmt: skip
    return [dict(row._mapping) for row in asked.rows(query)]
