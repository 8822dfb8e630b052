"""Tables on their way out: Excel workbooks and CSV, in which the words of people never become a formula or a link."""

from engine.outbound.sheets.comma import csv_lines
from engine.outbound.sheets.excel import workbook, write_workbook
from engine.outbound.sheets.table import Column, Kind, Sheet

__all__ = ["Column", "Kind", "Sheet", "csv_lines", "workbook", "write_workbook"]
