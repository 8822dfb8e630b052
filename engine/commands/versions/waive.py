"""The approver waives what stands against a proposal: each story that fails and each clause that is lost, with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.commands.context import Procedures
from engine.commands.versions import record
from engine.domain.actor import Actor
from engine.domain.codec import dumps, loads
from engine.domain.text import Text
from engine.errors import Forbidden, InvalidValues, NotFound
from engine.procedure import Bundle, open_procedure
from engine.procedure.diff.losses import Obstacle, evidence_from
from engine.procedure.exchange.parts import PARTS
from engine.procedure.exchange.signers import has_signed, may_sign, signatures_in
from engine.storage import tables as t
from engine.storage.work import Work

LONGEST = 500
_WHY = Text(f"请写明为什么可以豁免，最多 {LONGEST} 字。", f"Say why it may be waived, in {LONGEST} characters at most.")
_WRONG = Text("有的理由还没写好，请看下面。", "Some reasons are not complete yet: see below.")
_NOT_APPROVER = Text("只有这一版的批准人可以豁免。", "Only the approver of this version may waive anything.")
_NOTHING = Text("请先勾选要豁免的。", "Tick what is to be waived first.")
_NONE = Text("这一版没有这条问题。", "Nothing such stands against this version.")


@dataclass(frozen=True, slots=True)
class WaiveObstacles:
    """``reasons``: the key of an obstacle to why it may stand; each is kept on its own, also where many have one reason."""

    procedure_key: str
    number: int
    reasons: Mapping[str, str]


def handle(command: WaiveObstacles, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> None:
    """Forbidden for who may not approve or has signed in another part; InvalidValues by key for reasons that are missing."""
    row = record.held_version(work, command.procedure_key, command.number)
    record.require_open(row)
    proposed = open_procedure(Bundle.from_bytes(row["bundle"]))
    part = next(reversed(PARTS))
    ruled_by = record.ruling(procedures, command.procedure_key, proposed)
    if not may_sign(actor, part, ruled_by) or has_signed(actor, signatures_in(row["signatures"])):
        raise Forbidden(_NOT_APPROVER)
    known = {one.key for one in obstacles_of(row)}
    reasons = {key: reason.strip() for key, reason in command.reasons.items()}
    if not reasons:
        raise InvalidValues(_NOTHING)
    if not reasons.keys() <= known:
        raise NotFound(_NONE)
    wrong = {key: _WHY for key, reason in reasons.items() if not 0 < len(reason) <= LONGEST}
    if wrong:
        raise InvalidValues(_WRONG, wrong)
    given = {
        key: {"person": actor.person_id, "name": actor.name, "at": now.isoformat(), "reason": reason}
        for key, reason in reasons.items()
    }
    work.batch.update(t.procedure_version, (row["id"],), {"waivers": dumps({**waivers_in(row), **given})})
    record.note(work, row, "waive_obstacles", **reasons)


def obstacles_of(row: Mapping[str, Any]) -> tuple[Obstacle, ...]:
    """What stood against a version when it was proposed."""
    return evidence_from(loads(row["evidence"])).obstacles if row["evidence"] else ()


def waivers_in(row: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """The waivers that a version's row holds: person, name, moment and reason by the obstacle's key."""
    return dict(loads(row["waivers"])) if row["waivers"] else {}


def unwaived(row: Mapping[str, Any], actor: Actor) -> tuple[Obstacle, ...]:
    """What the approver has not waived; another's waiver is none of theirs."""
    own = {key for key, waiver in waivers_in(row).items() if waiver["person"] == actor.person_id}
    return tuple(one for one in obstacles_of(row) if one.key not in own)
