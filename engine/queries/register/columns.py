"""The columns that a book may have: the standing ones, and what the procedure's register knows of a case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.codec import loads
from engine.domain.text import Text
from engine.storage.tables import column_choice

if TYPE_CHECKING:
    from engine.queries.reader import Reader


class Shape(Enum):
    """What a cell of the column holds: see ``rows.Row.cells``."""

    WORDS = "words"  # a text as somebody typed it
    LABEL = "label"  # a Text
    MOMENT = "moment"
    COUNT = "count"
    PERSONAL = "personal"  # words that lie apart


@dataclass(frozen=True, slots=True)
class Column:
    """``label`` is the vocabulary's own where the procedure has a field for the column; ``width`` in signs of Latin type."""

    key: str
    label: Text
    shape: Shape
    width: int = 14


_STANDING = (
    Column("registered_at", Text("登记时间", "Recorded"), Shape.MOMENT, 17),
    Column("subject", Text("事由", "Subject"), Shape.PERSONAL, 34),
    Column("severity", Text("等级", "Severity"), Shape.LABEL, 10),
    Column("status", Text("状态", "State"), Shape.LABEL, 10),
    Column("place", Text("地点", "Place"), Shape.PERSONAL, 22),
    Column("complainant_name", Text("投诉人", "Complainant"), Shape.PERSONAL, 14),
    Column("category", Text("类别", "Category"), Shape.LABEL, 16),
    Column("validity", Text("性质", "Validity"), Shape.LABEL, 10),
    Column("outcome", Text("结果", "Outcome"), Shape.LABEL, 14),
    Column("channel", Text("投诉方式", "How it came"), Shape.LABEL, 12),
    Column("department", Text("责任部门", "Department"), Shape.LABEL, 14),
    Column("estate", Text("小区", "Estate"), Shape.LABEL, 16),
    Column("room", Text("房号", "Room"), Shape.WORDS, 12),
    Column("complainant_phone", Text("联系电话", "Telephone"), Shape.PERSONAL, 16),
    Column("address", Text("住址", "Address"), Shape.PERSONAL, 26),
    Column("urgent", Text("紧急", "Emergency"), Shape.LABEL, 8),
    Column("heard_at", Text("首次听到", "First heard"), Shape.MOMENT, 17),
    Column("closed_at", Text("办结时间", "Closed"), Shape.MOMENT, 17),
    Column("next_due_at", Text("下一期限", "Next deadline"), Shape.MOMENT, 17),
    Column("breach_count", Text("超时次数", "Deadlines missed"), Shape.COUNT, 10),
    Column("round", Text("办理轮次", "Rounds"), Shape.COUNT, 10),
    Column("contact_count", Text("来访次数", "Contacts"), Shape.COUNT, 10),
    Column("passing_on_count", Text("转手次数", "Passed on"), Shape.COUNT, 10),
    Column("recorder", Text("记录人", "Recorded by"), Shape.WORDS, 12),
)
#: What somebody sees who never chose.
USUAL = ("registered_at", "subject", "severity", "status", "place", "complainant_name", "category")
#: These are called what every installation calls them; the vocabulary's names of the others are the company's own.
_FIXED = frozenset({"registered_at", "subject", "severity", "status", "place", "complainant_name", "category", "validity"})


def offered(reader: Reader, actor: Actor) -> tuple[Column, ...]:
    """Every column that may be chosen, in the usual order."""
    procedure = reader.catalogue.intake(reader.now).procedure
    return tuple(_named(column, procedure) for column in _STANDING)


def chosen(reader: Reader, actor: Actor, keys: Iterable[str] | None = None) -> tuple[Column, ...]:
    """The columns of these keys in their order, unknown ones left out; else the person's own choice, else the usual ones."""
    known: Mapping[str, Column] = {column.key: column for column in offered(reader, actor)}
    for wanted in (keys, _kept(reader, actor), USUAL):
        found = tuple(known[key] for key in dict.fromkeys(wanted or ()) if key in known)
        if found:
            return found
    return ()


def _kept(reader: Reader, actor: Actor) -> list[str]:
    query = sa.select(column_choice.c.columns).where(column_choice.c.person_id == actor.person_id)
    kept = reader.connection.execute(query).scalar()
    return list(loads(kept)) if kept else []


def _named(column: Column, procedure: Any) -> Column:
    field = procedure.vocabulary.get(procedure.register.get(column.key, ""))
    if field is None or column.key in _FIXED:
        return column
    return Column(column.key, field.label, column.shape, column.width)
