"""Reports on their way out: as PDF with drawn bars, and as a workbook with a sheet a table."""

from engine.outbound.reports.conduct import ledger_workbook
from engine.outbound.reports.data import as_data
from engine.outbound.reports.drawing import drawn, height
from engine.outbound.reports.excel import as_workbook
from engine.outbound.reports.paper import as_html, as_pdf

__all__ = ["as_data", "as_html", "as_pdf", "as_workbook", "drawn", "height", "ledger_workbook"]
