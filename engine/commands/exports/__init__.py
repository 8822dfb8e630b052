"""The register as its readers want it: columns chosen, and files made of what is seen."""

from engine.commands.context import Handler
from engine.commands.exports import choose_columns, making, request_export
from engine.commands.exports.choose_columns import ChooseColumns
from engine.commands.exports.making import FinishExport, GiveUpExport, Job, NoteProgress, RemoveExpired, TakeExport
from engine.commands.exports.request_export import FORMATS, CancelExport, RequestExport

HANDLERS: dict[type, Handler] = {
    CancelExport: request_export.handle_cancel,
    ChooseColumns: choose_columns.handle,
    FinishExport: making.handle_finish,
    GiveUpExport: making.handle_give_up,
    NoteProgress: making.handle_progress,
    RemoveExpired: making.handle_expired,
    RequestExport: request_export.handle_request,
    TakeExport: making.handle_take,
}

__all__ = [
    "FORMATS",
    "HANDLERS",
    "CancelExport",
    "ChooseColumns",
    "FinishExport",
    "GiveUpExport",
    "Job",
    "NoteProgress",
    "RemoveExpired",
    "RequestExport",
    "TakeExport",
]
