"""Playing the stories of a procedure, and the report of those that hold and those that do not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from engine.errors import Misconfigured
from engine.procedure import Bundle, open_procedure
from engine.procedure.trying import story_files
from engine.rehearsal.crew import spread
from engine.rehearsal.performance import Performance, Stumble
from engine.rehearsal.scenario import Scenario, read_scenario
from engine.workflow import Model, build_model

READABLE = "故事读得懂 / the story can be read"


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
    first = next(Performance(model, story).stumbles(), None)
    return None if first is None else as_failure(story, first)


def as_failure(story: Scenario, stumble: Stumble) -> Failure:
    """A stumble as the report says it."""
    step = "starts" if stumble.step is None else str(stumble.step)
    return Failure(story.name, story.file, step, stumble.found.expected, stumble.found.actual, stumble.path)
