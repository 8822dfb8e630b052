"""The way back: a case that an order moved follows its old version again, unless it has done what that one does not know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.commands.context import Procedures
from engine.commands.incidents.bulk import case_of, order
from engine.commands.incidents.migrate_case import ACTION, BACK, MOVED, RECOMPUTE, move, noted, opened, target
from engine.commands.receipt import Receipt
from engine.commands.session import CaseSession, permits
from engine.domain import events as ev
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import InvalidState
from engine.procedure import Procedure
from engine.storage.journal import read_stream
from engine.storage.work import Work

NOT_MOVED = Text(
    "这件投诉没有按这次换版换过，不用换回。", "This case was not moved by this order: there is nothing to take back."
)
MOVED_SINCE = Text(
    "这件投诉后来又换过版本，请从它现在的版本换。",
    "The case has been moved again since: move it from the version that it follows now.",
)


@dataclass(frozen=True, slots=True)
class GoBack:
    """The case of an order follows the version again from which it was moved."""

    run_id: str
    case_id: str
    reason: str


def handle(command: GoBack, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Receipt:
    """InvalidState, with the first thing in the way, when the old version does not know what was done since."""
    found = order(work, procedures, actor, command.run_id)
    session = opened(command.case_id, work, procedures, actor)
    row = case_of(work, command.run_id, command.case_id)
    if row["state"] != MOVED:
        raise InvalidState(NOT_MOVED)
    to = target(session, row["from_version"])
    in_the_way = _unknown_to(session, to.procedure, to.number, found["version_id"])
    if in_the_way is not None:
        raise InvalidState(in_the_way)
    session.personal["reason"] = permits.require_words("reason", command.reason, reason=True)
    move(session, to, found["timers"] == RECOMPUTE)
    back = {"state": BACK, "back_by": actor.person_id, "back_at": now, "problem_zh": None, "problem_en": None}
    noted(work, command.run_id, command.case_id, back)
    session.fire_due()
    return session.finish(ACTION, Text(f"已换回第 {to.number} 版。", f"The case follows version {to.number} again."))


def _unknown_to(session: CaseSession, old: Procedure, number: int, version_id: str) -> Text | None:
    since = _since(session)
    if since is None or since[0].to_version != version_id:
        return MOVED_SINCE
    present = session.published.procedure
    names = next(_unknown(since[1], session, old, present), None)
    if names is None:
        return None
    return Text(
        f"换版后这件投诉已经有“{names.zh}”，第 {number} 版没有，不能换回。",
        f"The case has “{names.en}” since it was moved, which version {number} does not know: it cannot go back.",
    )


def _since(session: CaseSession) -> tuple[ev.CaseMigrated, Sequence[ev.Event]] | None:
    """The latest move, and what happened to the case after it."""
    latest, after = None, list[ev.Event]()
    for entry in read_stream(session.work.connection, "case", session.case_id):
        for event in entry.events:
            after.append(event)
            if isinstance(event, ev.CaseMigrated):
                latest, after = event, []
    return None if latest is None else (latest, after)


def _unknown(events: Sequence[ev.Event], session: CaseSession, old: Procedure, present: Procedure) -> Iterator[Text]:
    """What the case has done, has open, has been told or counts that the old version does not have."""
    instance = session.instance
    passed = [element_id for event in events if isinstance(event, ev.StepTaken) for element_id in event.passed]
    for element_id in (*passed, *(item.element_id for item in instance.open_items)):
        if element_id not in old.elements:
            yield present.label(element_id)
    for key, value in instance.values.items():
        if value is not None and key in present.vocabulary and key not in old.vocabulary:
            yield present.vocabulary[key].label
    for event in events:
        if isinstance(event, ev.LimitOpened) and event.key not in old.limits:
            yield Text(event.name_zh, event.name_en)
