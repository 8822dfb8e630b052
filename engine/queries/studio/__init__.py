"""The studio as its pages ask for it: a draft's files, what may be chosen in them, and what the check finds."""

from engine.procedure import Finding
from engine.procedure.diff.aligned import Block, Gap, Grid, folded
from engine.procedure.findings import Mending
from engine.procedure.writing.mends import can_be_written
from engine.queries.studio.changes import Compared, FileChanges, Marked, against, changes
from engine.queries.studio.desk import Desk, desk, file_of, findings, opened, titles
from engine.queries.studio.files import Kind, Listed, kind_of
from engine.queries.studio.options import Option, options
from engine.queries.studio.publishing import Publishing, publishing

__all__ = [
    "Block",
    "Compared",
    "Desk",
    "FileChanges",
    "Finding",
    "Gap",
    "Grid",
    "Kind",
    "Listed",
    "Marked",
    "Mending",
    "Option",
    "Publishing",
    "against",
    "can_be_written",
    "changes",
    "desk",
    "file_of",
    "findings",
    "folded",
    "kind_of",
    "opened",
    "options",
    "publishing",
    "titles",
]
