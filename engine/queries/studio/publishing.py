"""A draft before it is put forward: what stands against it, each with its place, who will sign, and which review waits for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.procedure import Bundle, Finding
from engine.procedure.check.manifest import PROPOSALS
from engine.procedure.diff.losses import Obstacle, lost_clauses
from engine.procedure.exchange.parts import PARTS
from engine.procedure.exchange.signers import signers_of
from engine.queries import scope
from engine.queries.procedure.drafts import Draft, draft, draft_row
from engine.queries.procedure.rivals import Rivals, rivals
from engine.queries.studio.mends import mends_of_lost
from engine.queries.studio.replaying import Run, digest_now, runs
from engine.queries.studio.trying import Rehearsal, rehearsal
from engine.storage.tables import register_entry, work_item

if TYPE_CHECKING:
    from engine.queries.reader import Reader


@dataclass(frozen=True, slots=True)
class Waiting:
    """A task of a review at which a draft is proposed."""

    item_id: str
    number: str


@dataclass(frozen=True, slots=True)
class Publishing:
    """``lost`` are the clauses that nothing carries any more, ``signers`` the roles that sign in each part, in their order.

    ``replayed`` is the latest finished replay of the draft as it stands: what signers will be shown.
    ``mends`` has by clause the finding with the mend, where what carried a lost clause still stands.
    """

    draft: Draft
    rehearsal: Rehearsal
    lost: tuple[Obstacle, ...]
    signers: tuple[tuple[Text, tuple[Text, ...]], ...]
    waiting: tuple[Waiting, ...]
    rivals: Rivals
    mends: Mapping[str, Finding]
    replayed: Run | None = None

    @property
    def clear(self) -> bool:
        """Whether nothing is known that stands against it."""
        known = self.draft.findings_that_hinder or self.draft.questions.open or self.lost
        return not known and not self.rehearsal.count(held=False)


def publishing(reader: Reader, actor: Actor, draft_id: str) -> Publishing:
    """NotFound and Forbidden as for every page of a draft."""
    found = draft(reader, actor, draft_id)
    base = Bundle.from_bytes(draft_row(reader, actor, draft_id)["base"])
    latest = reader.catalogue.latest(found.procedure_key)
    parts = {} if latest is None else signers_of(latest.procedure)
    roles = {} if latest is None else latest.procedure.roles
    labels = {part: tuple(roles[role].label for role in sorted(allowed) if role in roles) for part, allowed in parts.items()}
    return Publishing(
        draft=found,
        rehearsal=rehearsal(reader, actor, draft_id),
        lost=tuple(lost_clauses(base, found.bundle)),
        signers=tuple((words, labels.get(part, ())) for part, words in PARTS.items()),
        waiting=tuple(_waiting(reader, actor)),
        rivals=rivals(reader, actor, found.procedure_key, found.base_number),
        mends=mends_of_lost(found.findings, base, found.bundle),
        replayed=_replayed(reader, actor, draft_id),
    )


def _replayed(reader: Reader, actor: Actor, draft_id: str) -> Run | None:
    digest = digest_now(reader, actor, draft_id)
    done = (one for one in runs(reader, actor, draft_id) if one.totals and not one.under_way and not one.is_partial)
    return next((one for one in done if one.digest == digest), None)


def _waiting(reader: Reader, actor: Actor) -> Iterator[Waiting]:
    """The open tasks whose form asks for what a proposal says, of the procedures that take proposals."""
    for key in reader.catalogue.keys_in_force(reader.now):
        procedure = reader.catalogue.in_force(key, reader.now).procedure
        fields: Mapping[str, Any] = procedure.manifest.source.mapping(PROPOSALS)
        asked = {fields.get("reason_zh"), fields.get("effective")} - {None}
        tasks = [one.id for one in procedure.elements.values() if (form := procedure.form_of(one.id)) and asked <= set(form.keys)]
        if not asked or not tasks:
            continue
        item, entry = work_item.c, register_entry.c
        query = sa.select(item.id, entry.number).join(register_entry, entry.case_id == item.case_id)
        query = query.where(entry.procedure_key == key, item.status == "open", item.element_id.in_(tasks))
        for row in reader.connection.execute(query.where(scope.may_do_item(actor)).order_by(item.opened_at)):
            yield Waiting(row.id, row.number)
