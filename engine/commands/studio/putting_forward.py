"""A draft of the studio is put forward: a review begins with it, and its tasks ask three people to sign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from engine.catalogue import Published
from engine.commands.context import Procedures, Reading
from engine.commands.schedules.opening import Beginning, open_case, registered
from engine.commands.schedules.start import period_of
from engine.commands.versions import ProposeVersion, drafts, propose, record
from engine.commands.versions.propose import Proposed
from engine.domain.actor import COMPANY, Actor
from engine.domain.text import Text
from engine.domain.values import Value
from engine.errors import NotFound
from engine.procedure import Bundle, Procedure
from engine.procedure.check.manifest import BEGINS, PROPOSALS
from engine.procedure.diagrams.ways import steps_after
from engine.storage import tables as t
from engine.storage.work import Work

_SIGNS = "sign_version"


@dataclass(frozen=True, slots=True)
class PutForward:
    """``ask_waiver``: what stands against it may be waived by the approver, as in ProposeVersion."""

    draft_id: str
    reason: Text
    effective_at: datetime
    ask_waiver: bool = False


def candidate_of(command: ProposeVersion | PutForward, read: Reading) -> Bundle:
    """The files that are to be proposed; NotFound for a draft that is no more."""
    if isinstance(command, ProposeVersion):
        return command.bundle
    with read() as connection:
        query = sa.select(t.procedure_draft.c.bundle).where(t.procedure_draft.c.id == command.draft_id)
        bundle = connection.execute(query).scalar()
    if bundle is None:
        raise NotFound(drafts.NO_DRAFT)
    return Bundle.from_bytes(bundle)


def handle(command: PutForward, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Proposed:
    """The proposal's number; refused as ProposeVersion. Where no procedure takes proposals, it is proposed without a review;
    a review whose proposal was taken back unsigned goes on with it."""
    row = drafts.owned(command.draft_id, work, procedures, actor)
    key = str(row["procedure_key"])
    record.hold(work, key)
    number = propose.next_number(work, key)
    review = _review(procedures, key, now)
    if review is None:
        return propose.handle(_alone(command, row), work, procedures, actor, now)
    propose.require_words(command.reason, command.effective_at, procedures.zone, now)
    waiting = _review_that_waits(work, procedures, key)
    if waiting is not None:
        return propose.handle(replace(_alone(command, row), review_case_id=waiting), work, procedures, actor, now)
    published, fields = review
    begins = str(fields[BEGINS])
    place = Beginning(begins, COMPANY, period_of(work, published, begins, procedures, key))
    session = open_case(work, procedures, published, place, _values(command, key, fields))
    session.finish("start_procedure", registered(session))
    return Proposed(key, number)


def _alone(command: PutForward, row: Mapping[str, Any]) -> ProposeVersion:
    said = (Bundle.from_bytes(row["bundle"]), command.reason, command.effective_at, row["base_number"], row["id"])
    return ProposeVersion(*said, ask_waiver=command.ask_waiver)


def _review_that_waits(work: Work, procedures: Procedures, key: str) -> str | None:
    """The running review whose proposal was taken back while its author was to sign: that task goes on with what is proposed."""
    version, later = t.procedure_version.c, t.procedure_version.alias().c
    query = sa.select(version.review_case_id).join(t.cases, t.cases.c.id == version.review_case_id)
    query = query.where(version.procedure_key == key, version.withdrawn_at.is_not(None), version.signatures.is_(None))
    newer = sa.exists().where(later.review_case_id == version.review_case_id, later.number > version.number)
    waiting = work.connection.execute(query.where(sa.not_(t.cases.c.closed), ~newer).order_by(version.number.desc()))
    return next((str(case_id) for case_id in waiting.scalars() if _is_signing(work, procedures, case_id)), None)


def _is_signing(work: Work, procedures: Procedures, case_id: str) -> bool:
    """Whether a task of the review is open that is followed by a signature; at other tasks it proposes, or ends, by itself."""
    item = t.work_item.c
    query = sa.select(item.element_id, t.cases.c.version_id).join(t.cases, t.cases.c.id == item.case_id)
    open_tasks = work.connection.execute(query.where(item.case_id == case_id, item.status == "open")).all()
    return any(_SIGNS in _asked_after(procedures.catalogue.get(version_id).procedure, task) for task, version_id in open_tasks)


def _asked_after(procedure: Procedure, element_id: str) -> set[str | None]:
    """The operators of the service tasks to which a task leads."""
    diagram = procedure.diagrams[procedure.element(element_id).process_id]
    return {procedure.element(step).operator for step in steps_after(diagram, element_id)}


def _values(command: PutForward, key: str, fields: dict[str, Any]) -> dict[str, Value]:
    said: dict[str, Value] = {
        "procedure": key,
        "reason_zh": command.reason.zh.strip(),
        "reason_en": command.reason.en.strip(),
        "effective": command.effective_at,
        "draft": command.draft_id,
        "ask_waiver": command.ask_waiver,
    }
    return {str(fields[name]): value for name, value in said.items() if name in fields}


def _review(procedures: Procedures, key: str, now: datetime) -> tuple[Published, dict[str, Any]] | None:
    """The procedure in force that takes proposals about this one, with the names of its fields."""
    for candidate in procedures.catalogue.keys_in_force(now):
        published = procedures.catalogue.in_force(candidate, now)
        fields = published.procedure.manifest.source.mapping(PROPOSALS)
        about = published.procedure.vocabulary.get(str(fields.get("procedure")))
        if BEGINS in fields and about is not None and about.choice(key) is not None:
            return published, dict(fields)
    return None
