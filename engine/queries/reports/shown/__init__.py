"""Figures as tables and charts, said once for the page, the PDF and the workbook."""

from engine.queries.reports.shown import words
from engine.queries.reports.shown.charts import Chart, Series, charts_of
from engine.queries.reports.shown.shape import Cell, Column, Days, Kind, Ref, Table
from engine.queries.reports.shown.tables import tables_of
from engine.queries.reports.shown.trend import trend

__all__ = ["Cell", "Chart", "Column", "Days", "Kind", "Ref", "Series", "Table", "charts_of", "tables_of", "trend", "words"]
