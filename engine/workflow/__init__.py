"""Running a procedure: build its model, start a case, complete, fire, save and load; the only importer of SpiffWorkflow."""

from engine.workflow.happenings import (
    Called,
    Decided,
    Due,
    Ended,
    Happening,
    ItemCancelled,
    ItemCompleted,
    ItemOpened,
    LimitBreached,
    LimitOpened,
    LimitRun,
    LimitStopped,
    LimitWarned,
    Occasion,
    OpenItem,
    Passed,
    TimerFired,
    ValuesSet,
)
from engine.workflow.instance import Instance
from engine.workflow.migration import Migration, MovedDue, migrate
from engine.workflow.model import Model, build_model
from engine.workflow.spiff.codec import read_values
from engine.workflow.starting import Recurrence, recurrence, scheduled, start_events

__all__ = [
    "Called",
    "Decided",
    "Due",
    "Ended",
    "Happening",
    "Instance",
    "ItemCancelled",
    "ItemCompleted",
    "ItemOpened",
    "LimitBreached",
    "LimitOpened",
    "LimitRun",
    "LimitStopped",
    "LimitWarned",
    "Migration",
    "Model",
    "MovedDue",
    "Occasion",
    "OpenItem",
    "Passed",
    "Recurrence",
    "TimerFired",
    "ValuesSet",
    "build_model",
    "migrate",
    "read_values",
    "recurrence",
    "scheduled",
    "start_events",
]
