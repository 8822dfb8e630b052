"""One cell of a table of figures as words."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from decimal import Decimal
from zoneinfo import ZoneInfo

from engine.domain.codec import number_text
from engine.domain.text import Text
from engine.outbound.documents.environment import day_text, moment_text
from engine.queries.reports.shown import Cell, Days, Kind, Ref

NOT_SHOWN = Text("不列出", "not shown")
NOTHING = "—"


def written(cell: Cell, kind: Kind, language: str, zone: ZoneInfo) -> str:
    """The cell in a language: numbers plain, changes with their sign, shares with the percent sign, moments local."""
    if cell is None:
        return NOT_SHOWN.in_language(language) if kind is Kind.COUNT else NOTHING
    if isinstance(cell, Text):
        return cell.in_language(language)
    if isinstance(cell, Ref):
        return cell.number
    if isinstance(cell, Days):
        return days_text(cell, language, zone)
    if isinstance(cell, datetime):
        return moment_text(cell, language, zone)
    return cell if isinstance(cell, str) else _number(cell, kind)


def days_text(days: Days, language: str, zone: tzinfo) -> str:
    """The first and the last day of a period."""
    first, last = days.start.astimezone(zone).date(), (days.end - timedelta(microseconds=1)).astimezone(zone).date()
    if first == last:
        return day_text(last, language)
    whole = day_text(first, language)
    year = f"{first.year}年" if language.startswith("zh") else f" {first.year}"
    return f"{whole.replace(year, '') if first.year == last.year else whole} – {day_text(last, language)}"


def short_days(days: Days, language: str, zone: tzinfo) -> str:
    """A period below a point of a chart: the month where it is one, else its first day."""
    first, last = days.start.astimezone(zone).date(), (days.end - timedelta(microseconds=1)).astimezone(zone).date()
    if first.day == 1 and (last + timedelta(days=1)).day == 1 and (last - first).days < 31:
        return f"{first:%Y-%m}"
    return f"{first:%m-%d}"


def _number(cell: int | Decimal, kind: Kind) -> str:
    plain = number_text(Decimal(cell))
    if kind is Kind.SHARE:
        return f"{plain} %"
    return f"+{plain}" if kind is Kind.CHANGE and cell > 0 else plain
