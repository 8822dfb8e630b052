"""What the company keeps beside its cases: training and its checks, knowledge notes, inspections."""

from engine.commands.company import knowledge, supervision, training
from engine.commands.company.knowledge import SaveNote
from engine.commands.company.supervision import (
    AddMeasure,
    CloseInspection,
    FinishMeasure,
    OpenInspection,
    RecordFinding,
)
from engine.commands.company.training import SaveTraining, TakeCheck
from engine.commands.context import Handler

HANDLERS: dict[type, Handler] = {**training.HANDLERS, **knowledge.HANDLERS, **supervision.HANDLERS}

__all__ = [
    "HANDLERS",
    "AddMeasure",
    "CloseInspection",
    "FinishMeasure",
    "OpenInspection",
    "RecordFinding",
    "SaveNote",
    "SaveTraining",
    "TakeCheck",
]
