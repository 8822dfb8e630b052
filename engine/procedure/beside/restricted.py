"""Restricted steps: those by whose passing it could be told what was decided there, and to whom they are told."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from engine.domain.actor import Actor


def kept_apart(actor: Actor, procedure: Any, estate_id: str | None) -> frozenset[str]:
    """Elements of which the actor is not told whether a case came to them; ``estate_id`` None asks for all estates at once.

    They are the tasks that the procedure marks as sensitive, and all that is drawn with one in a called diagram or a subprocess,
    because the way past a sensitive task tells what was decided there. Who does one of these tasks is told all of its diagram.
    What leads into it is told to every reader: that a complaint went there stands in entries that are open to them.
    """
    sensitive = [element for element in procedure.elements.values() if element.sensitivity]
    if actor.system or not sensitive:
        return frozenset()
    does = {_around(procedure, element) for element in sensitive if _does(actor, element, estate_id)}
    closed = {_around(procedure, element) for element in sensitive} - does
    while more := _called_only_from(procedure, closed):
        closed |= more
    return frozenset(own for own, element in procedure.elements.items() if closed.intersection(_surroundings(procedure, element)))


def told_instead(procedure: Any, hidden: Collection[str], element_id: str) -> str:
    """The element that is named for one of which the actor is not told: the nearest activity around it of which they are."""
    seen: set[str] = set()
    while element_id in hidden and element_id not in seen:
        seen.add(element_id)
        element_id = next(_outside(procedure, procedure.elements[element_id]), element_id)
    return element_id


def _around(procedure: Any, element: Any) -> str:
    """The subprocess or called diagram in which an element lies; on the main diagram the element itself."""
    inside = element.host or (element.process_id if element.process_id != procedure.main else element.id)
    return str(inside)


def _surroundings(procedure: Any, element: Any) -> Iterator[str]:
    """The element itself, the subprocesses around it and its diagram."""
    yield from (element.id, element.process_id)
    host = procedure.elements.get(element.host)
    while host is not None:
        yield host.id
        host = procedure.elements.get(host.host)


def _called_only_from(procedure: Any, closed: Collection[str]) -> set[str]:
    """Diagrams, not yet closed, that nothing calls save what is closed."""
    callers: dict[str, list[Any]] = {}
    for element in procedure.elements.values():
        if element.called and element.called not in closed:
            callers.setdefault(element.called, []).append(element)
    inside = {one.id for some in callers.values() for one in some if {*_surroundings(procedure, one)} & {*closed}}
    return {called for called, some in callers.items() if all(one.id in inside for one in some)}


def _outside(procedure: Any, element: Any) -> Iterator[str]:
    if element.host:
        yield element.host
    yield from (one.id for one in procedure.elements.values() if one.called == element.process_id)


def _does(actor: Actor, element: Any, estate_id: str | None) -> bool:
    if estate_id is None:
        return any(grant.role == element.role and grant.estate_id is None for grant in actor.grants)
    return any(grant.covers(element.role, estate_id, None) for grant in actor.grants if element.role)
