"""What a command answers: what was done, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.text import Text


@dataclass(frozen=True, slots=True)
class NextItem:
    """A work item that the command opened; ``mine`` when the actor may do it next."""

    item_id: str
    name: Text
    role: str | None
    mine: bool


@dataclass(frozen=True, slots=True)
class Receipt:
    """The case concerned, a sentence saying what was done, and what is to be done next."""

    case_id: str
    number: str
    said: Text
    next_items: tuple[NextItem, ...] = ()
