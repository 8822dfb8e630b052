"""Who may look at the directory's own pages."""

from __future__ import annotations

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import Forbidden

NO_SUCH_ENTRY = Text("没有这一条。", "There is no such entry.")
ADMINISTRATORS_ONLY = Text("机构与人员只由管理员维护。", "The directory is kept by administrators.")


def require_administrator(actor: Actor) -> None:
    """Forbidden for everybody else."""
    if not (actor.administrator or actor.system):
        raise Forbidden(ADMINISTRATORS_ONLY)
