"""Diagrams that were drawn in another tool: looked at by themselves, and opened in a procedure."""

from engine.procedure.exchange.foreign.alone import examined_alone
from engine.procedure.exchange.foreign.opening import Opened, opened

__all__ = ["Opened", "examined_alone", "opened"]
