"""What a company says in its own words when a message leaves the pages: which places such words may have, and its words."""

from __future__ import annotations

import re
from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy import Connection

from engine.domain.messages import Kind
from engine.domain.text import Text
from engine.storage.tables import message_wording

NUMBER, TASK, LEFT, WORDS = "number", "task", "left", "words"
#: Kind of message to the places its words may have; ``words`` is what would be said otherwise.
PLACES: Mapping[str, tuple[str, ...]] = {
    Kind.TASK: (NUMBER, TASK, LEFT, WORDS),
    Kind.HANDED: (NUMBER, TASK, LEFT, WORDS),
    Kind.WARNING: (NUMBER, TASK, LEFT, WORDS),
    Kind.BREACH: (NUMBER, TASK, LEFT, WORDS),
    Kind.ESCALATION: (NUMBER, WORDS),
    Kind.REPORT: (NUMBER, WORDS),
    Kind.COMMENT: (NUMBER, WORDS),
}
_PLACE = re.compile(r"\{([^{}]*)\}")


def unknown_places(kind: str, form: str) -> list[str]:
    """The names in braces that words of this kind may not have, in order; a brace that stands alone is one of them."""
    named = [name for name in _PLACE.findall(form) if name not in PLACES.get(kind, ())]
    return named + re.findall(r"[{}]", _PLACE.sub("", form))


def filled(form: str, said: Mapping[str, str]) -> str:
    """The words with every place filled in, nothing for what is not known."""
    return " ".join(_PLACE.sub(lambda found: said.get(found[1], ""), form).split(" ")).strip()


def in_both(zh: str, en: str) -> Text:
    """Words of which one language may be missing: it is lent by the other."""
    return Text(zh or en, en or zh)


def read_wordings(connection: Connection) -> dict[str, Text]:
    """Kind of message to the company's words; kinds that are said as shipped are left out."""
    return {row.kind: in_both(row.text_zh, row.text_en) for row in connection.execute(sa.select(message_wording))}
