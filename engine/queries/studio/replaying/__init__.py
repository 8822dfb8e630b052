"""Cases of the record for a replay, and what replays have come to."""

from engine.queries.studio.replaying.cases import Chosen, Which, choose, days_of, done_tasks, material, versions_of
from engine.queries.studio.replaying.listed import CaseLine, CasePage, cases
from engine.queries.studio.replaying.narrowing import About, Narrowed
from engine.queries.studio.replaying.runs import Run, bundles, digest_now, outcome, run, runs

__all__ = [
    "About",
    "CaseLine",
    "CasePage",
    "Chosen",
    "Narrowed",
    "Run",
    "Which",
    "bundles",
    "cases",
    "choose",
    "days_of",
    "digest_now",
    "done_tasks",
    "material",
    "outcome",
    "run",
    "runs",
    "versions_of",
]
