"""Whether files could become a version: checked and opened once, however often a page or command asks."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

from engine.catalogue import describe
from engine.domain.text import Text
from engine.errors import EngineError, InvalidState, InvalidValues, Misconfigured
from engine.procedure import Bundle, Finding, Procedure
from engine.procedure.diff.losses import Evidence, Obstacle, evidence
from engine.procedure.exchange.examining import findings_of, has_errors, kept
from engine.procedure.trying import Played, Stopped

_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_FOUND = Text(
    "文件里还有错误，不能提出。请先改正。", "The files still have errors, so they cannot be proposed. Mend these first."
)
_BAD_KEY = Text(
    "规程的 key 要用小写英文字母、数字和下划线，最多 40 个。",
    "The key of a procedure has small letters, digits and underscores, 40 at most.",
)


class HasFindings(InvalidValues):
    """The check found errors; ``findings`` has all of them, with the way out of each."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(_FOUND)
        self.findings = findings


class HasObstacles(InvalidState):
    """Stories fail or clauses are lost, and nobody has waived that; ``obstacles`` has all of them."""

    def __init__(self, obstacles: tuple[Obstacle, ...], text: Text) -> None:
        super().__init__(text)
        self.obstacles = obstacles


@dataclass(frozen=True, slots=True)
class Candidate:
    """Files without an error: as they are kept, opened, with the text of the model that runs them, and what is doubtful."""

    bundle: Bundle
    procedure: Procedure
    model: str
    findings: tuple[Finding, ...] = ()


@lru_cache(maxsize=16)
def examined(bundle: Bundle) -> Candidate:
    """The candidate in a bundle that is as ``kept`` gives it; HasFindings when there are errors."""
    findings = findings_of(bundle)
    if has_errors(findings):
        raise HasFindings(findings)
    try:
        procedure, model = describe(bundle)
    except Misconfigured as problem:
        raise HasFindings((*findings, _unbuildable(problem))) from problem
    if not _KEY.fullmatch(procedure.key):
        raise InvalidValues(_BAD_KEY)
    return Candidate(bundle, procedure, model, findings)


def proven(before: Bundle | None, candidate: Candidate, stories: Callable[[Bundle], tuple[Played, ...]]) -> Evidence:
    """What is known of the candidate; InvalidState when its stories could not be played to the end."""
    try:
        played = stories(candidate.bundle)
    except Stopped as problem:
        raise InvalidState(problem.text) from problem
    return evidence(before, candidate.bundle, candidate.findings, played)


def prepare(bundle: Bundle) -> None:
    """Examine a bundle before the transaction in which it is proposed; what is wrong with it is said there, in due order."""
    with suppress(EngineError):
        examined(kept(bundle))


def _unbuildable(problem: Misconfigured) -> Finding:
    mend = problem.mend or Text("请改正后再上传。", "Mend it and upload it again.")
    return Finding(problem.file or "", problem.element_id, None, "model", "error", None, problem.text, mend)
