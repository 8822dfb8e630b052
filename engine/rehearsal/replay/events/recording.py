"""A case of events as a record: the tasks that its events say were done, the values it begins with, what was set and counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal

from engine.domain.values import Value
from engine.procedure import Procedure
from engine.rehearsal.replay.events.mapping import EventMapping, Filled
from engine.rehearsal.replay.events.reading import EventCase
from engine.rehearsal.replay.record import Deed, Known, Record, Task
from engine.rehearsal.stage import FIRST_FACTS, REGISTERED_AT


def records_of(cases: Iterable[EventCase], mapping: EventMapping, procedure: Procedure) -> Iterator[Record | None]:
    """The record of each case; None for one of which no event says that it begins."""
    found = list(cases)
    last = max((case.events[-1][0] for case in found), default=datetime.min)
    for case in found:
        yield _record(case, mapping, procedure, last)


def _record(case: EventCase, mapping: EventMapping, procedure: Procedure, last: datetime) -> Record | None:
    begun = next((at for at, event in case.events if event in mapping.events and mapping.events[event].begins), None)
    if begun is None:
        return None
    closed = next((at for at, event in reversed(case.events) if event in mapping.events and mapping.events[event].closes), None)
    given = {**mapping.given, **_filled(case, mapping)}
    return Record(
        case_id=case.key,
        number=case.key,
        estate="",
        version="",
        begun_at=begun,
        until=closed or last,
        closed=closed is not None,
        begins_at=None,
        first=_first(given, begun, procedure),
        tasks=(Task(procedure.intake.task, None, None, "done", begun, given, whole=False), *_tasks(case, mapping, begun)),
        deeds=tuple(_deeds(case, mapping)),
        facts=tuple(_facts(case, mapping, begun)),
        told_of=frozenset(element for meaning in mapping.events.values() for element in meaning.does),
    )


def _filled(case: EventCase, mapping: EventMapping) -> dict[str, Value]:
    values = {filled.key: _value(case.cells[name], filled) for name, filled in mapping.filled.items()}
    return {key: value for key, value in values.items() if value is not None}


def _value(cell: str, filled: Filled) -> Value:
    if filled.words or filled.otherwise is not None:
        return filled.words.get(cell.strip(), filled.otherwise)
    return cell.strip() or None


def _first(given: dict[str, Value], begun: datetime, procedure: Procedure) -> dict[str, Value]:
    """What a case begins with: as when it is recorded, the moments of that and what outlives the task."""
    moments = (procedure.register.get("heard_at", ""), REGISTERED_AT)
    fields = {key: procedure.vocabulary[key] for key in given}
    kept = {key: value for key, value in given.items() if fields[key].keep and not fields[key].personal}
    return {**{key: begun for key in moments if key in procedure.moments}, **kept}


def _tasks(case: EventCase, mapping: EventMapping, begun: datetime) -> Iterator[Task]:
    for order, (at, event) in enumerate(case.events, 1):
        meaning = mapping.events.get(event)
        for element in meaning.does if meaning else ():
            answers = meaning.answers if meaning else {}
            yield Task(element, None, None, "done", max(at, begun), answers, order=order, whole=False)


def _deeds(case: EventCase, mapping: EventMapping) -> Iterator[Deed]:
    for order, (at, event) in enumerate(case.events, 1):
        meaning = mapping.events.get(event)
        values: dict[str, Value] = {**dict.fromkeys(meaning.marks, at), **meaning.sets} if meaning else {}
        if meaning and (values or meaning.takes):
            yield Deed(at, order, values, meaning.takes)


def _facts(case: EventCase, mapping: EventMapping, begun: datetime) -> Iterator[Known]:
    facts = {key: Decimal(str(value)) for key, value in FIRST_FACTS.items()}
    yield Known(begun, 0, dict(facts))
    for order, (at, event) in enumerate(case.events, 1):
        meaning = mapping.events.get(event)
        if meaning and meaning.counts:
            facts[meaning.counts] += 1
            yield Known(at, order, dict(facts))
