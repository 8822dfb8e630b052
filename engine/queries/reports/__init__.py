"""Figures of a period, drawn up from the register, and the reports that keep them."""

from engine.queries.reports.drawing import KINDS, drawn_up
from engine.queries.reports.naming import Names, names_of
from engine.queries.reports.pages import Figures, Listed, Receipt, Report, figures_of, of_case, public, recent
from engine.queries.reports.starting import Startable, startable

__all__ = [
    "KINDS",
    "Figures",
    "Listed",
    "Names",
    "Receipt",
    "Report",
    "Startable",
    "drawn_up",
    "figures_of",
    "names_of",
    "of_case",
    "public",
    "recent",
    "startable",
]
