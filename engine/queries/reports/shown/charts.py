"""Charts of tables, as the procedure that draws the figures up asks for them; every number in a chart stands in its table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from engine.domain.text import Text
from engine.queries.reports.shown.shape import Cell, Days, Table

#: In procedure.yaml: table to ``{bars|stacked|lines: {column: tone}, rows: […]}``; tones are named in ``TONES``.
SECTION = "charts"
BARS, STACKED, LINES = "bars", "stacked", "lines"
SHAPES = (BARS, STACKED, LINES)
#: What a series is about; each has a colour and a pattern of its own: now, the period before, kept or well, missed, one more.
TONES = ("now", "past", "fine", "late", "other")
MOST_ROWS = 12


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers of one column, in the order of the labels; None where one is not shown."""

    label: Text
    tone: str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars beside or on each other, or lines."""

    shape: str
    labels: tuple[Cell, ...]
    series: tuple[Series, ...]

    @property
    def most(self) -> Decimal:
        """The largest number, or sum of a stack."""
        columns = zip(*(one.values for one in self.series), strict=True)
        tops = (sum(_known(column)) if self.shape == STACKED else max(_known(column), default=Decimal(0)) for column in columns)
        return max((Decimal(top) for top in tops), default=Decimal(0))


def charts_of(procedure: Any, tables: Iterable[Table]) -> Mapping[str, Chart]:
    """The charts by their table's key; of a table without rows or numbers there is none."""
    wanted = dict(procedure.manifest.source.mapping(SECTION))
    return dict(_charts(wanted, tables))


def _charts(wanted: Mapping[str, Any], tables: Iterable[Table]) -> Iterator[tuple[str, Chart]]:
    for table in tables:
        how = wanted.get(table.key)
        shape = next((one for one in SHAPES if isinstance(how, Mapping) and isinstance(how.get(one), Mapping)), None)
        if how is None or shape is None:
            continue
        chart = _chart(table, shape, how[shape], how.get("rows"))
        if chart.most > 0:
            yield table.key, chart


def _chart(table: Table, shape: str, columns: Mapping[str, Any], wanted: Any) -> Chart:
    chosen = isinstance(wanted, list) and table.keys
    rows = [row for place, row in enumerate(table.rows) if not chosen or table.keys[place] in wanted][:MOST_ROWS]
    named = ((table.column(key), tone) for key, tone in columns.items())
    series = tuple(
        Series(table.columns[place].head, tone if tone in TONES else TONES[0], tuple(_number(row[place]) for row in rows))
        for place, tone in named
        if place is not None
    )
    return Chart(shape, tuple(row[0] for row in rows), series)


def _number(cell: Cell) -> Decimal | None:
    return Decimal(cell) if isinstance(cell, int | Decimal) else None


def _known(values: Iterable[Decimal | None]) -> list[Decimal]:
    return [value for value in values if value is not None]


def is_period(label: Cell) -> bool:
    """Whether a label is a period rather than a name."""
    return isinstance(label, Days)
