"""Why a case is as grave as it is: the row of a table, or the person who said so, with the reason given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine.domain import events as ev
from engine.domain.actor import SYSTEM, Actor
from engine.domain.text import Text
from engine.queries.case_file.head import Head
from engine.queries.people import names
from engine.storage.journal import Entry
from engine.storage.payloads import read

if TYPE_CHECKING:
    from engine.queries.reader import Reader


@dataclass(frozen=True, slots=True)
class Reason:
    """When it was settled, by whom or by which table, and the words for it, None when nobody gave any."""

    at: datetime
    source: Text
    words: str | None


def severity_reason(reader: Reader, actor: Actor, case: Head, entries: Sequence[Entry]) -> Reason | None:
    """The newest entry that settled the severity; None before any did."""
    key = case.procedure.register.get("severity")
    for entry in reversed(entries):
        if any(isinstance(event, ev.ValuesChanged) and key in event.values for event in entry.events):
            return _decided(case.procedure, key, entry) or _said(reader, actor, case, entry)
    return None


def _decided(procedure: Any, key: str | None, entry: Entry) -> Reason | None:
    # An action of a person sets the value itself; a table that ran in the same step then only confirmed it.
    if any(isinstance(event, ev.ActionTaken) for event in entry.events):
        return None
    for step in (event for event in reversed(entry.events) if isinstance(event, ev.StepTaken)):
        for made in reversed(step.decisions):
            table = procedure.decisions.get(str(made["decision"]))
            rows = [int(row) for row in made.get("rows") or ()]
            if table is not None and rows and any(output.name == key for output in table.outputs):
                return _by_table(table, rows, entry.at)
    return None


def _by_table(table: Any, rows: list[int], at: datetime) -> Reason:
    named = "、".join(str(row) for row in rows)
    source = Text(
        f"按“{table.label.zh}”判定表第 {named} 行", f"by row {', '.join(map(str, rows))} of the table “{table.label.en}”"
    )
    notes = [rule.annotation for rule in table.rules if rule.index in rows and rule.annotation]
    return Reason(at, source, "；".join(notes) or None)


def _said(reader: Reader, actor: Actor, case: Head, entry: Entry) -> Reason:
    person = names(reader, actor, [entry.actor_id]).get(entry.actor_id, SYSTEM.name)
    given = entry.personal.get("reason")
    words = read(reader.connection, [given[0]]).get(given[0]) if given else None
    return Reason(entry.at, Text(f"{person}决定", f"decided by {person}"), str(words) if words else None)
