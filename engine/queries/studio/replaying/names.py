"""The two states of a procedure that a replay compares, and what people call their elements, limits, roles and diagrams."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.procedure import Bundle, Procedure
from engine.procedure.diagrams.picture import picture_of
from engine.procedure.findings import Findings
from engine.procedure.procedure import assemble
from engine.procedure.reading import read_all
from engine.queries.studio.replaying.runs import bundles

if TYPE_CHECKING:
    from engine.queries.reader import Reader

SIDES = ("before", "after")
NO_SHEET = Text("这次回放里没有这张图。", "The replay has no such diagram.")
_NOBODY = Text("无", "nobody")
Both = Sequence[Procedure]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A diagram that can be shown: its process, file and name, and whether anything of it went otherwise."""

    process_id: str
    name: Text
    differs: bool


def procedures(reader: Reader, actor: Actor, run_id: str) -> tuple[Procedure, Procedure]:
    """Before and after; as ``run``."""
    before, after = bundles(reader, actor, run_id)
    return _read(before), _read(after)


@lru_cache(maxsize=8)
def _read(bundle: Bundle) -> Procedure:
    # A draft with faults has names too.
    return assemble(read_all(bundle, Findings()))


def elements_of(procedure: Procedure, process_id: str) -> list[str]:
    """The elements on a diagram."""
    return [own for own, element in procedure.elements.items() if element.process_id == process_id]


def names_on(procedure: Procedure, process_id: str) -> dict[str, Text]:
    """What everything drawn on a diagram is called, lanes and branches among it."""
    diagram = procedure.diagrams.get(process_id)
    picture = picture_of(diagram) if diagram is not None else None
    drawn = picture.names if picture is not None else {}
    return {**drawn, **{own: procedure.elements[own].label for own in elements_of(procedure, process_id)}}


def given(procedure: Procedure, element: str) -> Text | None:
    """The name that somebody gave an element; None where nobody did."""
    label = procedure.label(element)
    return None if label.zh == element else label


def label_of(both: Both, element: str) -> Text:
    """What an element is called after the change, else before."""
    return next((one.label(element) for one in reversed(both) if element in one.elements), Text(element, element))


def limit_of(both: Both, key: str) -> Text:
    """What a limit is called."""
    return next((one.limits[key] for one in reversed(both) if key in one.limits), Text(key, key))


def role_of(both: Both, key: str) -> Text:
    """What a role is called."""
    return next((one.roles[key].label for one in reversed(both) if key in one.roles), Text(key, key) if key else _NOBODY)


def action_of(both: Both, key: str) -> Text:
    """What an action, or else an element, is called."""
    return next((one.actions[key].name for one in both if key in one.actions), label_of(both, key))


def timed(told: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """The same with its moments as moments."""
    if told is None:
        return None
    return {name: moment(value) if name.endswith("_at") else value for name, value in told.items()}


def moment(text: str | None) -> datetime | None:
    """A moment as it is kept; None for none."""
    return None if text is None else datetime.fromisoformat(text)


def at(text: str) -> datetime:
    """A moment that is there."""
    return datetime.fromisoformat(text)
