"""What an owner does in the studio: each change of a draft is one command, whatever number of files it touches."""

from engine.commands.context import Handler
from engine.commands.studio import saving
from engine.commands.studio.saving import FileChange, SaveFiles

HANDLERS: dict[type, Handler] = {
    SaveFiles: saving.handle,
}

__all__ = ["HANDLERS", "FileChange", "SaveFiles"]
