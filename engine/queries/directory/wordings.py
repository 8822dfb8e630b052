"""The kinds of messages that a company may word itself, with its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.queries.directory.guard import require_administrator
from engine.storage.tables import message_wording
from engine.storage.wordings import LEFT, NUMBER, PLACES, TASK, WORDS, filled, in_both

__all__ = ["LEFT", "NUMBER", "TASK", "WORDS", "Wording", "filled", "in_both", "wordings"]

if TYPE_CHECKING:
    from engine.queries.reader import Reader


@dataclass(frozen=True, slots=True)
class Wording:
    """A kind of message, the places its words may have, and the company's words, empty where it says what is shipped."""

    kind: str
    places: tuple[str, ...]
    zh: str
    en: str


def wordings(reader: Reader, actor: Actor) -> tuple[Wording, ...]:
    """Every kind in order."""
    require_administrator(actor)
    given = {row.kind: row for row in reader.connection.execute(sa.select(message_wording))}
    return tuple(
        Wording(str(kind), places, given[kind].text_zh if kind in given else "", given[kind].text_en if kind in given else "")
        for kind, places in PLACES.items()
    )
