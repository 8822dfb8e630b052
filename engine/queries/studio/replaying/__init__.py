"""Cases of the record for a replay, and what replays have come to."""

from engine.queries.studio.replaying.cases import Chosen, Which, batches, choose, days_of, done_tasks, material, versions_of

__all__ = ["Chosen", "Which", "batches", "choose", "days_of", "done_tasks", "material", "versions_of"]
