"""What else is under way beside a proposal, and which of them will hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.storage.tables import procedure_version

if TYPE_CHECKING:
    from engine.queries.reader import Reader

_columns = procedure_version.c


@dataclass(frozen=True, slots=True)
class Rivals:
    """``outdated_by`` is the version published since the base was chosen, ``others`` the other open proposals.

    Of several proposals the one that is signed first holds; the others have to be made anew on top of it.
    """

    outdated_by: int | None
    others: tuple[int, ...]


def rivals(reader: Reader, actor: Actor, key: str, base_number: int | None, number: int | None = None) -> Rivals:
    """Of a proposal, or of a draft without a number; all staff may read it."""
    latest = reader.catalogue.latest(key)
    query = sa.select(_columns.number).where(_columns.procedure_key == key, _columns.published_at.is_(None))
    query = query.where(_columns.withdrawn_at.is_(None), _columns.number != (number or 0)).order_by(_columns.number)
    outdated = latest is not None and base_number is not None and latest.number > base_number
    return Rivals(latest.number if latest and outdated else None, tuple(reader.connection.execute(query).scalars()))
