"""What an event of the journal says to people: one line in both languages, or nothing where a line would only repeat another."""

from engine.domain import events as ev
from engine.queries.case_file.telling import cases, file, items, times
from engine.queries.case_file.telling.teller import LATE, TELLING, Line, Pair, Teller

__all__ = ["LATE", "TELLING", "UNTOLD", "Line", "Pair", "Teller"]

TELLING |= cases.TELLING | items.TELLING | times.TELLING | file.TELLING
#: The types of the events that say nothing to people.
UNTOLD = frozenset(ev.EVENTS) - {kind.__name__ for kind in TELLING}
