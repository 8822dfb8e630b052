"""The register as its readers want it: columns chosen, and files made of what is seen."""

from engine.commands.context import Handler
from engine.commands.exports import choose_columns
from engine.commands.exports.choose_columns import ChooseColumns

HANDLERS: dict[type, Handler] = {
    ChooseColumns: choose_columns.handle,
}

__all__ = ["HANDLERS", "ChooseColumns"]
