"""One story played step by step: where it stumbles, and for who wants to know all of it, where it stumbles next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.domain.text import Text
from engine.errors import EngineError, Rejection
from engine.feel import FeelError
from engine.rehearsal.absence import NOTHING_GONE, Absence
from engine.rehearsal.expectations import Difference, differences
from engine.rehearsal.hands import DEALINGS, Who
from engine.rehearsal.scenario import EXPECT, Scenario, Step
from engine.rehearsal.seen import Seen
from engine.rehearsal.stage import Stage
from engine.rehearsal.values import period
from engine.workflow import Model

GOES_THROUGH = "这一步能做成 / the step goes through"


@dataclass(frozen=True)
class Stumble:
    """Where a story does not hold: at an expectation, or at a step that could not be taken; no step is its very start.

    ``said`` is why a step could not be taken.
    """

    step: Step | None
    found: Difference
    path: tuple[str, ...]
    said: Text | None = None

    @property
    def expected(self) -> bool:
        """Whether an expectation failed, and not merely a step."""
        return self.step is not None and self.step.verb == EXPECT


class Performance:
    """Plays one story; a step that the engine refuses waits for the next step to expect the refusal."""

    def __init__(self, model: Model, story: Scenario, absence: Absence = NOTHING_GONE) -> None:
        self._model, self._story, self._absence = model, story, absence
        self._refused: tuple[Step, Text] | None = None
        self._done: list[Step] = []

    def stumbles(self) -> Iterator[Stumble]:
        """Every stumble in order; who asks for the next one has the story go on past the step that could not be taken."""
        try:
            self.stage = self._opened()
        except (EngineError, FeelError) as problem:
            yield Stumble(None, Difference(GOES_THROUGH, str(problem.text)), (), problem.text)
            return
        for step in self._story.steps:
            if step.verb == EXPECT:
                yield from self._expect(step)
            else:
                yield from self._unexpected()
                yield from self._do(step)
        yield from self._unexpected()

    def _opened(self) -> Stage:
        return Stage(self._model, self._story, self._absence)

    def _expect(self, step: Step) -> Iterator[Stumble]:
        if "refused" not in step.given:
            yield from self._unexpected()
        refusal = self._refused[1] if self._refused else None
        found = differences(step.given, self.stage, refusal)
        self._refused, self.stage.seen = None, Seen()
        self._done.append(step)
        if found:
            parts = tuple(part for one in found for part in one.parts)
            both = Difference("; ".join(one.expected for one in found), "; ".join(one.actual for one in found), parts)
            yield Stumble(step, both, tuple(self.stage.path))

    def _do(self, step: Step) -> Iterator[Stumble]:
        try:
            perform(step, self.stage)
            self._done.append(step)
        except Rejection as refusal:
            self._refused = step, refusal.text
        except (EngineError, FeelError) as problem:
            yield self._broken(step, problem.text)
            self._start_over()

    def _unexpected(self) -> Iterator[Stumble]:
        if self._refused:
            yield self._broken(*self._refused)
            self._refused = None

    def _broken(self, step: Step, said: Text) -> Stumble:
        return Stumble(step, Difference(GOES_THROUGH, f"{said}; open: {self.stage.open}"), tuple(self.stage.path), said)

    def _start_over(self) -> None:
        """To where the story stood before a fault, which leaves a case that must be thrown away."""
        self.stage = self._opened()
        for step in self._done:
            if step.verb == EXPECT:
                self.stage.seen = Seen()
            else:
                perform(step, self.stage)


def perform(step: Step, stage: Stage) -> None:
    """Do what one step says; ``Rejection`` when the engine refuses it."""
    match step.verb:
        case "after":
            stage.go_to(stage.now + period(stage.procedure, str(step.given)))
        case "at":
            stage.go_to(step.given)
        case "complete":
            stage.complete(step.given, step.role, step.person, step.values, step.which)
        case "reach":
            stage.reach(step.given, step.leave)
        case "do":
            stage.act(step.given, step.role, step.values)
        case "deliver":
            stage.deliver(step.given)
        case "set":
            stage.set_values(step.given)
        case "skip":
            stage.skip(step.given, step.role, step.person, step.which)
        case dealing if dealing in DEALINGS:
            stage.deal(dealing, step.given, Who(step.role, step.person), step.to, step.which)
