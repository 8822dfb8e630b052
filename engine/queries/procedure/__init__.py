"""The procedures as people read them: what holds, every version with its record, and what an owner is working on."""

from engine.queries.procedure.drafts import Draft, draft, drafts
from engine.queries.procedure.reading import LimitRow, Version, diagrams, in_force, limit_rows, procedure_of
from engine.queries.procedure.studio import Desk, Drawing, Option, desk, file_of, findings
from engine.queries.procedure.versions import Recorded, archive, differences, may_change, recorded, title, versions

__all__ = [
    "Desk",
    "Draft",
    "Drawing",
    "LimitRow",
    "Option",
    "Recorded",
    "Version",
    "archive",
    "desk",
    "diagrams",
    "differences",
    "draft",
    "drafts",
    "file_of",
    "findings",
    "in_force",
    "limit_rows",
    "may_change",
    "procedure_of",
    "recorded",
    "title",
    "versions",
]
