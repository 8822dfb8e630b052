"""The rules about how a drawing looks: nothing covers anything, everything is drawn and lies where it belongs."""

from engine.procedure.check.layout.rules import check_layout

__all__ = ["check_layout"]
