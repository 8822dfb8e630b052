"""Improvement plans and the ledger of rewards and sanctions."""

from engine.queries.improvement.ledger import Kind, Ledger, Line, ledger
from engine.queries.improvement.plans import Choices, Plan, choices, in_period, last_month, one, plans

__all__ = ["Choices", "Kind", "Ledger", "Line", "Plan", "choices", "in_period", "last_month", "ledger", "one", "plans"]
