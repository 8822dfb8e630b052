"""What a replay came to: its run with the totals by limit, by role, and where cases get stuck."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.queries.studio.replaying.apart import Apart
from engine.queries.studio.replaying.names import SIDES, Both, label_of, limit_of, procedures, role_of
from engine.queries.studio.replaying.runs import Run, run

if TYPE_CHECKING:
    from engine.queries.reader import Reader


@dataclass(frozen=True, slots=True)
class LimitLine:
    """One limit over all cases: how many runs were kept, missed or running, before and after, and what became of them."""

    key: str
    label: Text
    before: Mapping[str, int]
    after: Mapping[str, int]
    newly_missed: int
    newly_kept: int


@dataclass(frozen=True, slots=True)
class Line:
    """A role with the tasks that are more and fewer for it."""

    key: str
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
    """A run with its totals in lines; no lines while it is under way.

    ``apart`` says that there are restricted steps which the reader is not told apart: the activity around them is named.
    """

    run: Run
    limits: tuple[LimitLine, ...] = ()
    roles: tuple[Line, ...] = ()
    stuck: tuple[StuckLine, ...] = ()
    apart: bool = False


def told(reader: Reader, actor: Actor, run_id: str) -> Told:
    """The run; NotFound when there is none such, Forbidden for those who may not change the procedure."""
    found = run(reader, actor, run_id)
    if found.totals is None or found.under_way:
        return Told(found)
    both, totals = procedures(reader, actor, run_id), found.totals
    apart = Apart.of(both, actor, None)
    return Told(
        found,
        tuple(_limit_line(both, key, counts) for key, counts in totals["limits"].items()),
        tuple(Line(key, role_of(both, key), counts["added"], counts["gone"]) for key, counts in totals["roles"].items()),
        tuple(_stuck(both, apart, totals["stuck_at"])),
        bool(apart.hidden),
    )


def _stuck(both: Both, apart: Apart, places: Sequence[Mapping[str, Any]]) -> Iterator[StuckLine]:
    counted: Counter[tuple[str, str]] = Counter()
    for place in places:
        counted[apart.told(place["element"] or ""), place["kind"]] += place["cases"]
    for (element, kind), cases in counted.most_common():
        yield StuckLine(element, label_of(both, element), kind, cases)


def _limit_line(both: Both, key: str, counts: Mapping[str, int]) -> LimitLine:
    sides = [{kind: counts.get(f"{kind}_{side}", 0) for kind in ("kept", "missed", "running")} for side in SIDES]
    return LimitLine(key, limit_of(both, key), sides[0], sides[1], counts.get("newly_missed", 0), counts.get("newly_kept", 0))
