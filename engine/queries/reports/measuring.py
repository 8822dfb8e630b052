"""How well it was done: limits kept and broken, measures that the procedure names, and how long each stage took."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from engine.domain.codec import loads
from engine.queries.reports.asking import Asked, count_if, seconds_between, share, within
from engine.storage.tables import estate, limit_run, register_entry, submission, work_item

_entry, _run, _item = register_entry.c, limit_run.c, work_item.c
DONE, WAIVED = "done", "waived"
MOST_CASES = 50


def limits(asked: Asked) -> list[dict[str, Any]]:
    """Of every limit that fell due in the period: how often it was kept and broken, and by which clause it stands."""
    closed_before = sa.and_(_entry.closed_at.is_not(None), _entry.closed_at <= _run.due_at)
    never_asked = sa.and_(_run.stopped_at.is_(None), _run.breached_at.is_(None), closed_before)
    late = sa.or_(_run.stopped_at.is_(None), _run.stopped_at > _run.due_at)
    query = (
        sa.select(
            _run.key, sa.func.max(_run.name_zh).label("zh"), sa.func.max(_run.name_en).label("en"),
            sa.func.max(_run.clause).label("clause"), sa.func.count().label("due"), count_if(late).label("breached"),
        )
        .select_from(limit_run.join(register_entry, _entry.case_id == _run.case_id))
        .where(asked.complaints(), within(_run.due_at, asked.period), sa.not_(never_asked))
        .group_by(_run.key)
    )  # fmt: skip
    rows = [dict(row._mapping) for row in asked.rows(query)]
    told = [
        {**row, "kept": row["due"] - row["breached"], "share": share(row["due"] - row["breached"], row["due"])} for row in rows
    ]
    return sorted(told, key=lambda row: (-row["breached"], row["key"]))


def measures(asked: Asked) -> list[dict[str, Any]]:
    """Each measure that the procedure names: a share of the closed complaints, or the answers to a question."""
    return [_measured(asked, name, dict(how)) for name, how in asked.measures().items()]


def _measured(asked: Asked, name: str, how: dict[str, Any]) -> dict[str, Any]:
    told = {
        "name": name,
        "zh": str(how.get("zh") or name),
        "en": str(how.get("en") or name),
        "clause": str(how.get("clause") or ""),
    }
    if how.get("field"):
        return {**told, "field": str(how["field"]), "answers": _answers(asked, str(how["field"]), list(how.get("tasks") or ()))}
    target = how.get("target")
    return {**told, "target": None if target is None else Decimal(str(target)), **_share_of_closed(asked, list(how["tasks"]))}


def _share_of_closed(asked: Asked, tasks: list[str]) -> dict[str, Any]:
    """How many of the complaints closed in the period had one of the tasks done."""
    query = sa.select(sa.func.count(), count_if(_was_done(tasks))).select_from(register_entry)
    ((closed, done),) = asked.rows(query.where(asked.complaints(), within(_entry.closed_at, asked.period)))
    return {"of": int(closed), "done": int(done), "share": share(int(done), int(closed))}


def _was_done(tasks: list[str]) -> sa.ColumnElement[bool]:
    return sa.exists().where(_item.case_id == _entry.case_id, _item.element_id.in_(tasks), _item.status == DONE)


def _answers(asked: Asked, field: str, tasks: list[str]) -> list[dict[str, Any]]:
    """How often each answer was given to a field in the period."""
    sent = submission.c
    query = (
        sa.select(sent.plain)
        .join(register_entry, _entry.case_id == sent.case_id)
        .where(asked.complaints(), within(sent.at, asked.period), sent.plain.contains(f'"{field}"', autoescape=True))
    )
    counted: dict[str, int] = defaultdict(int)
    for (plain,) in asked.rows(query.where(sent.element_id.in_(tasks)) if tasks else query):
        answer = loads(plain).get(field)
        if answer is not None:
            counted[str(answer).lower() if isinstance(answer, bool) else str(answer)] += 1
    known = asked.complaint.procedure.vocabulary.get(field)
    names = {choice.value: choice.label for choice in known.choices} if known else {}
    whole = sum(counted.values())
    return [
        {"value": value, "zh": names[value].zh if value in names else value, "en": names[value].en if value in names else value,
         "count": count, "share": share(count, whole)}
        for value, count in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    ]  # fmt: skip


def stages(asked: Asked) -> list[dict[str, Any]]:
    """How many tasks were done in each diagram in the period, and how many hours they lay open on average."""
    lasted = seconds_between(_item.opened_at, _item.ended_at, asked.reader.dialect)
    query = (
        sa.select(_item.element_id, sa.func.count().label("done"), sa.func.sum(lasted).label("seconds"))
        .join(register_entry, _entry.case_id == _item.case_id)
        .where(asked.complaints(), within(_item.ended_at, asked.period), _item.status == DONE)
        .group_by(_item.element_id)
    )
    procedure = asked.complaint.procedure
    found: dict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for row in asked.rows(query):
        element = procedure.elements.get(row.element_id)
        stage = found[element.process_id if element else ""]
        stage[0] += row.done
        stage[1] += Decimal(str(row.seconds))
    order = {process_id: place for place, process_id in enumerate(_as_called(procedure, procedure.main, []))}
    return [_stage(procedure, stage, *found[stage]) for stage in sorted(found, key=lambda one: order.get(one, len(order)))]


def _as_called(procedure: Any, process_id: str, found: list[str]) -> list[str]:
    """The diagrams in the order in which the frame, and what it calls, comes to them."""
    if process_id not in found:
        found.append(process_id)
        for element in procedure.elements.values():
            if element.process_id == process_id and element.called:
                _as_called(procedure, element.called, found)
    return found


def _stage(procedure: Any, process_id: str, done: Decimal, seconds: Decimal) -> dict[str, Any]:
    name = procedure.label(process_id) if process_id else None
    hours = (seconds / done / 3600).quantize(Decimal("0.1"))
    return {
        "stage": process_id,
        "zh": name.zh if name else "其他",
        "en": name.en if name else "Other",
        "done": int(done),
        "hours": hours,
    }


def overdue(asked: Asked) -> list[dict[str, Any]]:
    """Open tasks that are past due at the end of the period, the oldest first."""
    still = sa.or_(_item.ended_at.is_(None), _item.ended_at >= asked.period.end)
    where = (asked.complaints(), still, _item.opened_at < asked.period.end, _item.due_at < asked.period.end)
    query = sa.select(_entry.case_id, _entry.number, _item.name_zh.label("zh"), _item.name_en.label("en"), _item.due_at)
    joined = query.join(register_entry, _entry.case_id == _item.case_id).where(*where).order_by(_item.due_at)
    return [dict(row._mapping) for row in asked.rows(joined.limit(MOST_CASES))]


def unvisited(asked: Asked) -> list[dict[str, Any]]:
    """Complaints closed in the period without any of the tasks that a share of the closed ones is measured by."""
    tasks = [task for how in asked.measures().values() if not how.get("field") for task in how.get("tasks") or ()]
    query = sa.select(_entry.case_id, _entry.number, estate.c.name_zh.label("zh"), estate.c.name_en.label("en"), _entry.closed_at)
    query = query.select_from(register_entry.join(estate, estate.c.id == _entry.estate_id))
    where = (asked.complaints(), within(_entry.closed_at, asked.period), sa.not_(_was_done(tasks)))
    return [dict(row._mapping) for row in asked.rows(query.where(*where).order_by(_entry.closed_at).limit(MOST_CASES))]
