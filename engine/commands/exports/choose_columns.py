"""Choose the columns of the register that one sees."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from engine.commands.context import Procedures
from engine.commands.session import sentences
from engine.domain.actor import Actor
from engine.domain.codec import dumps
from engine.domain.text import Text
from engine.errors import InvalidValues
from engine.storage import tables as t
from engine.storage.work import Work

MOST = 40
_KEY = re.compile(r"[a-z_]{1,40}")
_NONE = Text("请至少选一列。", "Choose at least one column.")


@dataclass(frozen=True, slots=True)
class ChooseColumns:
    """Columns by key, in the order in which they shall stand; the person's own, and no business of the journal."""

    columns: tuple[str, ...]


def handle(command: ChooseColumns, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> tuple[str, ...]:
    """The columns as kept; InvalidValues when there are none, or what is given cannot be keys."""
    columns = tuple(dict.fromkeys(command.columns))
    require_columns(columns)
    work.batch.put(t.column_choice, {"person_id": actor.person_id, "columns": dumps(list(columns))})
    return columns


def require_columns(columns: tuple[str, ...]) -> None:
    """InvalidValues for what cannot be columns; which there are, the register knows."""
    if not columns or len(columns) > MOST or not all(_KEY.fullmatch(key) for key in columns):
        raise InvalidValues(sentences.FORM_REFUSED, {"columns": _NONE})
