"""Which cases speak of the same as a text: pairs of signs they share, the rare ones counting most.

Nothing of any text is read: the index of pairs says enough. How rare a pair is, is asked of the newest cases alone, so that an
answer takes as long among a hundred thousand cases as among ten thousand.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import JSONB

from engine.domain.actor import Actor
from engine.queries import scope
from engine.storage.blind import grams
from engine.storage.tables import bigram, cases, register_entry

if TYPE_CHECKING:
    from engine.queries.reader import Reader

LONGEST = 6000
#: What is rare is rare among so many of the newest cases; a young installation is judged as if it had the fewest.
WINDOW, FEWEST = 2000, 500
#: The rarest pairs find the candidates, each in so many of the newest cases that have it; all pairs rank them.
FINDING, EACH, CANDIDATES = 64, 150, 40
#: Short texts share a large part by chance: as if every text had so many pairs more.
PADDING = 20
#: Likeness is told in thousandths; both were set on the half of the labelled pairs that is for tuning (docs/performance.md).
THOUSAND = 1000
_ASKED = sa.bindparam("asked", type_=sa.Text)


@dataclass(frozen=True, slots=True)
class Words:
    """The pairs of signs of a text, with how much each tells, in thousandths."""

    weights: Mapping[str, int]

    @property
    def rarest(self) -> dict[str, int]:
        """Those that tell most."""
        return dict(sorted(self.weights.items(), key=lambda pair: (-pair[1], pair[0]))[:FINDING])


def alike(reader: Reader, actor: Actor, text: str, estate_id: str, also: Collection[str] = ()) -> dict[str, int]:
    """How alike the text is to the cases of the estate that are most like it, and to those named, in thousandths."""
    words = _words(reader.connection, text)
    if not words.weights:
        return {}
    found = {*_candidates(reader.connection, actor, words, estate_id), *also}
    return _likeness(reader.connection, words, found) if found else {}


def _words(connection: Connection, text: str) -> Words:
    typed = sorted(gram for gram in grams(text[:LONGEST]) if len(gram) > 1)
    if not typed:
        return Words({})
    newest = sa.select(cases.c.id).order_by(cases.c.id.desc()).limit(WINDOW).subquery()
    since, many = connection.execute(sa.select(sa.func.min(newest.c.id), sa.func.count()).select_from(newest)).one()
    asked = _asked(connection)
    had = sa.select(sa.func.count()).select_from(bigram).where(bigram.c.gram == asked.c.key, bigram.c.case_id >= (since or ""))
    counted = connection.execute(sa.select(asked.c.key, had.scalar_subquery()), {"asked": json.dumps(dict.fromkeys(typed, 0))})
    among = max(many, FEWEST)
    return Words({gram: round(THOUSAND * math.log(among / max(1, count))) for gram, count in counted})


def _candidates(connection: Connection, actor: Actor, words: Words, estate_id: str) -> list[str]:
    asked, entry = _asked(connection), register_entry.c
    last = sa.select(bigram.c.case_id).where(bigram.c.gram == asked.c.key).order_by(bigram.c.case_id.desc()).offset(EACH).limit(1)
    since = sa.func.coalesce(last.scalar_subquery(), "").label("since")
    rare = sa.select(asked.c.key, asked.c.value, since).cte("rare").prefix_with("MATERIALIZED")
    told = sa.func.sum(sa.cast(rare.c.value, sa.Integer)).label("told")
    having = (
        sa.select(bigram.c.case_id, told)
        .join_from(rare, bigram, sa.and_(bigram.c.gram == rare.c.key, bigram.c.case_id >= rare.c.since))
        .group_by(bigram.c.case_id)
        .subquery()
    )
    query = sa.select(having.c.case_id).join(register_entry, entry.case_id == having.c.case_id)
    query = query.where(entry.estate_id == estate_id, scope.in_estates(actor, entry.estate_id))
    query = query.order_by(having.c.told.desc(), having.c.case_id.desc()).limit(CANDIDATES)
    return list(connection.execute(query, {"asked": json.dumps(words.rarest)}).scalars())


def _likeness(connection: Connection, words: Words, case_ids: Collection[str]) -> dict[str, int]:
    given = _asked(connection)
    asked = sa.select(given.c.key, given.c.value).cte("asked").prefix_with("MATERIALIZED")
    shared = sa.func.sum(sa.func.coalesce(sa.cast(asked.c.value, sa.Integer), 0))
    query = (
        sa.select(bigram.c.case_id, shared, sa.func.count())
        .select_from(bigram.outerjoin(asked, asked.c.key == bigram.c.gram))
        .where(bigram.c.case_id.in_(case_ids), sa.func.length(bigram.c.gram) > 1)
        .group_by(bigram.c.case_id)
    )
    rows = connection.execute(query, {"asked": json.dumps(words.weights)})
    typed = len(words.weights) + PADDING
    return {case_id: round(int(told) / math.sqrt(typed * (count + PADDING))) for case_id, told, count in rows}


def _asked(connection: Connection) -> Any:
    """The pairs handed over with the statement, as rows of ``key`` and ``value``."""
    if connection.dialect.name == "sqlite":
        return sa.func.json_each(_ASKED).table_valued("key", "value", name="given")
    return sa.func.jsonb_each_text(sa.cast(_ASKED, JSONB)).table_valued("key", "value", name="given")
