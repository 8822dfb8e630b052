"""Where nobody came in a period: steps, branches of a question, events on an edge, rows of tables; by the names people use."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence

import sqlalchemy as sa

from engine.domain.codec import loads
from engine.domain.text import Text
from engine.procedure import Procedure
from engine.procedure.decisions.columns import Rule
from engine.procedure.diagrams.markup import ACTIVITIES
from engine.procedure.diagrams.ways import Stop, every_stop, stops_of
from engine.procedure.limits import DECISION
from engine.queries.reports.asking import Asked, within
from engine.queries.reports.reviewing import words as w
from engine.queries.reports.reviewing.told import Told
from engine.queries.reports.shown import Cell, Table
from engine.storage.tables import cases, limit_run, register_entry

_entry, _run = register_entry.c, limit_run.c
_ROW = re.compile(r'"row":(?:\{[^}]*\}|[^,}]*)')
_PARALLEL = "parallelGateway"
Unused = Callable[[Procedure, Told, Stop], list[Text]]


def steps(asked: Asked, told: Told) -> Table:
    """Tasks and stages that were not reached once, by diagram, so that they can be read at one look."""
    procedure, apart = asked.complaint.procedure, asked.apart()
    found: dict[str, list[Text]] = defaultdict(list)
    for one in procedure.elements.values():
        # What nobody named is nothing that could be talked about.
        if one.id not in apart and one.kind in ACTIVITIES and one.label.zh != one.id and not told.times(one.id):
            found[one.process_id].append(one.label)
    rows = tuple((procedure.label(process_id), joined(names), len(names)) for process_id, names in found.items())
    return Table("never_passed", w.NEVER_PASSED, (w.STAGE, w.STEP, w.HOW_MANY), rows, note=_note(told), empty=w.ALL_PASSED)


def branches(asked: Asked, told: Told) -> Table:
    """The answers to a question that never came, by the words at their lines; the questions asked most often first."""
    found = _by_stop(asked, told, _untaken)
    columns = (w.STAGE, w.QUESTION, w.BRANCH, w.CAME_TO)
    return Table("branches_unused", w.BRANCHES_UNUSED, columns, found, note=_note(told), empty=w.ALL_BRANCHES)


def events(asked: Asked, told: Told) -> Table:
    """The events on the edge of a step that never came, among them that it was late; the steps come to most often first."""
    found = _by_stop(asked, told, _missing)
    columns = (w.STAGE, w.STEP, w.EVENT, w.CAME_TO)
    return Table("events_unused", w.EVENTS_UNUSED, columns, found, note=_note(told), empty=w.ALL_EVENTS)


def _by_stop(asked: Asked, told: Told, unused: Unused) -> tuple[tuple[Cell, ...], ...]:
    procedure, apart = asked.complaint.procedure, asked.apart()
    found: list[tuple[Text, Text, Text, int]] = []
    for diagram in procedure.diagrams.values():
        for stop in every_stop(stops_of(diagram)):
            if stop.id not in apart and (names := unused(procedure, told, stop)):
                found.append((diagram.name, procedure.label(stop.id), joined(names), told.times(stop.id)))
    return tuple(sorted(found, key=lambda row: -row[3]))


def _untaken(procedure: Procedure, told: Told, stop: Stop) -> list[Text]:
    if len(stop.ways) < 2 or stop.kind == _PARALLEL:
        return []
    return [_branch(procedure, way.words, way.to) for way in stop.ways if not told.is_taken(stop.id, way.to)]


def _missing(procedure: Procedure, told: Told, stop: Stop) -> list[Text]:
    never = (edge for edge in stop.edges if not told.times(edge.id))
    return [_branch(procedure, procedure.label(edge.id), edge.ways[0].to if edge.ways else edge.id) for edge in never]


def _branch(procedure: Procedure, words: Text, target: str) -> Text:
    leads = procedure.label(target)
    if not words.zh:
        return leads
    # A join has no name, and an event is told once; what is written at the line says it all.
    told = leads.zh in (target, words.zh)
    return words if told else Text(f"{words.zh} → {leads.zh}", f"{words.en} → {leads.en}")


def rows(asked: Asked, told: Told) -> Table:
    """The rows of each table that decided nothing, by their numbers and the words beside them."""
    used = {**told.rows, DECISION: _limit_rows(asked)}
    found: list[tuple[Cell, ...]] = []
    for decision in asked.complaint.procedure.decisions.values():
        unused = [rule for rule in decision.rules if rule.index not in used.get(decision.id, ())]
        if unused:
            found.append((decision.label, _listed(unused), len(unused)))
    columns = (w.TABLE, w.ROWS, w.HOW_MANY)
    return Table("rows_unused", w.ROWS_UNUSED, columns, tuple(found), note=_note(told) or w.IN_FORCE, empty=w.ALL_ROWS)


def _listed(rules: Sequence[Rule]) -> Text:
    zh = "；".join(f"{rule.index} {rule.note.zh}".strip() for rule in rules)
    return Text(zh, "; ".join(f"{rule.index} {rule.note.en}".strip() for rule in rules))


def _limit_rows(asked: Asked) -> set[int]:
    where = (asked.complaints(), within(_run.opened_at, asked.period), cases.c.version_id == asked.complaint.version_id)
    joining = limit_run.join(register_entry, _entry.case_id == _run.case_id).join(cases, cases.c.id == _run.case_id)
    query = sa.select(_run.derivation).select_from(joining).where(*where)
    # Derivations differ in their moments; the row that they name is cut out, and each is read once.
    named = {found[0] for row in asked.rows(query) if (found := _ROW.search(row.derivation))}
    kept = (loads(f"{{{one}}}")["row"] for one in named)
    return {int(str(row)) for row in kept if row is not None}


def joined(names: list[Text]) -> Text:
    """Names in one line, each once."""
    return Text("、".join(dict.fromkeys(name.zh for name in names)), ", ".join(dict.fromkeys(name.en for name in names)))


def _note(told: Told) -> Text | None:
    return None if told.is_all else w.NOT_ALL
