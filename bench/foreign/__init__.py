"""Diagrams of other tools held against the check: two public suites, checkouts of them are read, nothing of them is kept."""

from bench.foreign import breaking
from bench.foreign.run import run

__all__ = ["breaking", "run"]
