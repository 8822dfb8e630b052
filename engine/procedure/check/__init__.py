"""The check of a procedure: everything its files could get wrong, with place and mend, before anybody relies on it."""

from __future__ import annotations

from functools import partial

from engine.procedure.bundle import Bundle
from engine.procedure.check.answers import check_answers
from engine.procedure.check.cases import check_decision_cases
from engine.procedure.check.clauses import check_clauses
from engine.procedure.check.documents import check_documents
from engine.procedure.check.drawing import DRAWING_RULES, check_identity, check_messages
from engine.procedure.check.english import check_english
from engine.procedure.check.expressions import check_expressions
from engine.procedure.check.foreign import FOREIGN_RULES, check_pools
from engine.procedure.check.layout import check_layout
from engine.procedure.check.limits import anchor_uses, check_limits
from engine.procedure.check.manifest import check_manifest
from engine.procedure.check.references import check_references
from engine.procedure.check.subject import Drawings, Note, Subject
from engine.procedure.check.tables import check_tables
from engine.procedure.check.uses import collect_uses
from engine.procedure.check.writers import check_writers
from engine.procedure.diagrams import Sheet
from engine.procedure.findings import Finding, Findings
from engine.procedure.reading import Memory, read_all

#: What is told of a drawing whatever the other files say.
ALONE = (*DRAWING_RULES, *FOREIGN_RULES, check_layout)
TOGETHER = (
    check_identity, check_messages, check_pools, check_references, check_manifest, check_answers, check_tables,
    check_decision_cases, check_limits, check_clauses, check_documents, check_english,
)  # fmt: skip


def check(bundle: Bundle, memory: Memory | None = None) -> list[Finding]:
    """Every finding of the bundle by file and line; an empty list means that it may be published."""
    return checked(bundle, memory).findings.sorted()


def checked(bundle: Bundle, memory: Memory | None = None) -> Subject:
    """The bundle as read, with every finding noted in it; a memory spares the work on files that are as they were."""
    findings, memory = Findings(), memory or Memory()
    subject = Subject(read_all(bundle, findings, memory), findings, memory)
    for sheet in subject.sheets:
        for note in memory.recall(("alone", sheet.file, sheet.xml), partial(_looked_at_alone, sheet, memory)):
            subject.note(note)
    for rule in TOGETHER:
        rule(subject)
    uses = [*collect_uses(subject), *anchor_uses(subject)]
    check_expressions(subject, uses)
    check_writers(subject, uses)
    return subject


def _looked_at_alone(sheet: Sheet, memory: Memory) -> list[Note]:
    drawings = Drawings([sheet], memory)
    for rule in ALONE:
        rule(drawings)
    return drawings.notes
