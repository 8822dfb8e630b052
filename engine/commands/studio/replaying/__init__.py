"""Replays of the record through a draft: asked for, run by a worker, cancelled."""

from engine.commands.context import Handler
from engine.commands.studio.replaying import asking, running
from engine.commands.studio.replaying.asking import BeginReplay, CancelReplay
from engine.commands.studio.replaying.running import FailReplay, FinishReplay, NoteReplay, ReplayJob, TakeReplay

HANDLERS: dict[type, Handler] = {
    BeginReplay: asking.handle_begin,
    CancelReplay: asking.handle_cancel,
    TakeReplay: running.handle_take,
    NoteReplay: running.handle_note,
    FinishReplay: running.handle_finish,
    FailReplay: running.handle_fail,
}

__all__ = [
    "HANDLERS",
    "BeginReplay",
    "CancelReplay",
    "FailReplay",
    "FinishReplay",
    "NoteReplay",
    "ReplayJob",
    "TakeReplay",
]
