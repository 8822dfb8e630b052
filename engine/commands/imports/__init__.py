"""Past complaints from files: a mapping says what the columns mean, and every row is read or named with the reason why not."""

from engine.commands.imports.mapping import Column, ImportMapping, read_mapping
from engine.commands.imports.rows import BadRow, Row, read_rows

__all__ = ["BadRow", "Column", "ImportMapping", "Row", "read_mapping", "read_rows"]
