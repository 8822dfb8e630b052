"""A replay as its pages tell it: totals, diagrams and one case's before and after, with the names that people use."""

from engine.queries.studio.replaying.heat import Heat, Passed, drawing, heat
from engine.queries.studio.replaying.one_case import CaseTold, case
from engine.queries.studio.replaying.told import Told, told

__all__ = ["CaseTold", "Heat", "Passed", "Told", "case", "drawing", "heat", "told"]
