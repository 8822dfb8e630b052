"""Versions of a procedure: published on an empty installation, proposed, signed, withdrawn."""

from engine.commands.context import Check, Handler
from engine.commands.versions import drafts, editing, propose, publish_shipped, sign, undoing, withdraw
from engine.commands.versions.drafts import UNITS, AnswerQuestions, DiscardDraft, TakeUpload
from engine.commands.versions.editing import BeginDraft, HeldByOther, Saved, SaveFile
from engine.commands.versions.examining import HasFindings
from engine.commands.versions.propose import Proposed, ProposeVersion
from engine.commands.versions.publish_shipped import PublishShipped
from engine.commands.versions.sign import Signed, SignVersion
from engine.commands.versions.undoing import RedoFile, UndoFile
from engine.commands.versions.withdraw import WithdrawProposal

CHECKS: dict[type, Check] = {ProposeVersion: propose.check}
HANDLERS: dict[type, Handler] = {
    PublishShipped: publish_shipped.handle,
    ProposeVersion: propose.handle,
    SignVersion: sign.handle,
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
    "CHECKS",
    "HANDLERS",
    "UNITS",
    "AnswerQuestions",
    "BeginDraft",
    "DiscardDraft",
    "HasFindings",
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
    "WithdrawProposal",
]
