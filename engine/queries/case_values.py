"""The current values of a case, as its forms show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.values import Value
from engine.queries.reader import Reader
from engine.storage import tables as t
from engine.storage.payloads import latest

if TYPE_CHECKING:
    from engine.catalogue import Catalogue


def current_values(reader: Reader, actor: Actor, case_id: str) -> dict[str, Value]:
    """Every current value by field key, personal ones joined; the caller has made sure that the actor may read the case.

    The state says only that there is a personal value; one of an earlier round is no longer there. A historic record has
    no state, and all its values are current.
    """
    state = reader.connection.execute(sa.select(t.cases.c.state).where(t.cases.c.id == case_id)).scalar()
    return values_of(reader.catalogue, state, latest(reader.connection, [case_id]).get(case_id, {}))


def values_of(catalogue: Catalogue, state: bytes | None, personal: dict[str, Value]) -> dict[str, Value]:
    """The same of a state and personal values that were read already."""
    if not state:
        return personal
    plain = catalogue.values_in(state)
    return {**plain, **{key: value for key, value in personal.items() if plain.get(key) is not None}}
