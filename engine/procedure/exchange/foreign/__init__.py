"""Diagrams that were drawn in another tool: looked at by themselves."""

from engine.procedure.exchange.foreign.alone import examined_alone

__all__ = ["examined_alone"]
