"""What an owner works on: its findings, what is still to be asked, and how it differs from the version it changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import Forbidden, NotFound
from engine.procedure import Bundle, Finding
from engine.procedure.diff import Comparison
from engine.procedure.diff.change import differing
from engine.procedure.exchange.apart import STOPPED
from engine.procedure.exchange.examining import findings_of
from engine.procedure.exchange.questions import Questions, questions_about
from engine.queries.procedure.versions import may_change, told
from engine.storage.tables import person, procedure_draft, procedure_version

if TYPE_CHECKING:
    from engine.queries.reader import Reader

NO_SUCH_DRAFT = Text("没有这份草稿，或已被提出或丢弃。", "There is no such draft: it was proposed or thrown away.")
OWNERS_ONLY = Text("草稿只有规程负责人和管理员能看。", "Only the owner of the procedure and administrators may see drafts.")


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft with what its page says; ``ready`` when nothing has to be mended or answered before it is proposed."""

    draft_id: str
    procedure_key: str
    base_number: int
    saved_by: str | None
    saved_at: datetime
    bundle: Bundle
    findings: tuple[Finding, ...]
    questions: Questions
    comparison: Comparison

    @property
    def findings_that_hinder(self) -> tuple[Finding, ...]:
        """Those that have to be mended first."""
        return tuple(finding for finding in self.findings if finding.level == "error")

    @property
    def ready(self) -> bool:
        """Whether it may be proposed."""
        changed = self.comparison.changes or self.comparison.layout
        return bool(changed) and not self.questions.open and not self.findings_that_hinder


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft in a list."""

    draft_id: str
    saved_by: str | None
    saved_at: datetime
    base_number: int


def drafts(reader: Reader, actor: Actor, key: str) -> tuple[DraftLine, ...]:
    """The drafts of a procedure, the newest first; none for those who may not change it."""
    if not may_change(reader, actor, key):
        return ()
    columns = procedure_draft.c
    query = sa.select(columns.id, person.c.name, columns.saved_at, columns.base_number)
    query = query.outerjoin(person, person.c.id == columns.person_id)
    rows = reader.connection.execute(query.where(columns.procedure_key == key).order_by(columns.saved_at.desc()))
    return tuple(DraftLine(*row) for row in rows)


def files_changed(reader: Reader, actor: Actor, key: str) -> dict[str, int]:
    """How many files each draft of a procedure has otherwise than the version it changes, by the draft's id."""
    if not may_change(reader, actor, key):
        return {}
    columns, version = procedure_draft.c, procedure_version.c
    same = sa.and_(version.procedure_key == columns.procedure_key, version.number == columns.base_number)
    query = sa.select(columns.id, columns.bundle, version.bundle.label("base")).join(procedure_version, same)
    rows = reader.connection.execute(query.where(columns.procedure_key == key)).all()
    bases = {base: Bundle.from_bytes(base).files for base in {row.base for row in rows}}
    return {row.id: sum(1 for _ in differing(bases[row.base], Bundle.from_bytes(row.bundle).files)) for row in rows}


def draft(reader: Reader, actor: Actor, draft_id: str) -> Draft:
    """One draft; NotFound when there is none such, Forbidden for those who may not change the procedure."""
    row = draft_row(reader, actor, draft_id)
    base, bundle = Bundle.from_bytes(row["base"]), Bundle.from_bytes(row["bundle"])
    findings = findings_of(bundle)
    if any(finding.rule == STOPPED for finding in findings):
        # What the check could not finish reading is not read here either.
        bundle = base
    asked = questions_about(base, bundle)
    return Draft(
        draft_id=row["id"],
        procedure_key=row["procedure_key"],
        base_number=row["base_number"],
        saved_by=row["name"],
        saved_at=row["saved_at"],
        bundle=bundle,
        findings=tuple(finding for finding in findings if not _will_be_asked(finding, asked)),
        questions=asked,
        comparison=told(base, bundle),
    )


def draft_row(reader: Reader, actor: Actor, draft_id: str) -> Mapping[str, Any]:
    """The draft's row with ``name`` and ``base``; NotFound when there is none such, Forbidden for those who may not change it."""
    columns, version = procedure_draft.c, procedure_version.c
    query = sa.select(procedure_draft, person.c.name, version.bundle.label("base"))
    query = query.outerjoin(person, person.c.id == columns.person_id)
    query = query.join(
        procedure_version, sa.and_(version.procedure_key == columns.procedure_key, version.number == columns.base_number)
    )
    row = reader.connection.execute(query.where(columns.id == draft_id)).mappings().first()
    if row is None:
        raise NotFound(NO_SUCH_DRAFT)
    if not may_change(reader, actor, row["procedure_key"]):
        raise Forbidden(OWNERS_ONLY)
    return dict(row)


def _will_be_asked(finding: Finding, asked: Questions) -> bool:
    """What a question on the same page will mend is no finding yet."""
    rules = {"no-role": "role", "unknown-form": "form"}
    part = rules.get(finding.rule, "")
    return any(question.element_id == finding.element and getattr(question, part, False) for question in asked.asked if part)
