"""One case of a replay before and after: its way, its deadlines, its tasks, and what found no place any more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.queries.procedure.reading import diagrams
from engine.queries.studio.replaying.apart import Apart
from engine.queries.studio.replaying.names import (
    SIDES,
    Both,
    Sheet,
    action_of,
    at,
    elements_of,
    label_of,
    limit_of,
    moment,
    names_on,
    procedures,
    role_of,
    timed,
)
from engine.queries.studio.replaying.runs import Run, estate_of, outcome, run

if TYPE_CHECKING:
    from engine.queries.reader import Reader

RESTRICTED = Text(
    "停在一个限阅的步骤里，是哪一步、为什么，只告诉办理它的人。请用演练走一遍这张图。",
    "It stops at a restricted step; which and why is told to those who do it. Rehearse this diagram to see.",
)


@dataclass(frozen=True, slots=True)
class CaseLimit:
    """One run of a limit of the case: due, stopped and how it came out, before and after."""

    label: Text
    round: int
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    change: str
    assumed: bool


@dataclass(frozen=True, slots=True)
class CaseTask:
    """One task of the case; a side without it is None, else its beginning, end and how it ended."""

    label: Text
    role: Text
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class CaseTold:
    """One case before and after; ``gone`` and ``new`` are the elements of the sheet passed on one side alone.

    Restricted steps of which the reader is not told are in none of it; ``apart`` says that the procedure has such, whether or
    not the case came to them.
    """

    run: Run
    case_id: str
    number: str
    outcome: Mapping[str, Any]
    ended: Mapping[str, datetime | None]
    stuck_at: Text | None
    limits: tuple[CaseLimit, ...]
    tasks: tuple[CaseTask, ...]
    unused: tuple[tuple[Text, datetime], ...]
    sheets: tuple[Sheet, ...]
    sheet: Sheet | None
    passed: Mapping[str, tuple[str, ...]]
    gone: tuple[str, ...]
    new: tuple[str, ...]
    names: Mapping[str, Text]
    apart: bool
    why_stuck: Text | None


def case(reader: Reader, actor: Actor, run_id: str, case_id: str, process_id: str = "") -> CaseTold:
    """One case of a run; NotFound for one that the actor may not read."""
    found, kept = run(reader, actor, run_id), outcome(reader, actor, run_id, case_id)
    both = procedures(reader, actor, run_id)
    apart = Apart.of(both, actor, estate_of(reader, actor, case_id))
    paths = {side: [own for own in kept["path"][side] or () if own not in apart.hidden] for side in SIDES}
    counts = {side: Counter(path) for side, path in paths.items()}
    sheets = tuple(_sheets(both, counts))
    first = next((one for one in sheets if one.differs), sheets[0] if sheets else None)
    sheet = next((one for one in sheets if one.process_id == process_id), first)
    on_it = {own for procedure in both for own in elements_of(procedure, sheet.process_id)} if sheet else set()
    stuck = kept["stuck"]
    return CaseTold(
        run=found,
        case_id=case_id,
        number=kept["number"],
        outcome=kept,
        ended={side: moment(kept["ended"][side]) for side in SIDES},
        stuck_at=label_of(both, apart.told(stuck["element"] or "")) if stuck else None,
        limits=tuple(_case_limit(both, limit) for limit in kept["limits"] if limit["key"] not in apart.limits),
        tasks=tuple(_case_tasks(both, _told_of(kept["work"], apart))),
        unused=tuple(
            (action_of(both, each["what"]), at(each["at"])) for each in kept["unused"] if each["what"] not in apart.hidden
        ),
        sheets=sheets,
        sheet=sheet,
        passed={side: tuple(sorted(on_it & counts[side].keys())) for side in SIDES},
        gone=tuple(sorted(own for own in on_it if counts["before"][own] > counts["after"][own])),
        new=tuple(sorted(own for own in on_it if counts["after"][own] > counts["before"][own])),
        names=names_on(both[1], sheet.process_id) | names_on(both[0], sheet.process_id) if sheet else {},
        apart=bool(apart.hidden),
        why_stuck=_why(stuck, apart) if stuck else None,
    )


def _told_of(work: Mapping[str, Sequence[Mapping[str, Any]]], apart: Apart) -> dict[str, list[Mapping[str, Any]]]:
    return {side: [task for task in work[side] if task["element"] not in apart.hidden] for side in SIDES}


def _why(stuck: Mapping[str, Any], apart: Apart) -> Text:
    # The sentence names what is asked there.
    return RESTRICTED if stuck["element"] in apart.hidden else Text(stuck["zh"], stuck["en"])


def _case_limit(both: Both, limit: Mapping[str, Any]) -> CaseLimit:
    before, after = (timed(limit[side]) for side in SIDES)
    return CaseLimit(limit_of(both, limit["key"]), limit["round"], before, after, limit["change"], limit["assumed"])


def _case_tasks(both: Both, work: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[CaseTask]:
    """The tasks of both sides beside each other, in the order in which they opened: the same one of the same task."""
    sides: list[dict[tuple[str, int], Mapping[str, Any]]] = []
    for side in SIDES:
        met: Counter[str] = Counter()
        named = {}
        for task in work[side]:
            met[task["element"]] += 1
            named[task["element"], met[task["element"]]] = task
        sides.append(named)
    order = sorted({**sides[0], **sides[1]}, key=lambda key: (sides[1].get(key) or sides[0][key])["opened_at"] or "")
    for key in order:
        was, now = (side.get(key) for side in sides)
        yield CaseTask(label_of(both, key[0]), role_of(both, (now or was or {})["role"]), timed(was), timed(now))


def _sheets(both: Both, counts: Mapping[str, Counter[str]]) -> Iterator[Sheet]:
    """The diagrams that the case has come to, those of the draft first."""
    known = {one.process_id: one.name for procedure in reversed(both) for one in diagrams(procedure)}
    ordered = [one.process_id for one in diagrams(both[1])]
    for process_id in dict.fromkeys((*ordered, *known)):
        own = {element for procedure in both for element in elements_of(procedure, process_id)}
        before, after = ({element: counts[side][element] for element in own} for side in SIDES)
        if any(before.values()) or any(after.values()):
            yield Sheet(process_id, known[process_id], before != after)
