"""One diagram of a replay: how often each element was passed, drawn the warmer the more cases come there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import NotFound
from engine.queries.procedure.reading import diagrams
from engine.queries.studio.replaying.apart import Apart
from engine.queries.studio.replaying.names import NO_SHEET, SIDES, Sheet, elements_of, given, names_on, procedures
from engine.queries.studio.replaying.runs import Run, run

if TYPE_CHECKING:
    from engine.queries.reader import Reader

#: How warm the elements are drawn: in so many steps from the least to the most passed.
STEPS = 5


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

    @property
    def differs(self) -> bool:
        """Whether it is passed more or less often."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Heat:
    """One diagram with what was passed on it; ``names`` are those drawn.

    ``apart`` says that it has restricted steps, of which the reader is not told how often they were passed.
    """

    run: Run
    sheets: tuple[Sheet, ...]
    sheet: Sheet
    passed: tuple[Passed, ...]
    names: Mapping[str, Text]
    apart: bool = False


def heat(reader: Reader, actor: Actor, run_id: str, process_id: str = "") -> Heat:
    """One diagram of what was played through, warm where many cases pass; NotFound for a diagram that there is not."""
    found = run(reader, actor, run_id)
    both = procedures(reader, actor, run_id)
    hidden, after = Apart.of(both, actor, None).hidden, both[1]
    passed_by = (found.totals or {}).get("elements", {})
    counts = {own: count for own, count in passed_by.items() if own not in hidden}
    sheets = tuple(
        Sheet(one.process_id, one.name, any(_differs(counts.get(own)) for own in elements_of(after, one.process_id)))
        for one in diagrams(after)
    )
    sheet = next((one for one in sheets if one.process_id == (process_id or after.main)), None)
    if sheet is None:
        raise NotFound(NO_SHEET)
    drawn = elements_of(after, sheet.process_id)
    own = {element: counts.get(element, {}) for element in drawn if element not in hidden}
    most = max((count.get("after", 0) for count in own.values()), default=0)
    passed = tuple(
        Passed(element, given(after, element), count.get("before", 0), count.get("after", 0), _step(count.get("after", 0), most))
        for element, count in own.items()
    )
    return Heat(found, sheets, sheet, passed, names_on(after, sheet.process_id), apart=not hidden.isdisjoint(drawn))


def drawing(reader: Reader, actor: Actor, run_id: str, side: str, process_id: str) -> bytes:
    """A diagram as it was before, or as it was played through; NotFound where there is none."""
    found = procedures(reader, actor, run_id)[SIDES.index(side)].diagrams.get(process_id) if side in SIDES else None
    if found is None:
        raise NotFound(NO_SHEET)
    return found.xml


def _differs(count: Mapping[str, int] | None) -> bool:
    return count is not None and count["before"] != count["after"]


def _step(count: int, most: int) -> int:
    return 0 if not count else max(1, -(-count * STEPS // most))
