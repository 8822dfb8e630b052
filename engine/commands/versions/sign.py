"""Three different people sign a proposal, one after the other; with the last signature it is published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.commands.context import Procedures
from engine.commands.schedules.planning import plan_version
from engine.commands.versions import record
from engine.commands.versions.examining import HasObstacles
from engine.commands.versions.propose import require_latest
from engine.commands.versions.waive import unwaived
from engine.domain.actor import Actor
from engine.domain.codec import dumps
from engine.domain.text import Text
from engine.errors import Forbidden, InvalidState
from engine.procedure import Bundle, open_procedure
from engine.procedure.exchange.parts import PARTS
from engine.procedure.exchange.release import write_release
from engine.procedure.exchange.signers import has_signed, may_sign, next_part, signatures_in
from engine.storage import tables as t
from engine.storage.work import Work
from engine.workflow import Model

_OBSTACLES = Text(
    "还有没通过的演练或没落实的条款没有豁免。请在这一版的页上逐条写明理由，再签署。",
    "Failing stories or lost clauses are not waived yet. Give a reason for each on the version's page, then sign.",
)
_TWICE = Text("您已签过这一版。三次签署须由三个人完成。", "You have signed this version. Three different people have to sign.")


@dataclass(frozen=True, slots=True)
class SignVersion:
    """``as_part`` is author, reviewer or approver; left out, the part whose turn it is."""

    procedure_key: str
    number: int
    as_part: str | None = None


@dataclass(frozen=True, slots=True)
class Signed:
    """In which part the person has signed, and whether the version is published now."""

    part: str
    published: bool


def handle(command: SignVersion, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Signed:
    """Forbidden for roles that do not sign in that part and for whoever signed before; InvalidState out of turn,
    HasObstacles while the approver has not waived everything that stands against the version."""
    row = record.held_version(work, command.procedure_key, command.number)
    given = signatures_in(row["signatures"])
    part = _permitted(command, row, given, procedures, actor)
    if part == next(reversed(PARTS)) and (left := unwaived(row, actor)):
        raise HasObstacles(left, _OBSTACLES)
    at = now.isoformat()
    signature = {"part": part, "person": actor.person_id, "name": actor.name, "at": at}
    signature["statement"] = record.statement(row, part, actor.person_id, at)
    signatures = [*given, signature]
    published = next_part(signatures) is None
    changes = {f"{part}_id": actor.person_id, "signatures": dumps(signatures)} | ({"published_at": now} if published else {})
    work.batch.update(t.procedure_version, (row["id"],), changes)
    record.note(work, row, "sign_version", part=part, statement=signature["statement"])
    if published:
        proposed = _proposed(row)
        plan_version(work, proposed, Model.from_json(proposed, row["model"]), row["effective_at"])
        _release({**row, **changes}, work, procedures)
    return Signed(part, published)


def _permitted(
    command: SignVersion, row: Mapping[str, Any], given: list[dict[str, Any]], procedures: Procedures, actor: Actor
) -> str:
    """The part in which the actor signs."""
    turn = next_part(given)
    part = command.as_part or turn or next(reversed(PARTS))
    ruled_by = record.ruling(procedures, command.procedure_key, _proposed(row))
    if part not in PARTS or not may_sign(actor, part, ruled_by):
        said = PARTS.get(part, Text(part, part))
        raise Forbidden(Text(f"您的岗位不能作为“{said.zh}”签署。", f"Your role may not sign as {said.en}."))
    record.require_open(row)
    if has_signed(actor, given):
        raise Forbidden(_TWICE)
    if part != turn:
        said = PARTS[turn or part]
        raise InvalidState(Text(f"现在轮到“{said.zh}”签署。", f"It is the {said.en}'s turn to sign."))
    latest = procedures.catalogue.latest(command.procedure_key)
    if latest is not None:
        require_latest(row["base_number"], latest.number)
    return part


def _proposed(row: Mapping[str, Any]) -> Any:
    return open_procedure(Bundle.from_bytes(row["bundle"]))


def _release(row: Mapping[str, Any], work: Work, procedures: Procedures) -> None:
    # Files are written when the version is published for good: a command that is undone leaves none behind.
    folder, zone = procedures.release_dir, procedures.zone
    work.afterwards.append(lambda: write_release(folder, row, zone))
