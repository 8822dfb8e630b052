"""Improvement plans: what shall become better, by which figure, and whether it did."""

from engine.commands.context import Handler
from engine.commands.plans import saving, settling
from engine.commands.plans.saving import SavePlan
from engine.commands.plans.settling import DropPlan, MeasurePlan

HANDLERS: dict[type, Handler] = {
    SavePlan: saving.handle,
    MeasurePlan: settling.handle_measure,
    DropPlan: settling.handle_drop,
}

__all__ = ["HANDLERS", "DropPlan", "MeasurePlan", "SavePlan"]
