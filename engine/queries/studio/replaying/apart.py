"""Which elements of a replay are not told to a reader: restricted steps, by either state of the procedure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from engine.domain.actor import Actor
from engine.procedure.beside.restricted import kept_apart, told_instead
from engine.queries.studio.replaying.names import Both


@dataclass(frozen=True, slots=True)
class Apart:
    """The elements whose passing is not told, and the limits that run nowhere else."""

    both: Both
    hidden: frozenset[str]
    limits: frozenset[str]

    @classmethod
    def of(cls, both: Both, actor: Actor, estate_id: str | None) -> Apart:
        """For a reader of one estate's case, or of sums over all of them with None.

        A draft that calls a task no longer sensitive opens nothing that was said before it: the diagrams of both states count.
        """
        hidden = {own for procedure in both for own in kept_apart(actor, procedure, estate_id)}
        inside = {one.process_id for procedure in both for own, one in procedure.elements.items() if own in hidden}
        inside -= {procedure.main for procedure in both}
        drawn = {own for procedure in both for own, one in procedure.elements.items() if one.process_id in inside}
        hidden |= drawn
        return cls(both, frozenset(hidden), frozenset(_limits(both, hidden, True) - _limits(both, hidden, False)))

    def told(self, element_id: str) -> str:
        """What is named for an element: itself, or the nearest around it of which the reader is told."""
        procedure = next((one for one in reversed(self.both) if element_id in one.elements), None)
        return element_id if procedure is None else told_instead(procedure, self.hidden, element_id)


def _limits(both: Both, hidden: Collection[str], inside: bool) -> set[str]:
    """The limits that run on elements that are hidden, or on the others."""
    elements = (one for procedure in both for own, one in procedure.elements.items() if (own in hidden) is inside)
    return {key for one in elements for key in (*one.limit, *one.opens)}
