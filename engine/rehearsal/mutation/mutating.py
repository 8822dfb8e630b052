"""Whether the stories notice what is changed in a procedure: every change tried, and those that nobody notices."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from engine.procedure import Bundle, open_procedure
from engine.rehearsal.crew import spread
from engine.rehearsal.mutation.conditions import diagram_mutants, form_mutants
from engine.rehearsal.mutation.coverage import likely_first
from engine.rehearsal.mutation.mutant import Mutant
from engine.rehearsal.mutation.proving import stories_of
from engine.rehearsal.mutation.rows import table_mutants
from engine.rehearsal.performance import Performance
from engine.rehearsal.player import Failure
from engine.workflow import build_model


@dataclass(frozen=True)
class Survivor:
    """A change that no story notices, though so many come to it."""

    mutant: Mutant
    stories: int

    def as_data(self) -> dict[str, Any]:
        """The survivor as JSON prints it."""
        return {
            "part": self.mutant.part,
            "file": self.mutant.file,
            "element": self.mutant.element,
            "zh": self.mutant.change.zh,
            "en": self.mutant.change.en,
            "stories": self.stories,
        }


@dataclass(frozen=True)
class Mutation:
    """How many changes were tried and noticed, in how many seconds, the survivors, and stories that do not hold anyway."""

    mutants: int
    seconds: float
    survivors: tuple[Survivor, ...]
    failures: tuple[Failure, ...]

    @property
    def killed(self) -> int:
        """How many changes a story noticed."""
        return self.mutants - len(self.survivors)

    def keeps(self, percent: int) -> bool:
        """Whether at least so many in a hundred were noticed."""
        return self.killed * 100 >= self.mutants * percent

    def as_data(self) -> dict[str, Any]:
        """The result as JSON prints it."""
        return {
            "mutants": self.mutants,
            "killed": self.killed,
            "survived": len(self.survivors),
            "seconds": round(self.seconds, 1),
            "survivors": [survivor.as_data() for survivor in self.survivors],
            "failing": [failure.as_data() for failure in self.failures],
        }


class Mutator:
    """Changes one procedure; ``only`` are parts or files to which it keeps; ``Misconfigured`` when it cannot be read."""

    def __init__(self, bundle: Bundle, only: Collection[str] = ()) -> None:
        self._begun = perf_counter()
        model = build_model(open_procedure(bundle))
        every = (*table_mutants(model), *diagram_mutants(model), *form_mutants(model))
        self._mutants = [one for one in every if not only or {one.part, one.file}.intersection(only)]
        self._told, self._failures = stories_of(model, bundle)

    @property
    def size(self) -> int:
        """How many changes there are to try."""
        return len(self._mutants)

    def run(self, processes: int = 1, done: Callable[[int], object] = lambda count: None) -> Mutation:
        """Every change tried."""
        found = spread(self._unnoticed, self._mutants, processes, done)
        survivors = tuple(Survivor(mutant, stories) for mutant, stories in zip(self._mutants, found, strict=True) if stories >= 0)
        return Mutation(self.size, perf_counter() - self._begun, survivors, self._failures)

    def _unnoticed(self, mutant: Mutant) -> int:
        """How many stories come to the change without noticing it; -1 when one does."""
        concerned = [one.story for one in likely_first(self._told, mutant.words) if mutant.concerns(one)]
        changed = mutant.make()
        noticed = any(next(Performance(changed, story).stumbles(), None) is not None for story in concerned)
        return -1 if noticed else len(concerned)
