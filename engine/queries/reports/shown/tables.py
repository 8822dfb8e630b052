"""Figures as they were kept become tables; what a kind of figures lacks has no table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from engine.domain.text import Text
from engine.queries.reports.naming import Names
from engine.queries.reports.shown import words as w
from engine.queries.reports.shown.shape import Cell, Column, Ref, Table

Row = dict[str, Any]
_FIRST_ROWS = (
    ("received", w.RECEIVED, "received", "received_before"),
    ("closed", w.CLOSED, "closed", "closed_before"),
    ("open", w.OPEN, "open_at_end", "open_at_start"),
)


def tables_of(figures: Row, names: Names) -> tuple[Table, ...]:
    """All tables that the figures give, in the order of reading."""
    return tuple(table for make in _MAKERS for table in make(figures, names))


def difference(now: Any, before: Any) -> Any:
    """By how much a number has changed; None where one of the two is not shown."""
    return None if now is None or before is None else now - before


def _totals(figures: Row, names: Names) -> Iterator[Table]:
    totals = figures.get("totals")
    if not totals:
        return
    first = [(name, totals.get(now), totals.get(before)) for _, name, now, before in _FIRST_ROWS]
    rows: list[tuple[Cell, ...]] = [(name, now, before, difference(now, before)) for name, now, before in first]
    rows += [(name, totals.get(key), "", "") for key, name in w.TOTALS_ROWS.items()]
    keys = (*(row[0] for row in _FIRST_ROWS), *w.TOTALS_ROWS)
    yield Table("totals", w.TOTALS, (w.WHAT, w.NOW, w.BEFORE, w.CHANGE), tuple(rows), keys)


def _repeats(figures: Row, names: Names) -> Iterator[Table]:
    repeats = figures.get("repeats")
    if repeats:
        rows = tuple((name, repeats.get(key)) for key, name in w.REPEATS_ROWS.items())
        yield Table("repeats", w.REPEATS, (w.WHAT, w.COUNT), rows, tuple(w.REPEATS_ROWS))


def _measures(figures: Row, names: Names) -> Iterator[Table]:
    measures = figures.get("measures") or ()
    rates = [measure for measure in measures if "answers" not in measure]
    if rates:
        columns = (w.WHAT, w.RATE, w.TARGET, w.DONE, w.OF, w.VERDICT)
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (both(one), one["share"], one["target"], one["done"], one["of"], _verdict(one)) for one in rates
        )
        yield Table("rates", w.MEASURES, columns, rows)
    for measure in (one for one in measures if "answers" in one):
        given = tuple((both(answer), answer["count"], answer["share"]) for answer in measure["answers"])
        yield Table(f"answers_{measure['name']}", both(measure), (w.ANSWER, w.TIMES, w.SHARE), given)


def _verdict(measure: Row) -> Cell:
    reached, target = measure["share"], measure["target"]
    if reached is None or target is None:
        return ""
    return w.BELOW if Decimal(reached) < Decimal(target) else w.REACHED


def _limits(figures: Row, names: Names) -> Iterator[Table]:
    columns = (w.LIMIT, w.CLAUSE, w.DUE, w.KEPT, w.BREACHED, w.KEPT_SHARE)
    yield from _listed(
        figures, "limits", w.LIMITS, columns,
        lambda row: (both(row), row["clause"] or "—", row["due"], row["kept"], row["breached"], row["share"]),
    )  # fmt: skip


def _by(figures: Row, names: Names) -> Iterator[Table]:
    for column, counted in (figures.get("by") or {}).items():
        if counted:
            called = names.columns.get(column, Text(column, column))
            columns = (Column("value", called), w.RECEIVED_COUNT, w.BEFORE, w.CHANGE, w.CLOSED_COUNT, w.OPEN_COUNT)
            rows = tuple(_counted(names.of(column, row), row) for row in counted)
            yield Table(f"by_{column}", w.by(called), columns, rows)


def _counted(name: Text, row: Row) -> tuple[Cell, ...]:
    change = difference(row["received"], row["before"])
    return (name, row["received"], row["before"], change, row["closed"], row["open"])


def _stages(figures: Row, names: Names) -> Iterator[Table]:
    make = lambda row: (both(row), row["done"], row["hours"])  # noqa: E731
    yield from _listed(figures, "stages", w.STAGES, (w.STAGE, w.TASKS, w.HOURS), make)


def _named(figures: Row, names: Names) -> Iterator[Table]:
    """What is named case by case."""
    yield from _listed(
        figures, "overdue", w.OVERDUE, (w.NUMBER, w.TASK, w.WAS_DUE), lambda row: (_ref(row), both(row), row["due_at"])
    )
    columns = (w.NUMBER, w.ESTATE, w.CLOSED_AT)
    yield from _listed(figures, "unvisited", w.UNVISITED, columns, lambda row: (_ref(row), both(row), row["closed_at"]))


def _evidence(figures: Row, names: Names) -> Iterator[Table]:
    stage = lambda row: (both(row), Text(row["stage_zh"], row["stage_en"]))  # noqa: E731
    yield from _listed(figures, "never_used", w.NEVER_USED, (w.TASK, w.STAGE), stage)
    if "waivers" in figures:
        waived: list[tuple[Cell, ...]] = [(both(row), row["count"]) for row in figures["waivers"]]
        rows = (*waived, (w.EXCLUSIONS, figures.get("exclusions_waived", 0)))
        yield Table("waivers", w.WAIVERS, (w.TASK, w.TIMES), rows)
    columns = (w.PROCEDURE, w.VERSION, w.REASON, w.HOLDS_FROM)

    def change(row: Row) -> tuple[Cell, ...]:
        return (names.of("procedure", {"value": row["procedure_key"]}), row["number"], both(row), row["holds_from"])

    yield from _listed(figures, "changes", w.CHANGES, columns, change)


def _volume(figures: Row, names: Names) -> Iterator[Table]:
    volume = figures.get("volume")
    if not volume:
        return
    missing: Cell = "、".join(volume["missing"]) if volume["missing"] else w.NOTHING_MISSING
    rows = ((w.VOLUME_CASES, str(volume["cases"])), (w.VOLUME_DIGEST, volume["digest"]), (w.MISSING, missing))
    yield Table("volume", w.VOLUME, (w.WHAT, w.VALUE), rows)
    estates = tuple((row["estate"], row["first"], row["last"], row["cases"]) for row in volume["estates"])
    yield Table("volumes", w.VOLUMES, (w.ESTATE, w.FIRST, w.LAST, w.COUNT), estates)


def _listed(
    figures: Row, key: str, title: Text, columns: Sequence[Column], cells: Callable[[Row], tuple[Cell, ...]]
) -> Iterator[Table]:
    if key in figures:
        yield Table(key, title, tuple(columns), tuple(cells(row) for row in figures[key]))


def both(row: Row) -> Text:
    """A row's name in both languages."""
    return Text(row["zh"], row["en"])


def _ref(row: Row) -> Ref:
    return Ref(row["case_id"], row["number"])


_MAKERS: tuple[Callable[[Row, Names], Iterator[Table]], ...] = (
    _totals,
    _repeats,
    _measures,
    _limits,
    _by,
    _stages,
    _named,
    _evidence,
    _volume,
)
