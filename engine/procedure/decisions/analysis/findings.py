"""A doubt about a decision table."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.text import Text


@dataclass(frozen=True, slots=True)
class TableFinding:
    """One doubt about a table: the decision's id, the rows (counted from 1), a sentence and the way out.

    ``missing`` has, for a gap, one cell for each input column: the row that would close it.
    """

    decision: str
    rows: tuple[int, ...]
    text: Text
    mend: Text
    level: str
    missing: tuple[str, ...] = ()
