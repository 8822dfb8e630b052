"""The rows of versions and drafts as the commands read them, and who may do what with them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from engine.commands.context import Procedures
from engine.domain.actor import Actor
from engine.domain.codec import dumps
from engine.domain.events import DirectoryChanged
from engine.domain.text import Text
from engine.errors import Forbidden, InvalidState, NotFound
from engine.procedure import Procedure
from engine.procedure.exchange.signers import is_owner
from engine.storage import tables as t
from engine.storage.journal import head_of
from engine.storage.work import Work

_NO_VERSION = Text("没有这一版规程。", "There is no such version of the procedure.")
_NOT_OPEN = Text("这一版已经发布或撤回，不能再改。", "This version is published or withdrawn and cannot be changed any more.")
_NOT_OWNER = Text(
    "只有规程负责人或管理员可以提出、更改规程。", "Only the owner of the procedure or an administrator may propose changes to it."
)


def version_row(work: Work, procedure_key: str, number: int) -> Mapping[str, Any]:
    """The version of that number; NotFound when there is none."""
    columns = t.procedure_version.c
    query = sa.select(t.procedure_version).where(columns.procedure_key == procedure_key, columns.number == number)
    row = work.connection.execute(query).mappings().first()
    if row is None:
        raise NotFound(_NO_VERSION)
    return dict(row)


def held_version(work: Work, procedure_key: str, number: int) -> Mapping[str, Any]:
    """The same as it stands once whoever changes a version of the procedure is done; none of them changes until this is over."""
    hold(work, procedure_key)
    return version_row(work, procedure_key, number)


def hold(work: Work, procedure_key: str) -> None:
    """Nobody else signs, proposes or takes back a version of the procedure until this transaction ends."""
    # Whoever does any of it writes into the procedure's own stream: that is locked before anything is read, not after.
    head_of(work.connection, "procedure", procedure_key)


def require_open(row: Mapping[str, Any]) -> None:
    """InvalidState unless the version is still a proposal."""
    if row["published_at"] is not None or row["withdrawn_at"] is not None:
        raise InvalidState(_NOT_OPEN)


def ruling(procedures: Procedures, procedure_key: str, proposed: Procedure) -> Procedure:
    """The procedure that says who may: the version published last, or the proposed one when there is none."""
    latest = procedures.catalogue.latest(procedure_key)
    return proposed if latest is None else latest.procedure


def require_owner(actor: Actor, ruled_by: Procedure) -> None:
    """Forbidden for everybody who does not answer for the procedure."""
    if not is_owner(actor, ruled_by):
        raise Forbidden(_NOT_OWNER)


def statement(row: Mapping[str, Any], part: str, person_id: str, at: str) -> str:
    """SHA-256 (hex) over what a person signs: the version's digest, number, reason and date, and who signs as what, when."""
    names = ("procedure_key", "number", "digest", "reason_zh", "reason_en")
    signed = [*(str(row[name]) for name in names), row["effective_at"].isoformat(), part, person_id, at]
    return hashlib.sha256(dumps(signed).encode()).hexdigest()


def note(work: Work, row: Mapping[str, Any], change: str, **content: str) -> None:
    """Write one entry into the procedure's own stream of the journal."""
    stream = ("procedure", str(row["procedure_key"]))
    told = {"number": str(row["number"]), "digest": row["digest"], **content}
    event = DirectoryChanged(t.procedure_version.name, row["id"], change, told)
    work.record(head_of(work.connection, *stream), stream, change, [event])
