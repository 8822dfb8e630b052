"""A replay as its pages tell it: totals, diagrams and one case's before and after, with the names that people use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import NotFound
from engine.procedure import Bundle, Procedure
from engine.procedure.findings import Findings
from engine.procedure.procedure import assemble
from engine.procedure.reading import read_all
from engine.queries.procedure.reading import diagrams
from engine.queries.studio.replaying.runs import Run, bundles, outcome, run

if TYPE_CHECKING:
    from engine.queries.reader import Reader

SIDES = ("before", "after")
#: How warm the elements are drawn: in so many steps from the least to the most passed.
STEPS = 5
_NO_SHEET = Text("这次回放里没有这张图。", "The replay has no such diagram.")
_NOBODY = Text("无", "nobody")


@dataclass(frozen=True, slots=True)
class LimitLine:
    """One limit over all cases: how many runs were kept, missed or running, before and after, and what became of them."""

    label: Text
    before: Mapping[str, int]
    after: Mapping[str, int]
    newly_missed: int
    newly_kept: int


@dataclass(frozen=True, slots=True)
class Line:
    """A role with the tasks that are more and fewer for it."""

    label: Text
    added: int
    gone: int


@dataclass(frozen=True, slots=True)
class StuckLine:
    """An element at which so many cases get stuck, and why in one word."""

    element: str
    label: Text
    kind: str
    cases: int


@dataclass(frozen=True, slots=True)
class Told:
    """A run with its totals in lines; no lines before it is done."""

    run: Run
    limits: tuple[LimitLine, ...] = ()
    roles: tuple[Line, ...] = ()
    stuck: tuple[StuckLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A diagram that can be shown: its process, file and name, and whether anything of it went otherwise."""

    process_id: str
    name: Text
    differs: bool


@dataclass(frozen=True, slots=True)
class Passed:
    """How often an element was passed, before and after; ``step`` says how warm it is drawn, 0 for not at all.

    An element that nobody gave a name has None.
    """

    element: str
    label: Text | None
    before: int
    after: int
    step: int


@dataclass(frozen=True, slots=True)
class Heat:
    """One diagram with what was passed on it; ``names`` are those drawn."""

    run: Run
    sheets: tuple[Sheet, ...]
    sheet: Sheet
    passed: tuple[Passed, ...]
    names: Mapping[str, Text]


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
    """One case before and after; ``gone`` and ``new`` are the elements of the sheet passed on one side alone."""

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


def told(reader: Reader, actor: Actor, run_id: str) -> Told:
    """The run; NotFound when there is none such, Forbidden for those who may not change the procedure."""
    found = run(reader, actor, run_id)
    if found.totals is None:
        return Told(found)
    both, totals = _procedures(reader, actor, run_id), found.totals
    return Told(
        found,
        tuple(_limit_line(both, key, counts) for key, counts in totals["limits"].items()),
        tuple(Line(_role(both, key), counts["added"], counts["gone"]) for key, counts in totals["roles"].items()),
        tuple(
            StuckLine(place["element"] or "", _label(both, place["element"] or ""), place["kind"], place["cases"])
            for place in totals["stuck_at"]
        ),
    )


def heat(reader: Reader, actor: Actor, run_id: str, process_id: str = "") -> Heat:
    """One diagram of what was played through, warm where many cases pass; NotFound for a diagram that there is not."""
    found = run(reader, actor, run_id)
    both = _procedures(reader, actor, run_id)
    counts = (found.totals or {}).get("elements", {})
    after = both[1]
    sheets = tuple(
        Sheet(one.process_id, one.name, any(_differs(counts.get(own)) for own in _elements(after, one.process_id)))
        for one in diagrams(after)
    )
    sheet = next((one for one in sheets if one.process_id == (process_id or after.main)), None)
    if sheet is None:
        raise NotFound(_NO_SHEET)
    own = {element: counts.get(element, {}) for element in _elements(after, sheet.process_id)}
    most = max((count.get("after", 0) for count in own.values()), default=0)
    passed = tuple(
        Passed(element, _given(after, element), count.get("before", 0), count.get("after", 0), _step(count.get("after", 0), most))
        for element, count in own.items()
    )
    return Heat(found, sheets, sheet, passed, _names(after, sheet.process_id))


