"""Whether what carries a clause counts: a story of the clause fails at an expectation of it when the carrier is taken away."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from time import perf_counter

from engine.domain.text import Text
from engine.errors import Misconfigured
from engine.procedure import Bundle, open_procedure
from engine.procedure.exchange.cover import IN_CODE, Carrier, Cover, clause_cover
from engine.procedure.trying import story_files
from engine.rehearsal.crew import spread
from engine.rehearsal.mutation.coverage import Told, likely_first, tell
from engine.rehearsal.mutation.taking import Taking
from engine.rehearsal.performance import Performance
from engine.rehearsal.player import READABLE, Failure, as_failure
from engine.rehearsal.scenario import Scenario, read_scenario
from engine.workflow import Model, build_model

NO_STORY = Text("没有故事声明证明这一条", "no story says that it shows the clause")
NOT_REACHED = Text("证明这一条的故事都不经过它", "no story that shows the clause comes to it")
NOT_MISSED = Text("没有它，故事照样成立", "the stories hold without it")
ONLY_STEPS = Text(
    "没有它，只是有的步骤做不成，预期都还成立", "without it some steps cannot be taken, but what the clause expects holds"
)
STAYS = Text("它不是能拿走的东西", "it is nothing that can be taken away")
IN_PROGRAM = Text(
    "程序里的页面或报表，由标有该条款的测试证明", "a page or report of the program, proven by a test marked with the clause"
)


@dataclass(frozen=True)
class Proof:
    """One carrier of one clause: the story and expectation that fail without it, or why it is not proven.

    ``skipped`` counts the steps that could not be taken before that. What is in the program counts: a test is marked with
    the clause, or the tests of the architecture fail.
    """

    clause: str
    carrier: Carrier
    story: str | None = None
    step: str | None = None
    skipped: int = 0
    why: Text | None = None

    @property
    def counts(self) -> bool:
        """Whether the carrier counts."""
        return self.story is not None or self.carrier.kind in IN_CODE


@dataclass(frozen=True)
class Proving:
    """The proofs of one procedure, in the order of its clauses, and the stories that do not hold and so show nothing."""

    covers: tuple[Cover, ...]
    proofs: tuple[Proof, ...]
    failures: tuple[Failure, ...]
    seconds: float


class Prover:
    """Tries the carriers of one procedure; ``Misconfigured`` when it cannot be read."""

    def __init__(self, bundle: Bundle, clauses: Collection[str] = ()) -> None:
        self._begun = perf_counter()
        self._model = build_model(open_procedure(bundle))
        self.covers = tuple(cover for cover in clause_cover(bundle) if not clauses or cover.id in clauses)
        self._carried: dict[Carrier, list[str]] = {}
        for cover in self.covers:
            for carrier in cover.carriers:
                self._carried.setdefault(carrier, []).append(cover.id)
        self._told, self._failures = stories_of(self._model, bundle)
        self._taking = Taking(self._model)

    @property
    def size(self) -> int:
        """How many carriers there are to try."""
        return len(self._carried)

    def prove(self, processes: int = 1, done: Callable[[int], object] = lambda count: None) -> Proving:
        """Every carrier tried."""
        tried = spread(self._try, list(self._carried), processes, done)
        found = {(proof.clause, proof.carrier): proof for proofs in tried for proof in proofs}
        proofs = tuple(found[cover.id, carrier] for cover in self.covers for carrier in cover.carriers)
        return Proving(self.covers, proofs, self._failures, perf_counter() - self._begun)

    def _try(self, carrier: Carrier) -> list[Proof]:
        clauses = self._carried[carrier]
        without = self._taking.without(carrier)
        made = None if without is None else without.make()
        if without is None or made is None:
            return [Proof(clause, carrier, why=IN_PROGRAM if carrier.kind in IN_CODE else STAYS) for clause in clauses]
        shown = {clause: [one for one in self._told if clause in one.story.proves] for clause in clauses}
        concerned = {clause: [one for one in stories if without.touch in one.touches] for clause, stories in shown.items()}
        proofs: dict[str, Proof] = {}
        stumbled: set[str] = set()
        for one in likely_first(self._told, {carrier.id}):
            wanted = {clause for clause in clauses if clause not in proofs and one in concerned[clause]}
            if wanted:
                found, skipped = _proofs(Performance(made[0], one.story, made[1]), one.story, carrier, wanted)
                proofs.update(found)
                stumbled.update(wanted if skipped else ())
        return [
            proofs.get(clause) or Proof(clause, carrier, why=_why(shown[clause], concerned[clause], clause in stumbled))
            for clause in clauses
        ]


def _proofs(performance: Performance, story: Scenario, carrier: Carrier, wanted: set[str]) -> tuple[dict[str, Proof], int]:
    """What one story says about the wanted clauses, and how many steps were skipped; it is played only as far as needed."""
    found: dict[str, Proof] = {}
    skipped = 0
    for stumble in performance.stumbles():
        if stumble.step is None or not stumble.expected:
            skipped += 1
            continue
        for clause in wanted.intersection(stumble.step.clauses).difference(found):
            found[clause] = Proof(clause, carrier, story.name, str(stumble.step), skipped)
        if len(found) == len(wanted):
            break
    return found, skipped


def _why(shown: Sequence[Told], concerned: Sequence[Told], stumbled: bool) -> Text:
    if not shown:
        return NO_STORY
    if not concerned:
        return NOT_REACHED
    return ONLY_STEPS if stumbled else NOT_MISSED


def stories_of(model: Model, bundle: Bundle) -> tuple[list[Told], tuple[Failure, ...]]:
    """The stories that hold, with what they come to, and the failures of the others."""
    told: list[Told] = []
    failures: list[Failure] = []
    for file, data in sorted(story_files(bundle).items()):
        try:
            one = tell(model, read_scenario(file, data, model.procedure))
        except Misconfigured as problem:
            failures.append(Failure(file, file, "story", READABLE, str(problem.text), ()))
            continue
        if one.stumble is None:
            told.append(one)
        else:
            failures.append(as_failure(one.story, one.stumble))
    return told, tuple(failures)
