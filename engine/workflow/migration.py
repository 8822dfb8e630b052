"""A running case moved to another version of its procedure: tried on a copy, whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from SpiffWorkflow.exceptions import SpiffWorkflowException

from engine.domain.text import Text
from engine.errors import EngineError, Incident
from engine.workflow import limits
from engine.workflow.case import Case
from engine.workflow.happenings import Due, LimitRun, Occasion, OpenItem
from engine.workflow.instance import Instance
from engine.workflow.model import Model
from engine.workflow.spiff import codec, moving, stepping

_IMPOSSIBLE = Text("这件投诉在新版流程上无法继续。", "The case cannot go on under the new version.")


@dataclass(frozen=True, slots=True)
class MovedDue:
    """A moment that the case waits for under one version and not, or at another time, under the other."""

    element_id: str | None
    limit_key: str | None
    before: datetime | None
    after: datetime | None
    kind: str = "event"


@dataclass(frozen=True, slots=True)
class Migration:
    """What moving a case comes to; when it is ``impossible``, ``element_id`` is in the way and ``blob`` is the old state.

    ``instance`` is the moved case with what happened on the way not drained yet. ``moved_items`` are the ids of open items that
    stay open and look different afterwards; ``gone_items`` those that the new version takes away. ``recounted`` are limit runs
    that were counted anew.
    """

    blob: bytes
    instance: Instance | None = None
    moved_items: tuple[str, ...] = ()
    gone_items: tuple[str, ...] = ()
    moved_dues: tuple[MovedDue, ...] = ()
    recounted: tuple[LimitRun, ...] = ()
    impossible: Text | None = None
    element_id: str | None = None


def migrate(blob: bytes, old: Model, new: Model, occasion: Occasion, *, recompute: bool = False) -> Migration:
    """The case under the new version, with the ids of what is open kept; nothing is raised for what cannot be.

    Due moments are kept, or with ``recompute`` those that lie ahead are counted anew by the new version's limits.
    """
    try:
        return _moved(blob, old, new, occasion, recompute)
    except EngineError as problem:
        return Migration(blob, impossible=problem.text, element_id=getattr(problem, "element_id", None))
    except (SpiffWorkflowException, LookupError, RecursionError) as problem:
        return Migration(blob, impossible=_IMPOSSIBLE, element_id=_name_of(problem))


def _moved(blob: bytes, old: Model, new: Model, occasion: Occasion, recompute: bool) -> Migration:
    before = codec.load(old, blob, occasion)
    after = codec.restore(new, moving.carry(codec.unpack(blob), old, new), occasion)
    moving.look_ahead(after)
    _refuse_starved(before, after, new)
    case: Case = after.script_engine.case
    _follow(case, new)
    recounted = limits.recount_by_rows(case, after) if recompute else []
    stepping.rearm(after, frozenset(run.id for run in recounted))
    stepping.settle(after)
    was, instance = Instance(before), Instance(after)
    moved = instance.dump()
    # What cannot be loaded again would be lost to the case for good.
    items = {item.id: item for item in Instance.load(new, moved, occasion).open_items}
    return Migration(
        moved,
        instance,
        tuple(item.id for item in was.open_items if item.id in items and _differs(item, items[item.id], old, new)),
        tuple(item.id for item in was.open_items if item.id not in items),
        tuple(_moved_dues(was.due(), instance.due())),
        tuple(recounted),
    )


def _refuse_starved(before: object, after: object, new: Model) -> None:
    hungry = moving.starved(after)
    known = moving.starved(before)
    for place, element_id in hungry.items():
        if place not in known:
            label = new.procedure.label(element_id)
            raise Incident(
                Text(
                    f"“{label.zh}”会一直等待一条已经走过的分支。",
                    f"“{label.en}” would wait for ever for a branch that is past.",
                ),
                element_id,
            )


def _follow(case: Case, new: Model) -> None:
    """Open items are done by whom the new version says; limits that it does not know stop."""
    for key in [key for key, run in case.runs.items() if run.running and key not in new.procedure.limits]:
        limits.stop_run(case, key)
    for item in list(case.items.values()):
        element = new.procedure.element(item.element_id)
        case.items[item.id] = replace(item, role=element.role, process_id=element.process_id)


def _differs(before: OpenItem, after: OpenItem, old: Model, new: Model) -> bool:
    element_id = before.element_id
    forms = [form.name if (form := model.procedure.form_of(element_id)) else None for model in (old, new)]
    return before != after or old.procedure.label(element_id) != new.procedure.label(element_id) or forms[0] != forms[1]


def _moved_dues(before: list[Due], after: list[Due]) -> list[MovedDue]:
    was, is_now = {due.id: due for due in before}, {due.id: due for due in after}
    found = []
    for due_id in dict.fromkeys((*was, *is_now)):
        one, other = was.get(due_id), is_now.get(due_id)
        named = other or one
        moments = (one.due_at if one else None, other.due_at if other else None)
        if named is not None and moments[0] != moments[1]:
            found.append(MovedDue(named.element_id, named.limit_key, *moments, named.kind))
    return found


def _name_of(problem: Exception) -> str | None:
    spec = getattr(problem, "task_spec", None)
    return str(spec.bpmn_id or spec.name) if spec is not None else None
