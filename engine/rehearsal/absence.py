"""What was taken away from a procedure, so that a story can still be played without it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Absence:
    """Elements that are gone, and by form the keys that it writes no more.

    A story passes over what it does with such an element, and gives such a key nothing.
    """

    elements: frozenset[str] = frozenset()
    keys: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def left(self, form: str | None, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values without those that the form has no place for."""
        gone = self.keys.get(form or "", frozenset())
        return {key: value for key, value in values.items() if key not in gone}


NOTHING_GONE = Absence()


class Ghosts:
    """Where a story stands at elements that are gone: passed by the case, and not yet by the story."""

    def __init__(self, absence: Absence) -> None:
        self._gone, self._at = absence.elements, set[str]()

    def __contains__(self, element: str) -> bool:
        return element in self._at

    def __iter__(self) -> Iterator[str]:
        return iter(self._at)

    def note(self, element: str) -> bool:
        """Whether a passed element is one of those that are gone; the story may then pass over it."""
        if element in self._gone:
            self._at.add(element)
        return element in self._gone

    def pass_over(self, element: str) -> bool:
        """Whether the story stood there; it does not any more."""
        stood = element in self._at
        self._at.discard(element)
        return stood

    def forget(self) -> None:
        """The story goes on past all of them."""
        self._at.clear()
