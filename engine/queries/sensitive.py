"""Which entries of a case somebody who may read the case may still not see."""

from __future__ import annotations

from typing import Any

from engine.domain.actor import Actor


def withheld(actor: Actor, procedure: Any, estate_id: str) -> frozenset[str]:
    """Keys of sensitive fields that no task of the actor's roles shows: the procedure itself says who works with them."""
    sensitive = {key for key, field in procedure.vocabulary.items() if field.sensitivity}
    if actor.system or not sensitive:
        return frozenset()
    seen = {key for element in _tasks(procedure) if _is_for(actor, element, estate_id) for key in _shown(procedure, element)}
    return frozenset(sensitive - seen)


def _tasks(procedure: Any) -> list[Any]:
    return [element for element in procedure.elements.values() if element.form]


def _is_for(actor: Actor, element: Any, estate_id: str) -> bool:
    return element.role is not None and any(grant.covers(element.role, estate_id, None) for grant in actor.grants)


def _shown(procedure: Any, element: Any) -> set[str]:
    form = procedure.form_of(element.id)
    return _keys(form.components) if form else set()


def _keys(components: Any) -> set[str]:
    found: set[str] = set()
    for component in components:
        found |= ({component.key} if component.key else set()) | _keys(component.children)
    return found
