"""What may be done with an open task of a walk but complete it, by whom and to whom, so that nothing refused is offered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.domain.text import Text
from engine.rehearsal.hands import (
    ACTION_OF,
    ALLOW,
    ANOTHER,
    ANYBODY,
    CLAIM,
    DEALINGS,
    DELEGATE,
    PASS_ON,
    RELEASE,
    SEND_BACK,
)
from engine.rehearsal.stage import WAIVE
from engine.rehearsal.trying.naming import called, people
from engine.rehearsal.trying.telling import ToldStage
from engine.workflow import OpenItem

SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Dealing:
    """What may be done with an open task but complete it: by whom, and to whom it then goes where it goes to anybody.

    ``to_department`` where that is one of the company's departments, but the one it is in, ``department``.
    """

    key: str
    people: tuple[tuple[str, Text], ...]
    to: tuple[tuple[str, Text], ...] = ()
    to_department: bool = False
    department: str | None = None


def dealings(stage: ToldStage, item: OpenItem) -> Iterator[Dealing]:
    """Those that the procedure and the state of the task allow."""
    hold = stage.hands.of(item)
    possible = {
        CLAIM: hold.holder is None and item.assignee is None,
        RELEASE: hold.holder is not None,
        PASS_ON: hold.department is not None,
        SEND_BACK: hold.previous is not None,
        ALLOW: bool(stage.hands.excludes(item)),
    }
    for key in DEALINGS:
        who = _who(stage, item, key)
        if possible.get(key, True) and who:
            yield Dealing(key, who, _to(stage, item, key), key == PASS_ON, hold.department)
    if waiving := _of_action(stage, WAIVE):
        yield Dealing(SKIP, waiving)


def doers(stage: ToldStage, item: OpenItem) -> tuple[str, ...]:
    """Who could complete it: whoever has it in hand, else everybody of its role who need not keep out."""
    holder, excludes, role = stage.hands.of(item).holder, stage.hands.excludes(item), item.role or ""
    return (holder,) if holder else tuple(one for one in (role, f"{ANOTHER}{role}") if one not in excludes)


def _who(stage: ToldStage, item: OpenItem, key: str) -> tuple[tuple[str, Text], ...]:
    """Who may: whoever has the task in hand or could do it; for some dealings those of the procedure's action."""
    own = list(doers(stage, item))
    if key in (DELEGATE, ALLOW):
        return _of_action(stage, key)
    if key == RELEASE:
        own += [one for one, _ in _of_action(stage, DELEGATE) if one not in own]
    if key in ACTION_OF and ACTION_OF[key] not in stage.procedure.actions:
        return ()
    return tuple((one, called(stage.procedure, one)) for one in own)


def _of_action(stage: ToldStage, action: str) -> tuple[tuple[str, Text], ...]:
    procedure = stage.procedure
    rule = procedure.actions.get(action)
    roles = () if rule is None else procedure.roles if ANYBODY in rule.roles else rule.roles
    return tuple((role, procedure.roles[role].label) for role in roles if role in procedure.roles)


def _to(stage: ToldStage, item: OpenItem, key: str) -> tuple[tuple[str, Text], ...]:
    """Persons to choose from; of those who could have it the second of the task's own role first."""
    excludes, holder = stage.hands.excludes(item), stage.hands.of(item).holder
    if key == ALLOW:
        return tuple((one, called(stage.procedure, one)) for one in excludes)
    if key != DELEGATE:
        return ()
    others = [one for one in people(stage.procedure) if one[0] not in (*excludes, holder)]
    return tuple(sorted(others, key=lambda one: one[0] != f"{ANOTHER}{item.role}"))
