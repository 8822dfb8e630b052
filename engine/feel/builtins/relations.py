"""How points and ranges stand to each other: before, meets, overlaps and the others of the standard."""

from __future__ import annotations

from typing import Any

from engine.feel.builtins.registry import builtin
from engine.feel.errors import Fault
from engine.feel.operations.equality import contains, equal, less
from engine.feel.runtime import Run
from engine.feel.values import Range

POINT = "number | string | date | time | date and time | days and time duration | years and months duration"


def _less(run: Run, left: Any, right: Any) -> bool:
    result = less(run, left, right)
    if result is None:
        raise Fault("两者不能比较。", "the two cannot be compared.")
    return result


def _same(run: Run, left: Any, right: Any) -> bool:
    result = equal(run, left, right)
    if result is None:
        raise Fault("两者不能比较。", "the two cannot be compared.")
    return result


def _holds(run: Run, interval: Range, point: Any) -> bool:
    result = contains(run, interval, point)
    if result is None:
        raise Fault("两者不能比较。", "the two cannot be compared.")
    return result


def _pairs(name: str, first: str, second: str, *kinds: str) -> tuple[str, ...]:
    pairs = {"pp": (POINT, POINT), "pr": (POINT, "range"), "rp": ("range", POINT), "rr": ("range", "range")}
    return tuple(f"{name}({first}: {pairs[one][0]}, {second}: {pairs[one][1]})" for one in kinds)


def _ends_before(run: Run, left: Any, right: Any) -> bool:
    end, end_closed = (left.high, left.high_closed) if isinstance(left, Range) else (left, True)
    start, start_closed = (right.low, right.low_closed) if isinstance(right, Range) else (right, True)
    if end is None or start is None:
        return False
    return _less(run, end, start) or (_same(run, end, start) and not (end_closed and start_closed))


@builtin("before(point1: POINT, point2: POINT)".replace("POINT", POINT))
def before_point(run: Run, left: Any, right: Any) -> bool:
    """Whether a point lies before another."""
    return _less(run, left, right)


@builtin(
    *_pairs("before", "point", "range", "pr"),
    *_pairs("before", "range", "point", "rp"),
    *_pairs("before", "range1", "range2", "rr"),
)
def before(run: Run, left: Any, right: Any) -> bool:
    """Whether the first lies wholly before the second."""
    return _ends_before(run, left, right)


@builtin("after(point1: POINT, point2: POINT)".replace("POINT", POINT))
def after_point(run: Run, left: Any, right: Any) -> bool:
    """Whether a point lies after another."""
    return _less(run, right, left)


@builtin(
    *_pairs("after", "point", "range", "pr"), *_pairs("after", "range", "point", "rp"), *_pairs("after", "range1", "range2", "rr")
)
def after(run: Run, left: Any, right: Any) -> bool:
    """Whether the first lies wholly after the second."""
    return _ends_before(run, right, left)


@builtin("meets(range1: range, range2: range)")
def meets(run: Run, left: Range, right: Range) -> bool:
    """Whether the second begins where the first ends."""
    return left.high_closed and right.low_closed and _same(run, left.high, right.low)


@builtin("met by(range1: range, range2: range)")
def met_by(run: Run, left: Range, right: Range) -> bool:
    """Whether the first begins where the second ends."""
    return meets(run, right, left)


@builtin("overlaps(range1: range, range2: range)")
def overlaps(run: Run, left: Range, right: Range) -> bool:
    """Whether some point lies in both."""
    return not _ends_before(run, left, right) and not _ends_before(run, right, left)


def _starts_first(run: Run, left: Range, right: Range) -> bool:
    return _less(run, left.low, right.low) or (_same(run, left.low, right.low) and left.low_closed and not right.low_closed)


def _ends_first(run: Run, left: Range, right: Range) -> bool:
    return _less(run, left.high, right.high) or (_same(run, left.high, right.high) and right.high_closed and not left.high_closed)


@builtin("overlaps before(range1: range, range2: range)")
def overlaps_before(run: Run, left: Range, right: Range) -> bool:
    """Whether the first begins earlier, and ends inside the second."""
    return _starts_first(run, left, right) and overlaps(run, left, right) and not _ends_first(run, right, left)


@builtin("overlaps after(range1: range, range2: range)")
def overlaps_after(run: Run, left: Range, right: Range) -> bool:
    """Whether the first begins inside the second, and ends later."""
    return overlaps_before(run, right, left) if not _same_range(run, left, right) else False


def _same_range(run: Run, left: Range, right: Range) -> bool:
    return equal(run, left, right) is True


@builtin(*_pairs("finishes", "point", "range", "pr"))
def point_finishes(run: Run, point: Any, interval: Range) -> bool:
    """Whether the point is the range's included end."""
    return interval.high_closed and _same(run, interval.high, point)


@builtin("finishes(range1: range, range2: range)")
def finishes(run: Run, left: Range, right: Range) -> bool:
    """Whether both end together and the first begins no earlier."""
    return left.high_closed == right.high_closed and _same(run, left.high, right.high) and not _starts_first(run, left, right)


@builtin(*_pairs("finished by", "range", "point", "rp"), "finished by(range1: range, range2: range)")
def finished_by(run: Run, left: Range, right: Any) -> bool:
    """The other way round: the second finishes the first."""
    return finishes(run, right, left) if isinstance(right, Range) else point_finishes(run, right, left)


@builtin(*_pairs("starts", "point", "range", "pr"))
def point_starts(run: Run, point: Any, interval: Range) -> bool:
    """Whether the point is the range's included start."""
    return interval.low_closed and _same(run, interval.low, point)


@builtin("starts(range1: range, range2: range)")
def starts(run: Run, left: Range, right: Range) -> bool:
    """Whether both begin together and the first ends no later."""
    return left.low_closed == right.low_closed and _same(run, left.low, right.low) and not _ends_first(run, right, left)


@builtin(*_pairs("started by", "range", "point", "rp"), "started by(range1: range, range2: range)")
def started_by(run: Run, left: Range, right: Any) -> bool:
    """The other way round: the second starts the first."""
    return starts(run, right, left) if isinstance(right, Range) else point_starts(run, right, left)


@builtin(*_pairs("includes", "range", "point", "rp"))
def includes_point(run: Run, interval: Range, point: Any) -> bool:
    """Whether the point lies in the range."""
    return _holds(run, interval, point)


@builtin("includes(range1: range, range2: range)")
def includes(run: Run, left: Range, right: Range) -> bool:
    """Whether the second lies wholly in the first."""
    return not _starts_first(run, right, left) and not _ends_first(run, left, right)


@builtin(*_pairs("during", "point", "range", "pr"), "during(range1: range, range2: range)")
def during(run: Run, left: Any, right: Range) -> bool:
    """The other way round: the first lies in the second."""
    return includes(run, right, left) if isinstance(left, Range) else _holds(run, right, left)


@builtin("coincides(point1: POINT, point2: POINT)".replace("POINT", POINT), "coincides(range1: range, range2: range)")
def coincides(run: Run, left: Any, right: Any) -> bool:
    """Whether both are the same."""
    return _same(run, left, right)
