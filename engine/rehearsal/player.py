"""Playing the stories of a procedure, and the report of those that hold and those that do not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from engine.domain.text import Text
from engine.errors import EngineError, Misconfigured, Rejection
from engine.procedure import Bundle, open_procedure
from engine.rehearsal.crew import spread
from engine.rehearsal.expectations import Difference, differences
from engine.rehearsal.scenario import Scenario, Step, read_scenario, story_files
from engine.rehearsal.stage import Seen, Stage
from engine.rehearsal.values import period
from engine.workflow import Model, build_model

READABLE = "故事读得懂 / the story can be read"
GOES_THROUGH = "这一步能做成 / the step goes through"


@dataclass(frozen=True)
class Failure:
    """A story that does not hold: at which step, what was expected, what is, and the elements passed so far."""

    scenario: str
    file: str
    step: str
    expected: str
    actual: str
    path: tuple[str, ...]

    def as_data(self) -> dict[str, Any]:
        """The failure as JSON prints it."""
        return {
            "scenario": self.scenario,
            "file": self.file,
            "step": self.step,
            "expected": self.expected,
            "actual": self.actual,
            "path": list(self.path),
        }


@dataclass(frozen=True)
class Report:
    """How many stories held and failed, in how many seconds, the failures, and the names of the stories that held."""

    passed: int
    failed: int
    seconds: float
    failures: tuple[Failure, ...]
    held: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """The report as JSON prints it."""
        return {
            "passed": self.passed,
            "failed": self.failed,
            "seconds": round(self.seconds, 3),
            "failures": [failure.as_data() for failure in self.failures],
        }


def rehearse(bundle: Bundle, scenarios: Mapping[str, bytes] | None = None, processes: int = 1) -> Report:
    """Play the bundle's stories, or those of the given files; ``Misconfigured`` when the procedure cannot be read."""
    begun = perf_counter()
    model = build_model(open_procedure(bundle))
    files = sorted((story_files(bundle) if scenarios is None else scenarios).items())
    played = spread(lambda story: _play_file(model, *story), files, processes)
    failures = tuple(found for _, found in played if found is not None)
    held = tuple(name for name, found in played if found is None)
    return Report(len(held), len(failures), perf_counter() - begun, failures, held)


def _play_file(model: Model, file: str, data: bytes) -> tuple[str, Failure | None]:
    try:
        story = read_scenario(file, data, model.procedure)
    except Misconfigured as problem:
        return file, Failure(file, file, "story", READABLE, str(problem.text), ())
    return story.name, play(model, story)


def play(model: Model, story: Scenario) -> Failure | None:
    """Play one story to its first failure; None when all of it holds."""
    try:
        stage = Stage(model, story.starts, story.facts, story.values, story.begins)
    except EngineError as problem:
        return _failure(story, "starts", Difference(GOES_THROUGH, str(problem.text)), ())
    return _Player(stage, story).play()


class _Player:
    """Plays one story; a step that the engine refuses waits for the next step to expect the refusal."""

    def __init__(self, stage: Stage, story: Scenario) -> None:
        self._stage, self._story = stage, story
        self._refused: tuple[Step, Text] | None = None

    def play(self) -> Failure | None:
        for step in self._story.steps:
            failed = self._expect(step) if step.verb == "expect" else self._unexpected() or self._do(step)
            if failed is not None:
                return failed
        return self._unexpected()

    def _expect(self, step: Step) -> Failure | None:
        if "refused" not in step.given and (failed := self._unexpected()):
            return failed
        refusal = self._refused[1] if self._refused else None
        found = differences(step.given, self._stage, refusal)
        self._refused, self._stage.seen = None, Seen()
        if not found:
            return None
        both = Difference("; ".join(one.expected for one in found), "; ".join(one.actual for one in found))
        return _failure(self._story, str(step), both, self._stage.path)

    def _do(self, step: Step) -> Failure | None:
        try:
            _perform(step, self._stage)
        except Rejection as refusal:
            self._refused = step, refusal.text
        except EngineError as problem:
            return self._broken(step, problem.text)
        return None

    def _unexpected(self) -> Failure | None:
        return self._broken(*self._refused) if self._refused else None

    def _broken(self, step: Step, said: Text) -> Failure:
        return _failure(self._story, str(step), Difference(GOES_THROUGH, f"{said}; open: {self._stage.open}"), self._stage.path)


def _perform(step: Step, stage: Stage) -> None:
    match step.verb:
        case "after":
            stage.go_to(stage.now + period(stage.procedure, str(step.given)))
        case "at":
            stage.go_to(step.given)
        case "complete":
            stage.complete(step.given, step.role, step.person, step.values)
        case "reach":
            stage.reach(step.given, step.leave)
        case "do":
            stage.act(step.given, step.role, step.values)
        case "deliver":
            stage.deliver(step.given)
        case "set":
            stage.set_values(step.given)
        case "skip":
            stage.skip(step.given, step.person or step.role)


def _failure(story: Scenario, step: str, found: Difference, path: list[str] | tuple[str, ...]) -> Failure:
    return Failure(story.name, story.file, step, found.expected, found.actual, tuple(path))
