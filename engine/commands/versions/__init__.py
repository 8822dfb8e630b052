"""Versions of a procedure: published on an empty installation, proposed, signed, withdrawn."""

from engine.commands.context import Handler
from engine.commands.versions import drafts, editing, propose, publish_shipped, sign, undoing, waive, withdraw
from engine.commands.versions.drafts import UNITS, AnswerQuestions, DiscardDraft, HeldByOther, TakeUpload
from engine.commands.versions.editing import BeginDraft, ChangedMeanwhile, Saved, SaveFile
from engine.commands.versions.examining import HasFindings, HasObstacles
from engine.commands.versions.propose import Proposed, ProposeVersion
from engine.commands.versions.publish_shipped import PublishShipped
from engine.commands.versions.sign import Signed, SignVersion
from engine.commands.versions.undoing import RedoFile, UndoFile
from engine.commands.versions.waive import WaiveObstacles
from engine.commands.versions.withdraw import WithdrawProposal

HANDLERS: dict[type, Handler] = {
    PublishShipped: publish_shipped.handle,
    ProposeVersion: propose.handle,
    SignVersion: sign.handle,
    WaiveObstacles: waive.handle,
    WithdrawProposal: withdraw.handle,
    TakeUpload: drafts.handle_upload,
    AnswerQuestions: drafts.handle_answers,
    DiscardDraft: drafts.handle_discard,
    BeginDraft: editing.handle_begin,
    SaveFile: editing.handle_save,
    UndoFile: undoing.handle_undo,
    RedoFile: undoing.handle_redo,
}

__all__ = [
    "HANDLERS",
    "UNITS",
    "AnswerQuestions",
    "BeginDraft",
    "ChangedMeanwhile",
    "DiscardDraft",
    "HasFindings",
    "HasObstacles",
    "HeldByOther",
    "ProposeVersion",
    "Proposed",
    "PublishShipped",
    "RedoFile",
    "SaveFile",
    "Saved",
    "SignVersion",
    "Signed",
    "TakeUpload",
    "UndoFile",
    "WaiveObstacles",
    "WithdrawProposal",
]
