"""What a decision table says, as its author wrote it: columns, rows and cells."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.text import Text, named


@dataclass(frozen=True, slots=True)
class InputColumn:
    """One thing that is asked; ``source`` is its FEEL expression, ``allowed`` the FEEL list of its values or empty.

    ``reads`` are the names that the expression looks up.
    """

    source: str
    label: Text
    type: str
    allowed: str
    reads: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class OutputColumn:
    """One thing that is answered; the name is its key when there are several."""

    name: str
    label: Text
    type: str
    allowed: str
    default: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One row; ``index`` counts from 1, as the editor shows it.

    ``entries`` are the ids of its cells, results after tests; ``reads`` is what each of them reads beside its column.
    """

    index: int
    id: str
    cells: tuple[str, ...]
    outputs: tuple[str, ...]
    annotation: str
    annotation_en: str = ""
    entries: tuple[str, ...] = ()
    reads: tuple[frozenset[str], ...] = ()

    @property
    def note(self) -> Text:
        """The annotation in both languages; one stands in for the other where that is missing."""
        return named(self.annotation or self.annotation_en, self.annotation_en or self.annotation)
