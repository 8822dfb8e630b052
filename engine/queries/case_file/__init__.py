"""One case with everything that happened to it: overview, timeline, diagrams, deadlines, files, neighbours, journal."""

from engine.queries.case_file.deadlines import Run, runs
from engine.queries.case_file.documents import Content, File, content, files
from engine.queries.case_file.gathered import contacts, promises, signatures
from engine.queries.case_file.head import Head, head
from engine.queries.case_file.ledger import rows
from engine.queries.case_file.links import Neighbours, neighbours
from engine.queries.case_file.overview import Overview, overview
from engine.queries.case_file.standing import Standing, drawn, other_names, source, standing
from engine.queries.case_file.timeline import Story, story

__all__ = [
    "Content",
    "File",
    "Head",
    "Neighbours",
    "Overview",
    "Run",
    "Standing",
    "Story",
    "contacts",
    "content",
    "drawn",
    "files",
    "head",
    "neighbours",
    "other_names",
    "overview",
    "promises",
    "rows",
    "runs",
    "signatures",
    "source",
    "standing",
    "story",
]
