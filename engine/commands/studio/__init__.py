"""What an owner does in the studio: each change of a draft is one command, whatever number of files it touches."""

from engine.commands.context import Handler
from engine.commands.studio import drawings, editors, limits, mending, opening, putting_forward, replaying, saving, trying
from engine.commands.studio.drawings import DropDiagram, NewDiagram, RenameDiagram
from engine.commands.studio.limits import AddLimit, ChangeLimit, CopyLimit, DropLimit
from engine.commands.studio.mending import Mend
from engine.commands.studio.opening import OpenForeign
from engine.commands.studio.putting_forward import PutForward
from engine.commands.studio.replaying import BeginReplay, CancelReplay
from engine.commands.studio.saving import FileChange, SaveFiles
from engine.commands.studio.trying import KeepVerdicts, KeepWalk, SaveStory

HANDLERS: dict[type, Handler] = {
    AddLimit: limits.handle_add,
    ChangeLimit: limits.handle_change,
    CopyLimit: limits.handle_copy,
    DropDiagram: drawings.handle_drop,
    DropLimit: limits.handle_drop,
    KeepVerdicts: trying.handle_verdicts,
    KeepWalk: trying.handle_walk,
    Mend: mending.handle,
    NewDiagram: drawings.handle_new,
    RenameDiagram: drawings.handle_rename,
    OpenForeign: opening.handle,
    PutForward: putting_forward.handle,
    SaveFiles: saving.handle,
    SaveStory: trying.handle_story,
    **editors.HANDLERS,
    **replaying.HANDLERS,
}

__all__ = [
    "HANDLERS",
    "AddLimit",
    "BeginReplay",
    "CancelReplay",
    "ChangeLimit",
    "CopyLimit",
    "DropDiagram",
    "DropLimit",
    "FileChange",
    "KeepVerdicts",
    "KeepWalk",
    "Mend",
    "NewDiagram",
    "OpenForeign",
    "PutForward",
    "RenameDiagram",
    "SaveFiles",
    "SaveStory",
]
