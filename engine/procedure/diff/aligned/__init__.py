"""Two states of a file beside each other: what stands at one place before and after, row by row and line by line."""

from engine.procedure.diff.aligned.model import Block, Cell, Gap, Grid, Line, folded
from engine.procedure.diff.aligned.sheets import blocks, grids
from engine.procedure.diff.pairs import Pair, paired

__all__ = ["Block", "Cell", "Gap", "Grid", "Line", "Pair", "blocks", "folded", "grids", "paired"]
