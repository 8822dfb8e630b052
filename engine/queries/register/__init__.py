"""The register: all complaints that a person may read, narrowed, searched and paged."""

from engine.queries.register.book import Page, Row, Totals, page
from engine.queries.register.choices import Choices, choices
from engine.queries.register.filters import STATES, Filters
from engine.queries.register.searching import marks

__all__ = ["STATES", "Choices", "Filters", "Page", "Row", "Totals", "choices", "marks", "page"]
