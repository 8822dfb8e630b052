"""What the roles of the procedures in force are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.domain.actor import Actor
from engine.domain.text import Text

if TYPE_CHECKING:
    from engine.queries.reader import Reader


def role_labels(reader: Reader, actor: Actor) -> dict[str, Text]:
    """Role key to name, in the order of the procedures."""
    published = (reader.catalogue.in_force(key, reader.now).procedure for key in reader.catalogue.procedure_keys())
    return {role.key: role.label for procedure in published for role in procedure.roles.values()}
