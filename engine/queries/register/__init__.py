"""The register: all complaints that a person may read, narrowed, searched and paged."""

from engine.queries.register.book import Page, Totals, chunks, page, totals
from engine.queries.register.choices import Choices, choices
from engine.queries.register.columns import USUAL, Column, Shape, chosen, offered
from engine.queries.register.exports import Export, export_of, exports
from engine.queries.register.filters import STATES, Filters, midnight
from engine.queries.register.rows import Row
from engine.queries.register.searching import marks

__all__ = [
    "STATES",
    "USUAL",
    "Choices",
    "Column",
    "Export",
    "Filters",
    "Page",
    "Row",
    "Shape",
    "Totals",
    "choices",
    "chosen",
    "chunks",
    "export_of",
    "exports",
    "marks",
    "midnight",
    "offered",
    "page",
    "totals",
]
