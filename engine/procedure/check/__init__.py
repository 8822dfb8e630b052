"""The check of a procedure: everything its files could get wrong, with place and mend, before anybody relies on it."""

from __future__ import annotations

from engine.procedure.bundle import Bundle
from engine.procedure.check.answers import check_answers
from engine.procedure.check.cases import check_decision_cases
from engine.procedure.check.clauses import check_clauses
from engine.procedure.check.documents import check_documents
from engine.procedure.check.drawing import DRAWING_RULES
from engine.procedure.check.expressions import check_expressions
from engine.procedure.check.foreign import FOREIGN_RULES
from engine.procedure.check.layout import check_layout
from engine.procedure.check.limits import anchor_uses, check_limits
from engine.procedure.check.manifest import check_manifest
from engine.procedure.check.references import check_references
from engine.procedure.check.subject import Subject
from engine.procedure.check.tables import check_tables
from engine.procedure.check.uses import collect_uses
from engine.procedure.check.writers import check_writers
from engine.procedure.findings import Finding, Findings
from engine.procedure.reading import read_all

NAMING_RULES = (
    check_references, check_manifest, check_answers, check_tables, check_decision_cases, check_limits, check_clauses,
    check_documents,
)  # fmt: skip


def check(bundle: Bundle) -> list[Finding]:
    """Every finding of the bundle by file and line; an empty list means that it may be published."""
    return checked(bundle).findings.sorted()


def checked(bundle: Bundle) -> Subject:
    """The bundle as read, with every finding noted in it."""
    findings = Findings()
    subject = Subject(read_all(bundle, findings), findings)
    for rule in (*DRAWING_RULES, *FOREIGN_RULES, check_layout, *NAMING_RULES):
        rule(subject)
    uses = [*collect_uses(subject), *anchor_uses(subject)]
    check_expressions(subject, uses)
    check_writers(subject, uses)
    return subject
