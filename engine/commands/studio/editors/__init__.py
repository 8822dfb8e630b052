"""What is said of a draft in its editors: forms, the vocabulary, clauses, stories, settings and papers."""

from engine.commands.context import Handler
from engine.commands.studio.editors import clauses, forms, settings, stories, vocabulary
from engine.commands.studio.editors.clauses import RemoveClause, SayClause
from engine.commands.studio.editors.forms import AddPiece, ChangePiece, MovePiece, NewForm, RemovePiece
from engine.commands.studio.editors.settings import AddName, SayWords
from engine.commands.studio.editors.stories import ChangeHead, MoveStep, NewStory, SayStep
from engine.commands.studio.editors.vocabulary import AddField, ChangeField, RemoveField

HANDLERS: dict[type, Handler] = {
    AddField: vocabulary.handle_add,
    AddName: settings.handle_name,
    AddPiece: forms.handle_add,
    ChangeField: vocabulary.handle_change,
    ChangeHead: stories.handle_head,
    ChangePiece: forms.handle_change,
    MovePiece: forms.handle_move,
    MoveStep: stories.handle_move,
    NewForm: forms.handle_new,
    NewStory: stories.handle_new,
    RemoveClause: clauses.handle_remove,
    RemoveField: vocabulary.handle_remove,
    RemovePiece: forms.handle_remove,
    SayClause: clauses.handle_say,
    SayStep: stories.handle_say,
    SayWords: settings.handle_words,
}

__all__ = [
    "HANDLERS",
    "AddField",
    "AddName",
    "AddPiece",
    "ChangeField",
    "ChangeHead",
    "ChangePiece",
    "MovePiece",
    "MoveStep",
    "NewForm",
    "NewStory",
    "RemoveClause",
    "RemoveField",
    "RemovePiece",
    "SayClause",
    "SayStep",
    "SayWords",
]
