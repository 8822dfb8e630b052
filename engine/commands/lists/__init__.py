"""What people keep of their lists: filters under a name, each person's own."""

from engine.commands.context import Handler
from engine.commands.lists import filters
from engine.commands.lists.filters import DeleteFilter, RenameFilter, SaveFilter

HANDLERS: dict[type, Handler] = {
    SaveFilter: filters.handle_save,
    RenameFilter: filters.handle_rename,
    DeleteFilter: filters.handle_delete,
}

__all__ = ["HANDLERS", "DeleteFilter", "RenameFilter", "SaveFilter"]
