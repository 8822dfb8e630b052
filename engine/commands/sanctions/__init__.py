"""The ledger of rewards and sanctions: entered by people who may, taken back by a counter-entry, never changed."""

from engine.commands.context import Handler
from engine.commands.sanctions import entering, exporting
from engine.commands.sanctions.entering import CounterEntry, EnterConduct
from engine.commands.sanctions.exporting import NoteLedgerExport

HANDLERS: dict[type, Handler] = {
    EnterConduct: entering.handle,
    CounterEntry: entering.handle_counter,
    NoteLedgerExport: exporting.handle,
}

__all__ = ["HANDLERS", "CounterEntry", "EnterConduct", "NoteLedgerExport"]