def case(reader: Reader, actor: Actor, run_id: str, case_id: str, process_id: str = "") -> CaseTold:
    """One case of a run; NotFound for one that the actor may not read."""
    found, kept = run(reader, actor, run_id), outcome(reader, actor, run_id, case_id)
    both = _procedures(reader, actor, run_id)
    paths = {side: kept["path"][side] or () for side in SIDES}
    counts = {side: Counter(path) for side, path in paths.items()}
    sheets = tuple(_sheets(both, counts))
    first = next((one for one in sheets if one.differs), sheets[0] if sheets else None)
    sheet = next((one for one in sheets if one.process_id == process_id), first)
    on_it = {own for procedure in both for own in _elements(procedure, sheet.process_id)} if sheet else set()
    stuck = kept["stuck"]
    return CaseTold(
        run=found,
        case_id=case_id,
        number=kept["number"],
        outcome=kept,
        ended={side: _moment(kept["ended"][side]) for side in SIDES},
        stuck_at=_label(both, stuck["element"] or "") if stuck else None,
        limits=tuple(_case_limit(both, limit) for limit in kept["limits"]),
        tasks=tuple(_case_tasks(both, kept["work"])),
        unused=tuple((_action(both, each["what"]), _at(each["at"])) for each in kept["unused"]),
        sheets=sheets,
        sheet=sheet,
        passed={side: tuple(sorted(on_it & counts[side].keys())) for side in SIDES},
        gone=tuple(sorted(own for own in on_it if counts["before"][own] > counts["after"][own])),
        new=tuple(sorted(own for own in on_it if counts["after"][own] > counts["before"][own])),
        names=_names(both[1], sheet.process_id) | _names(both[0], sheet.process_id) if sheet else {},
    )


def drawing(reader: Reader, actor: Actor, run_id: str, side: str, process_id: str) -> bytes:
    """A diagram as it was before, or as it was played through; NotFound where there is none."""
    found = _procedures(reader, actor, run_id)[SIDES.index(side)].diagrams.get(process_id) if side in SIDES else None
    if found is None:
        raise NotFound(_NO_SHEET)
    return found.xml


def _procedures(reader: Reader, actor: Actor, run_id: str) -> tuple[Procedure, Procedure]:
    before, after = bundles(reader, actor, run_id)
    return _read(before), _read(after)


@lru_cache(maxsize=8)
def _read(bundle: Bundle) -> Procedure:
    # A draft with faults has names too.
    return assemble(read_all(bundle, Findings()))


def _limit_line(both: Sequence[Procedure], key: str, counts: Mapping[str, int]) -> LimitLine:
    sides = [{kind: counts.get(f"{kind}_{side}", 0) for kind in ("kept", "missed", "running")} for side in SIDES]
    return LimitLine(_limit(both, key), sides[0], sides[1], counts.get("newly_missed", 0), counts.get("newly_kept", 0))


def _case_limit(both: Sequence[Procedure], limit: Mapping[str, Any]) -> CaseLimit:
    before, after = (_timed(limit[side]) for side in SIDES)
    return CaseLimit(_limit(both, limit["key"]), limit["round"], before, after, limit["change"], limit["assumed"])


def _case_tasks(both: Sequence[Procedure], work: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[CaseTask]:
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
        yield CaseTask(_label(both, key[0]), _role(both, (now or was or {})["role"]), _timed(was), _timed(now))


def _sheets(both: Sequence[Procedure], counts: Mapping[str, Counter[str]]) -> Iterator[Sheet]:
    """The diagrams that the case has come to, those of the draft first."""
    known = {one.process_id: one.name for procedure in reversed(both) for one in diagrams(procedure)}
    ordered = [one.process_id for one in diagrams(both[1])]
    for process_id in dict.fromkeys((*ordered, *known)):
        own = {element for procedure in both for element in _elements(procedure, process_id)}
        before, after = ({element: counts[side][element] for element in own} for side in SIDES)
        if any(before.values()) or any(after.values()):
            yield Sheet(process_id, known[process_id], before != after)


def _elements(procedure: Procedure, process_id: str) -> list[str]:
    return [own for own, element in procedure.elements.items() if element.process_id == process_id]


def _names(procedure: Procedure, process_id: str) -> dict[str, Text]:
    return {own: procedure.elements[own].label for own in _elements(procedure, process_id)}


def _given(procedure: Procedure, element: str) -> Text | None:
    label = procedure.label(element)
    return None if label.zh == element else label


def _label(both: Sequence[Procedure], element: str) -> Text:
    return next((one.label(element) for one in reversed(both) if element in one.elements), Text(element, element))


def _limit(both: Sequence[Procedure], key: str) -> Text:
    return next((one.limits[key] for one in reversed(both) if key in one.limits), Text(key, key))


def _role(both: Sequence[Procedure], key: str) -> Text:
    return next((one.roles[key].label for one in reversed(both) if key in one.roles), Text(key, key) if key else _NOBODY)


def _action(both: Sequence[Procedure], key: str) -> Text:
    return next((one.actions[key].name for one in both if key in one.actions), _label(both, key))


def _differs(count: Mapping[str, int] | None) -> bool:
    return count is not None and count["before"] != count["after"]


def _step(count: int, most: int) -> int:
    return 0 if not count else max(1, -(-count * STEPS // most))


def _timed(told: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    if told is None:
        return None
    return {name: _moment(value) if name.endswith("_at") else value for name, value in told.items()}


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)
