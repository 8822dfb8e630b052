"""Who signs a new version: three people, each in a part of their own; the manifest may say which roles."""

from __future__ import annotations

from engine.domain.text import Text
from engine.procedure.manifest import names_of
from engine.procedure.procedure import Procedure

SECTION = "signers"
#: In the order in which they sign.
PARTS = {"author": Text("起草", "author"), "reviewer": Text("复核", "reviewer"), "approver": Text("批准", "approver")}
_OUTSIDE = "external"


def signers_of(procedure: Procedure) -> dict[str, frozenset[str]]:
    """Part to the roles that may sign in it; without a list of its own, the owner's, and then any role of the company."""
    written = procedure.manifest.source.mapping(SECTION)
    staff = frozenset(key for key, role in procedure.roles.items() if role.scope != _OUTSIDE)
    usual = {"author": frozenset({procedure.owner})}
    return {part: frozenset(names_of(written.get(part))) or usual.get(part, staff) for part in PARTS}
