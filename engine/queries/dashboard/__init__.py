"""What burns now: open work in somebody's estates and departments, who holds it, and what will soon be late."""

from engine.queries.dashboard.burning import Board, Tiles, burning
from engine.queries.dashboard.expecting import Expected
from engine.queries.dashboard.listing import LIMITS, TASKS, LimitRows, TaskFilters, TaskRows, limits, tasks
from engine.queries.dashboard.urgent import Emergency
from engine.queries.dashboard.workload import Load

__all__ = [
    "LIMITS",
    "TASKS",
    "Board",
    "Emergency",
    "Expected",
    "LimitRows",
    "Load",
    "TaskFilters",
    "TaskRows",
    "Tiles",
    "burning",
    "limits",
    "tasks",
]
