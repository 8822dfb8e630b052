"""Where a case stands in its diagrams, and what happened at each element."""

from engine.queries.case_file.standing.history import Time
from engine.queries.case_file.standing.place import Passed, Sheet, Standing, drawn, other_names, source, standing

__all__ = ["Passed", "Sheet", "Standing", "Time", "drawn", "other_names", "source", "standing"]
