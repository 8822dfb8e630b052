"""What a review has made or is about to make: the version that it proposed, or the draft that its task will propose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.codec import loads
from engine.domain.text import Text
from engine.procedure import Bundle
from engine.procedure.check.manifest import PROPOSALS
from engine.procedure.diff.change import Change
from engine.procedure.diff.losses import Evidence, evidence_from
from engine.procedure.forms.form import Form
from engine.queries.case_values import current_values
from engine.queries.procedure.versions import may_change, title, told
from engine.storage.tables import cases, person, procedure_draft, procedure_version, report

if TYPE_CHECKING:
    from engine.queries.reader import Reader


@dataclass(frozen=True, slots=True)
class Proposal:
    """A version that the review has proposed, with the files before and after and what was known of it then."""

    key: str
    title: Text
    number: int
    base_number: int
    reason: Text
    effective_at: datetime
    before: Bundle
    after: Bundle
    evidence: Evidence | None

    @property
    def changes(self) -> tuple[Change, ...]:
        """What it changes, in words."""
        return told(self.before, self.after).changes


@dataclass(frozen=True, slots=True)
class Pending:
    """The draft that would be proposed now, of so many; its base is the version that it changes."""

    draft_id: str
    key: str
    title: Text
    base_number: int
    saved_by: str | None
    saved_at: datetime
    others: int
    before: Bundle
    after: Bundle

    @property
    def changes(self) -> tuple[Change, ...]:
        """What it changes, in words."""
        return told(self.before, self.after).changes


@dataclass(frozen=True, slots=True)
class Made:
    """A review: whether there is a pack to read, which procedure it is about, and what it proposes.

    ``asks`` are the fields at which a task asks for what a proposal says. A draft is told to those who may change the procedure.
    """

    has_pack: bool
    key: str | None
    title: Text | None
    asks: frozenset[str]
    proposal: Proposal | None = None
    pending: Pending | None = None

    def proposes_at(self, form: Form | None) -> bool:
        """Whether finishing a task with that form proposes the draft."""
        return form is not None and bool(self.asks) and self.asks <= form.keys


def made(reader: Reader, actor: Actor, case_id: str, version_id: str) -> Made | None:
    """What is known of a case that the actor may read; None for one that is no review."""
    fields: Mapping[str, Any] = reader.catalogue.get(version_id).procedure.manifest.source.mapping(PROPOSALS)
    if not fields:
        return None
    values = current_values(reader, actor, case_id)
    has_pack = (
        reader.connection.execute(sa.select(report.c.case_id).where(report.c.case_id == case_id).limit(1)).first() is not None
    )
    asks = frozenset(str(fields[name]) for name in ("reason_zh", "effective") if name in fields)
    proposal = _proposal(reader, actor, case_id)
    key = proposal.key if proposal else values.get(str(fields.get("procedure")))
    if not isinstance(key, str) or reader.catalogue.latest(key) is None:
        return Made(has_pack, None, None, asks)
    pending = None if proposal else _pending(reader, actor, key, str(values.get(str(fields.get("draft"))) or ""))
    return Made(has_pack, key, title(reader, actor, key), asks, proposal, pending)


def of_case(reader: Reader, actor: Actor, case_id: str) -> Made | None:
    """The same of a case whose version is not known."""
    version_id = version_of(reader, actor, case_id)
    return made(reader, actor, case_id, version_id) if version_id else None


def version_of(reader: Reader, actor: Actor, case_id: str) -> str:
    """The id of the version that a case runs on; nothing for a historic record."""
    return str(reader.connection.execute(sa.select(cases.c.version_id).where(cases.c.id == case_id)).scalar() or "")


def _proposal(reader: Reader, actor: Actor, case_id: str) -> Proposal | None:
    version = procedure_version.c
    query = sa.select(procedure_version).where(version.review_case_id == case_id, version.withdrawn_at.is_(None))
    row = reader.connection.execute(query.order_by(version.number.desc()).limit(1)).first()
    if row is None or row.base_number is None:
        return None
    return Proposal(
        key=row.procedure_key,
        title=title(reader, actor, row.procedure_key),
        number=row.number,
        base_number=row.base_number,
        reason=Text(row.reason_zh, row.reason_en),
        effective_at=row.effective_at,
        before=_base(reader, row.procedure_key, row.base_number),
        after=Bundle.from_bytes(row.bundle),
        evidence=evidence_from(loads(row.evidence)) if row.evidence else None,
    )


def _pending(reader: Reader, actor: Actor, key: str, wanted: str) -> Pending | None:
    """The draft that the review began with, else the newest, as its task will take it."""
    if not may_change(reader, actor, key):
        return None
    draft = procedure_draft.c
    query = sa.select(procedure_draft, person.c.name).outerjoin(person, person.c.id == draft.person_id)
    query = query.where(draft.procedure_key == key).order_by(draft.id != wanted, draft.saved_at.desc())
    rows = reader.connection.execute(query).all()
    if not rows:
        return None
    row, before = rows[0], _base(reader, key, rows[0].base_number)
    where = (row.id, key, title(reader, actor, key), row.base_number, row.name, row.saved_at)
    return Pending(*where, len(rows) - 1, before, Bundle.from_bytes(row.bundle))


def _base(reader: Reader, key: str, number: int) -> Bundle:
    version = procedure_version.c
    query = sa.select(version.bundle).where(version.procedure_key == key, version.number == number)
    return Bundle.from_bytes(reader.connection.execute(query).scalar_one())
