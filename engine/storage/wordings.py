"""The company's own words for messages, read with one statement."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Connection

from engine.domain.text import Text
from engine.domain.wordings import in_both
from engine.storage.tables import message_wording


def read_wordings(connection: Connection) -> dict[str, Text]:
    """Kind of message to the company's words; kinds that are said as shipped are left out."""
    return {row.kind: in_both(row.text_zh, row.text_en) for row in connection.execute(sa.select(message_wording))}
