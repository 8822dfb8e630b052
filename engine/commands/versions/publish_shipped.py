"""On an empty installation the shipped procedure becomes version 1, unsigned and shown so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from engine.catalogue import describe
from engine.commands.context import Procedures
from engine.commands.schedules.planning import plan_version
from engine.domain.actor import Actor
from engine.domain.events import DirectoryChanged
from engine.domain.ids import new_id
from engine.procedure import Bundle
from engine.storage import tables as t
from engine.storage.journal import Head
from engine.storage.work import Work
from engine.workflow import Model


@dataclass(frozen=True, slots=True)
class PublishShipped:
    """Does nothing when the procedure has any version already: later starts never publish by themselves."""

    bundle: Bundle


def handle(command: PublishShipped, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str | None:
    """The new version's id, or None; Misconfigured when the files cannot be opened."""
    procedure, model = describe(command.bundle)
    there = sa.select(t.procedure_version.c.id).where(t.procedure_version.c.procedure_key == procedure.key)
    if work.connection.execute(there).first():
        return None
    version_id = new_id(now)
    row = {
        "id": version_id,
        "procedure_key": procedure.key,
        "number": 1,
        "digest": procedure.digest,
        "bundle": command.bundle.to_bytes(),
        "model": model,
        "provenance": "shipped",
        "reason_zh": "随产品提供的首个版本",
        "reason_en": "First version, shipped with the product",
        "effective_at": now,
        "published_at": now,
    }
    work.batch.insert(t.procedure_version, row)
    plan_version(work, procedure, Model.from_json(procedure, model), now)
    event = DirectoryChanged("procedure_version", version_id, "published", {"digest": procedure.digest, "number": "1"})
    work.record(Head(), ("procedure", procedure.key), "publish_shipped", [event])
    return version_id
