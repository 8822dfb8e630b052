"""One drawn process, and one element of it as the rest of the engine sees it."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.text import Text
from engine.feel import Expression


@dataclass(frozen=True, slots=True)
class Diagram:
    """One process with its file as drawn."""

    process_id: str
    file: str
    name: Text
    xml: bytes


@dataclass(frozen=True, slots=True)
class Element:
    """A flow node with its extension properties; ``role`` is resolved through its lane, ``kind`` is the BPMN name.

    ``drawn_limits`` are the limits whose due moments the timers on its edge show.
    """

    id: str
    kind: str
    label: Text
    process_id: str
    file: str
    line: int | None
    role: str | None = None
    department: Expression | None = None
    assignee: Expression | None = None
    excludes: tuple[str, ...] = ()
    limit: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    moment: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    instructions: Text | None = None
    form: str | None = None
    operator: str | None = None
    scope: bool = False
    sensitivity: str | None = None
    attached_to: str | None = None
    host: str | None = None
    called: str | None = None
    decision: str | None = None
    interrupting: bool = True
    drawn_limits: tuple[str, ...] = ()
