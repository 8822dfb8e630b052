"""The diagrams of a procedure: their elements with all extension properties, lanes and roles."""

from engine.procedure.diagrams.model import Diagram, Element
from engine.procedure.diagrams.reader import Sheet, read_diagrams, read_sheet

__all__ = ["Diagram", "Element", "Sheet", "read_diagrams", "read_sheet"]
