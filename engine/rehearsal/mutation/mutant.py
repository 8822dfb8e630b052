"""One thing changed in a procedure, which a story should notice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.domain.text import Text
from engine.rehearsal.mutation.coverage import Told, Touch
from engine.workflow import Model

#: The parts of a procedure in which things are changed.
LIMITS, DECISIONS, DIAGRAMS, FORMS = "limits", "decisions", "diagrams", "forms"
PARTS = (LIMITS, DECISIONS, DIAGRAMS, FORMS)


@dataclass(frozen=True)
class Mutant:
    """What is changed where; ``make`` gives the changed model, and ``concerns`` whether a story could notice at all.

    A story that has one of ``words`` will probably notice, so it is played before the others.
    """

    part: str
    file: str
    element: str
    change: Text
    make: Callable[[], Model]
    concerns: Callable[[Told], bool]
    words: frozenset[str]


def comes_to(*touches: Touch) -> Callable[[Told], bool]:
    """For what concerns every story that comes to any of these."""
    return lambda told: not told.touches.isdisjoint(touches)
