"""What was promised and decided to be done, in every round, each with the clock that watches it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.domain.actor import Actor
from engine.queries.case_file.deadlines import Run, runs
from engine.queries.case_file.gathered.sheets import Sheet, pairs_of, sheets_of
from engine.queries.case_file.head import Head
from engine.queries.references import Names, named
from engine.queries.sensitive import withheld

if TYPE_CHECKING:
    from engine.queries.reader import Reader

TAB = "promises"


@dataclass(frozen=True, slots=True)
class Promise:
    """A form in which something was promised or decided, and the runs of the limits that it opened."""

    sheet: Sheet
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Promises:
    """The newest first."""

    made: tuple[Promise, ...]
    names: Names


def promises(reader: Reader, actor: Actor, case: Head) -> Promises:
    """The promises and actions of a case that the actor was shown; which forms hold them stands in its procedure."""
    hidden = withheld(actor, case.procedure, case.estate_id)
    sheets = sheets_of(reader, actor, case, case.procedure.gathered.get(TAB, ()), hidden)
    watched = runs(reader, actor, case) if sheets else ()
    made = tuple(Promise(sheet, _of(case.procedure, sheet, watched)) for sheet in sheets)
    return Promises(made, named(reader, actor, pairs_of(sheets, case.procedure)))


def _of(procedure: Any, sheet: Sheet, watched: tuple[Run, ...]) -> tuple[Run, ...]:
    element = procedure.elements.get(sheet.element_id)
    keys = {*element.opens} if element else set()
    return tuple(run for run in watched if run.key in keys and run.round == sheet.round)
