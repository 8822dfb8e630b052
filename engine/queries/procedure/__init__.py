"""The procedures as people read them: what holds, every version with its record, and what an owner is working on."""

from engine.procedure.diff.losses import Obstacle
from engine.procedure.exchange.parts import PARTS
from engine.queries.procedure.drafts import Draft, draft, drafts, files_changed
from engine.queries.procedure.map import Told, notes, step_by_step
from engine.queries.procedure.opened import Opened, Story, open_version, played, proposal_of
from engine.queries.procedure.reading import LimitRow, Version, diagrams, in_force, limit_rows, procedure_of
from engine.queries.procedure.rivals import Rivals, rivals
from engine.queries.procedure.versions import (
    Recorded,
    archive,
    differences,
    may_change,
    recorded,
    title,
    version_bundle,
    version_file,
    versions,
)

__all__ = [
    "PARTS",
    "Draft",
    "LimitRow",
    "Obstacle",
    "Opened",
    "Recorded",
    "Rivals",
    "Story",
    "Told",
    "Version",
    "archive",
    "diagrams",
    "differences",
    "draft",
    "drafts",
    "files_changed",
    "in_force",
    "limit_rows",
    "may_change",
    "notes",
    "open_version",
    "played",
    "procedure_of",
    "proposal_of",
    "recorded",
    "rivals",
    "step_by_step",
    "title",
    "version_bundle",
    "version_file",
    "versions",
]
