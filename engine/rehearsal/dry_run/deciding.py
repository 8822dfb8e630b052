"""What a way depends on: keys that can be changed, scripts and decisions that work others out, and whether it is taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.domain.values import Value
from engine.errors import Incident
from engine.feel import EvaluationContext, Expression, FeelError

Scope = dict[str, Value]
Holds = Callable[[Scope, EvaluationContext], bool]


@dataclass(frozen=True, eq=False, slots=True)
class Maker:
    """A script or decision that works out a key: what it reads, its text, and how to do the same."""

    element_id: str
    reads: frozenset[str]
    source: str
    work_out: Callable[[Scope, EvaluationContext], Scope]


@dataclass(frozen=True, slots=True)
class Choice:
    """What something depends on: its keys, nearest first, the texts they are compared in, and whether it holds.

    ``sure`` says that nothing else decides.
    """

    keys: tuple[str, ...]
    source: str
    holds: Holds
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Trigger:
    """What sets an event off: a message of a name or a condition; a timer has neither."""

    message: str = ""
    choice: Choice | None = None


def running(items: tuple[tuple[str, Expression], ...]) -> Callable[[Scope, EvaluationContext], Scope]:
    """What a script writes."""

    def work_out(scope: Scope, context: EvaluationContext) -> Scope:
        written: Scope = {}
        for key, expression in items:
            written[key] = expression.evaluate({**scope, **written}, context)
        return written

    return work_out


def after(makers: list[Maker], condition: Expression | None, others: list[Expression]) -> Holds:
    """Whether the way is taken once the makers, those that are read first before the others, have done their work."""

    def holds(scope: Scope, context: EvaluationContext) -> bool:
        try:
            for maker in reversed(makers):
                scope = {**scope, **maker.work_out(scope, context)}
            if condition is not None:
                return condition.evaluate(scope, context) is True
            return not any(other.evaluate(scope, context) is True for other in others)
        except (FeelError, Incident):
            # Functions such as limit() are known to a running case alone: then trying tells.
            return False

    return holds
