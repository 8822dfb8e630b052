"""What an owner does in the studio: each change of a draft is one command, whatever number of files it touches."""

from engine.commands.context import Handler
from engine.commands.studio import editors, putting_forward, saving, trying
from engine.commands.studio.putting_forward import PutForward
from engine.commands.studio.saving import FileChange, SaveFiles
from engine.commands.studio.trying import KeepVerdicts, KeepWalk, SaveStory

HANDLERS: dict[type, Handler] = {
    KeepVerdicts: trying.handle_verdicts,
    KeepWalk: trying.handle_walk,
    PutForward: putting_forward.handle,
    SaveFiles: saving.handle,
    SaveStory: trying.handle_story,
    **editors.HANDLERS,
}

__all__ = ["HANDLERS", "FileChange", "KeepVerdicts", "KeepWalk", "PutForward", "SaveFiles", "SaveStory"]
