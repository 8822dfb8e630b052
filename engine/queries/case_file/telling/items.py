"""What the journal says of the tasks of a case."""

from __future__ import annotations

from engine.domain import events as ev
from engine.domain.text import Text
from engine.queries.case_file.telling.teller import DONE, Line, Teller, Telling


def _opened(teller: Teller, event: ev.WorkItemOpened) -> Line:
    name = teller.items[event.item_id] = Text(event.name_zh, event.name_en)
    role = teller.procedure.roles.get(event.role) if event.role else None
    whom = (
        Text(teller.person(event.assignee_id), teller.person(event.assignee_id))
        if event.assignee_id
        else role.label
        if role
        else None
    )
    to_zh, to_en = (f"（{whom.zh}）", f" ({whom.en})") if whom else ("", "")
    due = teller.clock(event.due_at)
    zh, en = (f"，{due} 前办完", f", due {due}") if event.due_at else ("", "")
    own = (whom.zh,) if whom and event.assignee_id else ()
    return Line(Text(f"新任务“{name.zh}”{to_zh}{zh}", f"new task “{name.en}”{to_en}{en}", own=own))


def _claimed(teller: Teller, event: ev.WorkItemClaimed) -> Line:
    name = teller.item(event.item_id)
    return Line(Text(f"认领“{name.zh}”", f"claimed “{name.en}”"), True)


def _released(teller: Teller, event: ev.WorkItemReleased) -> Line:
    name = teller.item(event.item_id)
    return Line(Text(f"放回“{name.zh}”", f"put “{name.en}” back"), True)


def _delegated(teller: Teller, event: ev.WorkItemDelegated) -> Line:
    name, whom = teller.item(event.item_id), teller.person(event.person_id)
    return Line(Text(f"把“{name.zh}”交给{whom}", f"handed “{name.en}” to {whom}", own=(whom,)), True)


def _exclusion_waived(teller: Teller, event: ev.WorkItemExclusionWaived) -> Line:
    name, whom = teller.item(event.item_id), teller.person(event.person_id)
    return Line(Text(f"免除{whom}对“{name.zh}”的回避", f"let {whom} do “{name.en}” though kept out of it", own=(whom,)), True)


def _passed_on(teller: Teller, event: ev.WorkItemPassedOn) -> Line:
    name, to = teller.item(event.item_id), teller.department(event.to_department)
    if event.back:
        return Line(Text(f"把“{name.zh}”退回{to.zh}", f"sent “{name.en}” back to {to.en}"), True)
    return Line(Text(f"把“{name.zh}”转交{to.zh}", f"passed “{name.en}” on to {to.en}"), True)


def _completed(teller: Teller, event: ev.WorkItemCompleted) -> Line:
    name = teller.item(event.item_id, event.element_id)
    return Line(Text(f"完成“{name.zh}”", f"completed “{name.en}”"), True, DONE)


def _waived(teller: Teller, event: ev.WorkItemWaived) -> Line:
    name = teller.item(event.item_id, event.element_id)
    return Line(Text(f"免办“{name.zh}”", f"waived “{name.en}”"), True)


def _cancelled(teller: Teller, event: ev.WorkItemCancelled) -> Line:
    name = teller.item(event.item_id, event.element_id)
    return Line(Text(f"取消“{name.zh}”", f"called off “{name.en}”"))


def _due_moved(teller: Teller, event: ev.WorkItemDueMoved) -> Line:
    name, due = teller.item(event.item_id), teller.clock(event.due_at)
    if event.due_at is None:
        return Line(Text(f"“{name.zh}”不再有期限", f"“{name.en}” has no deadline any more"))
    return Line(Text(f"“{name.zh}”的期限变为 {due}", f"“{name.en}” is now due {due}"))


def _redrawn(teller: Teller, event: ev.WorkItemRedrawn) -> Line:
    name = teller.items[event.item_id] = Text(event.name_zh, event.name_en)
    role = teller.procedure.roles.get(event.role) if event.role else None
    to_zh, to_en = (f"（{role.label.zh}）", f" ({role.label.en})") if role else ("", "")
    return Line(Text(f"任务现为“{name.zh}”{to_zh}", f"the task is now “{name.en}”{to_en}"))


#: How each is told.
TELLING: Telling = {
    ev.WorkItemOpened: _opened,
    ev.WorkItemClaimed: _claimed,
    ev.WorkItemReleased: _released,
    ev.WorkItemDelegated: _delegated,
    ev.WorkItemExclusionWaived: _exclusion_waived,
    ev.WorkItemPassedOn: _passed_on,
    ev.WorkItemCompleted: _completed,
    ev.WorkItemWaived: _waived,
    ev.WorkItemCancelled: _cancelled,
    ev.WorkItemDueMoved: _due_moved,
    ev.WorkItemRedrawn: _redrawn,
}
