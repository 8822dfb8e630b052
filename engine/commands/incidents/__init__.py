"""What operators do with a step that failed technically, and with the version that a case follows."""

from __future__ import annotations

from functools import partial

from engine.commands.context import Handler
from engine.commands.incidents import bulk, dismiss, going_back, migrate_case, move, retry, set_value, skip
from engine.commands.incidents.bulk import BeginMigration, CloseMigration, Going, Mover, NoteRefusal, carry_through
from engine.commands.incidents.dismiss import Dismiss
from engine.commands.incidents.going_back import GoBack
from engine.commands.incidents.migrate_case import KEEP, RECOMPUTE, TIMERS, MigrateCase, Moved
from engine.commands.incidents.move import Move
from engine.commands.incidents.retry import Retry
from engine.commands.incidents.set_value import SetValue
from engine.commands.incidents.skip import Skip

__all__ = [
    "KEEP",
    "RECOMPUTE",
    "TIMERS",
    "BeginMigration",
    "CloseMigration",
    "Dismiss",
    "GoBack",
    "Going",
    "MigrateCase",
    "Move",
    "Moved",
    "Mover",
    "NoteRefusal",
    "Retry",
    "SetValue",
    "Skip",
    "carry_through",
    "handlers",
]


def handlers(others: dict[type, Handler]) -> dict[type, Handler]:
    """The handlers of this folder; those that give a command again find its own handler among the others."""
    return {
        BeginMigration: bulk.handle_begin,
        NoteRefusal: bulk.handle_refusal,
        CloseMigration: bulk.handle_close,
        GoBack: going_back.handle,
        Dismiss: dismiss.handle,
        MigrateCase: migrate_case.handle,
        Move: partial(move.handle, others),
        Retry: partial(retry.handle, others),
        SetValue: partial(set_value.handle, others),
        Skip: skip.handle,
    }
