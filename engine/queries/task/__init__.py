"""The page of one work item: its form, its case in a few lines, its clock and its neighbours."""

from engine.queries.task.afterwards import Afterwards, NextItem, afterwards
from engine.queries.task.ladder import Ladder, Rung, ladder
from engine.queries.task.page import Item, Task, item, task
from engine.queries.task.pictures import picture

__all__ = ["Afterwards", "Item", "Ladder", "NextItem", "Rung", "Task", "afterwards", "item", "ladder", "picture", "task"]
