"""What is said of a draft in its editors: forms, the vocabulary, clauses, stories, settings and papers."""

from engine.commands.context import Handler
from engine.commands.studio.editors import forms
from engine.commands.studio.editors.forms import AddPiece, ChangePiece, MovePiece, NewForm, RemovePiece

HANDLERS: dict[type, Handler] = {
    AddPiece: forms.handle_add,
    ChangePiece: forms.handle_change,
    MovePiece: forms.handle_move,
    NewForm: forms.handle_new,
    RemovePiece: forms.handle_remove,
}

__all__ = ["HANDLERS", "AddPiece", "ChangePiece", "MovePiece", "NewForm", "RemovePiece"]
