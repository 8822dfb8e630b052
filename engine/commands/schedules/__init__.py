"""What begins without a complaint: procedures started by the calendar, by a person, or by another procedure."""

from engine.commands.context import Handler
from engine.commands.schedules import receiving, run, start
from engine.commands.schedules.receiving import ConfirmReceipt
from engine.commands.schedules.run import RunSchedule
from engine.commands.schedules.start import StartProcedure

HANDLERS: dict[type, Handler] = {
    RunSchedule: run.handle,
    StartProcedure: start.handle,
    ConfirmReceipt: receiving.handle,
}

__all__ = ["HANDLERS", "ConfirmReceipt", "RunSchedule", "StartProcedure"]
