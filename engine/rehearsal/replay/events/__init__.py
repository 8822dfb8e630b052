"""Cases from a file of events of another system: what an event means for the procedure stands in a mapping."""

from engine.rehearsal.replay.events.mapping import EventMapping, read_mapping
from engine.rehearsal.replay.events.reading import read_cases
from engine.rehearsal.replay.events.recording import records_of

__all__ = ["EventMapping", "read_cases", "read_mapping", "records_of"]
