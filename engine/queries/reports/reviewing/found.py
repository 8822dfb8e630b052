"""What journal and register tell of a period beside the figures: where nobody came, what was jumped, what was done again."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from engine.domain import events as ev
from engine.domain.codec import from_plain, loads
from engine.domain.text import Text
from engine.procedure.limits import DECISION
from engine.queries.reports import measuring
from engine.queries.reports.asking import Asked, count_if, within
from engine.queries.reports.reviewing import words as w
from engine.queries.reports.shown import Cell, Table
from engine.storage.tables import cases, journal, limit_run, register_entry, work_item

_entry, _item, _run = register_entry.c, work_item.c, limit_run.c
#: A quarter of a large company; more would keep the page waiting.
MOST_ENTRIES, PORTION = 50_000, 2_000
MOST_TASKS = 20
_USER_TASK = "userTask"
_STEP, _RESOLVED, _MIGRATED = ev.StepTaken.__name__, ev.IncidentResolved.__name__, ev.CaseMigrated.__name__
_TOLD = tuple(f'"type":"{name}"' for name in (_STEP, _RESOLVED, _MIGRATED))


@dataclass
class Told:
    """Sums over the journal of a period."""

    passed: Counter[str] = field(default_factory=Counter)
    rows: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    jumps: Counter[str] = field(default_factory=Counter)
    entries: int = 0


def tables(asked: Asked) -> Iterator[Table]:
    """Everything found, as tables in the order of reading."""
    told = _told(asked)
    yield _clauses(asked)
    yield _never_passed(asked, told)
    yield _rows_unused(asked, told)
    yield _by_hand(asked, told)
    yield _passed_on(asked)
    yield _done_again(asked)


def _told(asked: Asked) -> Told:
    now = asked.complaint.version_id
    joined = journal.join(register_entry, _entry.case_id == journal.c.stream_id).join(cases, cases.c.id == _entry.case_id)
    kinds = sa.or_(*(journal.c.events.contains(name, autoescape=True) for name in _TOLD))
    query = sa.select(journal.c.events, cases.c.version_id).select_from(joined)
    query = query.where(asked.complaints(), within(journal.c.at, asked.period), kinds).order_by(journal.c.at.desc())
    told = Told()
    options = {"yield_per": PORTION}
    for row in asked.reader.connection.execute(query.limit(MOST_ENTRIES), execution_options=options):
        told.entries += 1
        for event in json.loads(row.events):
            _count(told, event, row.version_id == now)
    return told


def _count(told: Told, event: dict[str, Any], in_force: bool) -> None:
    if event["type"] == _STEP:
        told.passed.update(event["passed"])
        for decision in from_plain(event["decisions"]) if in_force else ():
            told.rows[decision["decision"]].update(int(row) for row in decision["rows"])
    elif event["type"] == _RESOLVED:
        told.jumps[str(event.get("resolution"))] += 1
    elif event["type"] == _MIGRATED:
        told.jumps["moved"] += 1


def _clauses(asked: Asked) -> Table:
    elements = asked.complaint.procedure.elements
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in measuring.limits(asked):
        for clause in _parted(row["clause"] or ""):
            found[clause].update({"due": row["due"], "late": row["breached"]})
    for element_id, times in _waived(asked):
        for clause in elements[element_id].clauses if element_id in elements else ():
            found[clause]["skipped"] += times
    ordered = sorted(found.items(), key=lambda pair: (-pair[1]["late"], -pair[1]["skipped"], pair[0]))
    rows = tuple((clause, one["due"], one["late"], one["skipped"]) for clause, one in ordered)
    return Table("clauses", w.CLAUSES, (w.CLAUSE, w.DUE, w.LATE, w.SKIPPED), rows)


def _parted(clauses: str) -> list[str]:
    return [clause for one in clauses.split(",") if (clause := one.strip())]


def _waived(asked: Asked) -> list[tuple[str, int]]:
    where = (asked.complaints(), within(_item.ended_at, asked.period), _item.status == measuring.WAIVED)
    query = sa.select(_item.element_id, sa.func.count()).join(register_entry, _entry.case_id == _item.case_id).where(*where)
    return [(str(element_id), int(times)) for element_id, times in asked.rows(query.group_by(_item.element_id))]


def _never_passed(asked: Asked, told: Told) -> Table:
    """By diagram, so that it can be read at one look."""
    procedure = asked.complaint.procedure
    found: dict[str, list[Text]] = defaultdict(list)
    for one in procedure.elements.values():
        # What nobody named is nothing that could be talked about.
        if one.kind != _USER_TASK and one.label.zh != one.id and not told.passed[one.id]:
            found[one.process_id].append(one.label)
    rows = tuple((procedure.label(process_id), _joined(names), len(names)) for process_id, names in found.items())
    return Table("never_passed", w.NEVER_PASSED, (w.STAGE, w.STEP, w.HOW_MANY), rows, note=_note(told))


def _joined(names: list[Text]) -> Text:
    return Text("、".join(name.zh for name in names), ", ".join(name.en for name in names))


def _rows_unused(asked: Asked, told: Told) -> Table:
    used = {**told.rows, DECISION: _limit_rows(asked)}
    rows: list[tuple[Cell, ...]] = []
    for decision in asked.complaint.procedure.decisions.values():
        unused = [number for number in range(1, len(decision.rules) + 1) if number not in used.get(decision.id, ())]
        if unused:
            rows.append((decision.label, _ranges(unused), len(unused)))
    columns = (w.TABLE, w.ROWS, w.HOW_MANY)
    return Table("rows_unused", w.ROWS_UNUSED, columns, tuple(rows), note=_note(told) or w.IN_FORCE)


def _limit_rows(asked: Asked) -> set[int]:
    where = (asked.complaints(), within(_run.opened_at, asked.period), cases.c.version_id == asked.complaint.version_id)
    joined = limit_run.join(register_entry, _entry.case_id == _run.case_id).join(cases, cases.c.id == _run.case_id)
    query = sa.select(_run.derivation).select_from(joined).where(*where).limit(MOST_ENTRIES)
    kept = (loads(row.derivation) for row in asked.rows(query))
    return {int(one["row"]) for one in kept if one.get("row") is not None}


def _ranges(numbers: list[int]) -> str:
    """1–3, 7: what follows each other is drawn together."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and parts[-1][1] == number - 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in parts)


