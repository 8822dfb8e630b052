"""What a review has made or is about to make: the version that it proposed, or the drafts of which its task proposes one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
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
from engine.procedure.exchange.parts import PARTS
from engine.procedure.exchange.signers import next_part, signatures_in
from engine.procedure.forms.form import Form
from engine.queries.case_values import current_values
from engine.queries.procedure.versions import may_change, title, told
from engine.storage.tables import cases, person, procedure_draft, procedure_version, report

if TYPE_CHECKING:
    from engine.queries.reader import Reader


@dataclass(frozen=True, slots=True)
class Proposal:
    """A version that the review has proposed, with the files before and after and what was known of it then.

    ``awaits`` is whose signature is wanted next, None once it is published; it never holds before its last signature.
    """

    key: str
    title: Text
    number: int
    base_number: int
    reason: Text
    effective_at: datetime
    holds_from: datetime
    awaits: Text | None
    before: Bundle
    after: Bundle
    evidence: Evidence | None

    @property
    def changes(self) -> tuple[Change, ...]:
        """What it changes, in words."""
        return told(self.before, self.after).changes


@dataclass(frozen=True, slots=True)
class Pending:
    """A draft that may be proposed; its base is the version that it changes."""

    draft_id: str
    key: str
    title: Text
    base_number: int
    saved_by: str | None
    saved_at: datetime
    before: Bundle
    after: Bundle

    @property
    def changes(self) -> tuple[Change, ...]:
        """What it changes, in words."""
        return told(self.before, self.after).changes


@dataclass(frozen=True, slots=True)
class Made:
    """A review: whether there is a pack to read, which procedure it is about, and what it proposes.

    ``asks`` are the fields at which a task asks for what a proposal says, ``draft_field`` names the draft, where
    there is one. Drafts, the newest first, are told to those who may change the procedure. ``taken_back`` is the number of
    what the review proposed last, where that was taken back.
    """

    has_pack: bool
    key: str | None
    title: Text | None
    asks: frozenset[str]
    proposal: Proposal | None = None
    drafts: tuple[Pending, ...] = ()
    draft_field: str = ""
    wanted: str = ""
    taken_back: int | None = None

    @property
    def pending(self) -> Pending | None:
        """The draft that would be proposed now: the one that was chosen, or the only one; None while it is still to be chosen."""
        chosen = next((one for one in self.drafts if one.draft_id == self.wanted), None)
        return self.drafts[0] if chosen is None and len(self.drafts) == 1 else chosen

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
    found = Made(has_pack, key, title(reader, actor, key), asks, proposal)
    if proposal:
        return found
    field = str(fields.get("draft") or "")
    drafts, wanted = tuple(_drafts(reader, actor, key)), str(values.get(field) or "")
    return replace(found, drafts=drafts, draft_field=field, wanted=wanted, taken_back=_taken_back(reader, case_id))


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
        holds_from=max(row.effective_at, row.published_at or row.effective_at),
        awaits=None if row.published_at else PARTS[next_part(signatures_in(row.signatures)) or next(reversed(PARTS))],
        before=_base(reader, row.procedure_key, row.base_number),
        after=Bundle.from_bytes(row.bundle),
        evidence=evidence_from(loads(row.evidence)) if row.evidence else None,
    )


def _drafts(reader: Reader, actor: Actor, key: str) -> Iterator[Pending]:
    if not may_change(reader, actor, key):
        return
    draft = procedure_draft.c
    query = sa.select(procedure_draft, person.c.name).outerjoin(person, person.c.id == draft.person_id)
    query = query.where(draft.procedure_key == key).order_by(draft.saved_at.desc(), draft.id)
    for row in reader.connection.execute(query).all():
        where = (row.id, key, title(reader, actor, key), row.base_number, row.name, row.saved_at)
        yield Pending(*where, _base(reader, key, row.base_number), Bundle.from_bytes(row.bundle))


def _taken_back(reader: Reader, case_id: str) -> int | None:
    """What the review proposed last; asked where nothing that it proposed stands."""
    version = procedure_version.c
    number = reader.connection.execute(sa.select(sa.func.max(version.number)).where(version.review_case_id == case_id)).scalar()
    return None if number is None else int(number)


def _base(reader: Reader, key: str, number: int) -> Bundle:
    version = procedure_version.c
    query = sa.select(version.bundle).where(version.procedure_key == key, version.number == number)
    return Bundle.from_bytes(reader.connection.execute(query).scalar_one())
