"""Forms of a procedure as HTML: one renderer for tasks, calls, emergencies and previews."""

from webforms.rendering.pieces import Piece, Rendering, Row, render, standing
from webforms.rendering.posted import posted, raw_of, with_rows

__all__ = ["Piece", "Rendering", "Row", "posted", "raw_of", "render", "standing", "with_rows"]
