"""What is said of a draft in its editors: forms, the vocabulary, clauses, stories, settings and papers."""

from engine.commands.context import Handler
from engine.commands.studio.editors import clauses, forms, removing, settings, stories, tables, vocabulary
from engine.commands.studio.editors.clauses import RemoveClause, SayClause
from engine.commands.studio.editors.forms import MOST_CONDITIONS, AddPiece, ChangePiece, MovePiece, NewForm, RemovePiece
from engine.commands.studio.editors.removing import RemoveForm, RemoveStory
from engine.commands.studio.editors.settings import AddName, SayWords
from engine.commands.studio.editors.stories import ChangeHead, MoveStep, NewStory, SayStep
from engine.commands.studio.editors.tables import ROW_WAYS, AddColumn, PutRow, SayRow
from engine.commands.studio.editors.vocabulary import AddField, ChangeField, RemoveField, TypeField

HANDLERS: dict[type, Handler] = {
    AddColumn: tables.handle_column,
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
    PutRow: tables.handle_put,
    RemoveClause: clauses.handle_remove,
    RemoveField: vocabulary.handle_remove,
    RemoveForm: removing.handle_form,
    RemovePiece: forms.handle_remove,
    RemoveStory: removing.handle_story,
    SayClause: clauses.handle_say,
    SayRow: tables.handle_row,
    SayStep: stories.handle_say,
    SayWords: settings.handle_words,
    TypeField: vocabulary.handle_type,
}

__all__ = [
    "HANDLERS",
    "MOST_CONDITIONS",
    "ROW_WAYS",
    "AddColumn",
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
    "PutRow",
    "RemoveClause",
    "RemoveField",
    "RemoveForm",
    "RemovePiece",
    "RemoveStory",
    "SayClause",
    "SayRow",
    "SayStep",
    "SayWords",
    "TypeField",
]
