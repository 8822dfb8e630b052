"""A changed procedure is put forward, to be signed and to come into force at a moment."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from engine.catalogue import Published
from engine.commands.context import Procedures
from engine.commands.versions import record, steps
from engine.commands.versions.examining import Candidate, HasObstacles, examined, proven
from engine.commands.versions.replayed import replays_of
from engine.domain.actor import Actor
from engine.domain.codec import dumps
from engine.domain.ids import new_id
from engine.domain.text import Text
from engine.errors import Conflict, InvalidValues
from engine.procedure import Bundle
from engine.procedure.exchange.examining import kept
from engine.procedure.trying import Stopped
from engine.storage import tables as t
from engine.storage.work import Work

LONGEST_REASON = 2000
PROVENANCE = "company"
_UNREADABLE = Text("提出的内容还不完整，请看下面。", "The proposal is not complete yet: see below.")
_REASON = Text(f"请写明为什么改，最多 {LONGEST_REASON} 字。", f"Say why it is changed, in {LONGEST_REASON} characters at most.")
_PAST = Text("生效时间不能早于今天。", "It cannot come into force before today.")
_OBSTACLES = Text(
    "还有演练没有通过，或有条款没有落实，不能提出。请先改正，或提请批准人写明理由豁免。",
    "Stories fail or clauses are lost, so it cannot be proposed. Mend them, or ask the approver to waive them with a reason.",
)
_SAME = Text("与已发布的版本相比没有改动。", "Nothing differs from the published version.")


@dataclass(frozen=True, slots=True)
class ProposeVersion:
    """``base_number`` is the version that was changed; None takes the one published last; its draft goes.

    ``review_case_id`` is the review that makes the version. With ``ask_waiver`` stories that fail and clauses that are lost
    do not refuse it: the approver has to waive each with a reason.
    """

    bundle: Bundle
    reason: Text
    effective_at: datetime
    base_number: int | None = None
    draft_id: str | None = None
    review_case_id: str | None = None
    ask_waiver: bool = False


@dataclass(frozen=True, slots=True)
class Proposed:
    """Where the proposal stands now."""

    procedure_key: str
    number: int


def handle(command: ProposeVersion, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Proposed:
    """The proposal's number; HasFindings while the check has errors, Conflict when the base is no longer the latest version,
    HasObstacles while stories fail or clauses are lost and no waiver is asked for."""
    bundle = kept(command.bundle)
    require_tried(bundle, procedures)
    candidate = examined(bundle)
    key = candidate.procedure.key
    record.require_owner(actor, record.ruling(procedures, key, candidate.procedure))
    require_words(command.reason, command.effective_at, procedures.zone, now)
    latest = _require_base(command, procedures, candidate, now)
    base = None if latest is None else latest.number
    found = proven(None if latest is None else latest.procedure.bundle, candidate, procedures.stories)
    if found.obstacles and not command.ask_waiver:
        raise HasObstacles(found.obstacles, _OBSTACLES)
    # What an owner has sent through the draft as it is, or as its canonical form is.
    replays = replays_of(work, (command.bundle.digest, candidate.bundle.digest))
    proof = dumps(replace(found, replays=replays).as_data())
    record.hold(work, key)
    number, reason = next_number(work, key), (command.reason.zh.strip(), command.reason.en.strip())
    row = {
        "id": new_id(now),
        "procedure_key": key,
        "number": number,
        "digest": candidate.bundle.digest,
        "bundle": candidate.bundle.to_bytes(),
        "model": candidate.model,
        "provenance": PROVENANCE,
        "reason_zh": reason[0],
        "reason_en": reason[1],
        "effective_at": command.effective_at,
        "base_number": base,
        "review_case_id": command.review_case_id,
        "proposed_by": actor.person_id,
        "proposed_at": now,
        "evidence": proof,
    }
    work.batch.insert(t.procedure_version, row)
    if command.draft_id is not None:
        work.batch.delete(t.procedure_draft, t.procedure_draft.c.id == command.draft_id)
        steps.forget(work, command.draft_id)
    effective = command.effective_at.isoformat()
    told = {"reason_zh": reason[0], "reason_en": reason[1], "effective_at": effective, "base": str(base)}
    record.note(work, row, "propose_version", **told, evidence=proof)
    return Proposed(key, number)


def require_tried(bundle: Bundle, procedures: Procedures) -> None:
    """NotTried until the files were checked and their stories played: nobody waits for that in a transaction."""
    with suppress(Stopped):
        procedures.stories(bundle)


def require_words(reason: Text, effective_at: datetime, zone: ZoneInfo, now: datetime) -> None:
    """InvalidValues by ``reason`` and ``effective`` for what cannot be put into the record."""
    wrong = {}
    if not all(0 < len(text.strip()) <= LONGEST_REASON for text in (reason.zh, reason.en)):
        wrong["reason"] = _REASON
    today = datetime.combine(now.astimezone(zone).date(), time(), zone)
    if effective_at < today:
        wrong["effective"] = _PAST
    if wrong:
        raise InvalidValues(_UNREADABLE, wrong)


def _require_base(command: ProposeVersion, procedures: Procedures, candidate: Candidate, now: datetime) -> Published | None:
    latest = procedures.catalogue.latest(candidate.procedure.key)
    if latest is None:
        return None
    if _is_same(latest.procedure.bundle, candidate.bundle):
        raise InvalidValues(_SAME)
    require_latest(command.base_number, latest.number)
    if now < latest.effective_at and command.effective_at < latest.effective_at:
        text = _too_early(latest, procedures.zone)
        raise InvalidValues(_UNREADABLE, {"effective": text})
    return latest


def _too_early(latest: Published, zone: ZoneInfo) -> Text:
    """It holds what the version before brings: in force earlier it would bring that too, and give way to it later."""
    moment = f"{latest.effective_at.astimezone(zone):%Y-%m-%d %H:%M}"
    return Text(
        f"这次改动以第 {latest.number} 版为底，第 {latest.number} 版 {moment} 才生效；不能早于这个时刻。",
        f"The change is made to version {latest.number}, which comes into force on {moment}: it cannot hold before that.",
    )


def _is_same(standing: Bundle, proposed: Bundle) -> bool:
    # What was shipped stands as it came, a proposal is written canonically; only the files that differ are written so here.
    differing = {path: data for path, data in standing.files.items() if proposed.files.get(path) != data}
    as_proposed = Bundle({**proposed.files, **kept(Bundle(differing)).files})
    return as_proposed.digest == proposed.digest and proposed.files.keys() <= standing.files.keys()


def require_latest(base: int | None, latest: int) -> None:
    """Conflict when what was changed is not the version published last: the changes made since would be undone unseen."""
    if base not in (None, latest):
        text = Text(
            f"这些改动以第 {base} 版为底，而第 {latest} 版已经发布。请下载第 {latest} 版，在它上面再改。",
            f"These changes were made to version {base}, but version {latest} is published. Download {latest} and change that.",
        )
        raise Conflict(text)


def next_number(work: Work, procedure_key: str) -> int:
    """The number that the next proposal gets."""
    columns = t.procedure_version.c
    query = sa.select(sa.func.max(columns.number)).where(columns.procedure_key == procedure_key)
    return int(work.connection.execute(query).scalar() or 0) + 1
