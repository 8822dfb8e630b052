"""What is said of a draft in its editors: forms, the vocabulary, clauses, stories, settings and papers."""

from engine.commands.context import Handler
from engine.commands.studio.editors import forms, vocabulary
from engine.commands.studio.editors.forms import AddPiece, ChangePiece, MovePiece, NewForm, RemovePiece
from engine.commands.studio.editors.vocabulary import AddField, ChangeField, RemoveField

HANDLERS: dict[type, Handler] = {
    AddField: vocabulary.handle_add,
    AddPiece: forms.handle_add,
    ChangeField: vocabulary.handle_change,
    ChangePiece: forms.handle_change,
    MovePiece: forms.handle_move,
    NewForm: forms.handle_new,
    RemoveField: vocabulary.handle_remove,
    RemovePiece: forms.handle_remove,
}

__all__ = [
    "HANDLERS",
    "AddField",
    "AddPiece",
    "ChangeField",
    "ChangePiece",
    "MovePiece",
    "NewForm",
    "RemoveField",
    "RemovePiece",
]
