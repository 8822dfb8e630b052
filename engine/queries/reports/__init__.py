"""Figures of a period, drawn up from the register, and the reports that keep them."""

from engine.queries.reports.drawing import KINDS, drawn_up
from engine.queries.reports.pages import Receipt, Report, of_case, received_by
from engine.queries.reports.starting import Startable, startable

__all__ = ["KINDS", "Receipt", "Report", "Startable", "drawn_up", "of_case", "received_by", "startable"]