def _by_hand(asked: Asked, told: Told) -> Table:
    counted = {**told.jumps, "waived": sum(times for _, times in _waived(asked))}
    rows: tuple[tuple[Cell, ...], ...] = tuple((name, counted.get(key, 0)) for key, name in w.JUMPS.items())
    return Table("by_hand", w.BY_HAND, (w.WHAT, w.TIMES), rows, note=_note(told))


def _passed_on(asked: Asked) -> Table:
    counts = (count_if(_entry.passing_on_count > 0), sa.func.coalesce(sa.func.sum(_entry.passing_on_count), 0))
    query = sa.select(*counts, count_if(_entry.round > 1)).where(asked.complaints(), within(_entry.registered_at, asked.period))
    ((several, times, again),) = asked.rows(query)
    counted = {"cases": int(several), "times": int(times), "again": int(again)}
    rows: tuple[tuple[Cell, ...], ...] = tuple((name, counted[key]) for key, name in w.HANDED.items())
    return Table("passed_on", w.PASSED_ON, (w.WHAT, w.TIMES), rows)


def _done_again(asked: Asked) -> Table:
    names = (sa.func.max(_item.name_zh).label("zh"), sa.func.max(_item.name_en).label("en"), sa.func.count().label("times"))
    query = sa.select(*names).join(register_entry, _entry.case_id == _item.case_id)
    query = query.where(asked.complaints(), within(_item.opened_at, asked.period), _item.round > 1).group_by(_item.element_id)
    found = asked.rows(query.order_by(sa.desc("times"), _item.element_id).limit(MOST_TASKS))
    rows: tuple[tuple[Cell, ...], ...] = tuple((Text(row.zh, row.en), row.times) for row in found)
    return Table("done_again", w.DONE_AGAIN, (w.TASK, w.TIMES), rows)


def _note(told: Told) -> Text | None:
    return w.NOT_ALL if told.entries == MOST_ENTRIES else None
