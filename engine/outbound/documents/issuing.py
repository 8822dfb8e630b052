"""Drawing a document up for issue: with the number that is next, of the case as it stands."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from engine.domain.document_events import Made
from engine.errors import InvalidState
from engine.outbound.documents.composing import html_of
from engine.queries.documents import Drawn


def made(drawn: Drawn, language: str, zone: ZoneInfo, lay_out: Callable[[str], bytes]) -> Made:
    """The paper; InvalidState with its reason where it cannot be issued, Unavailable where no PDF can be made."""
    if drawn.obstacle is not None:
        raise InvalidState(drawn.obstacle)
    return Made(drawn.ordinal, drawn.number, drawn.rev, lay_out(html_of(drawn, language, zone, number=drawn.number)))
