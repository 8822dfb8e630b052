"""What an event of the journal says to people: one line in both languages, or nothing where a line would only repeat another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any

from engine.domain import calendar_events, document_events, report_events
from engine.domain import events as ev
from engine.domain.text import Text
from engine.domain.values import Value

LATE, DONE = "late", "done"


@dataclass(frozen=True, slots=True)
class Pair:
    """A field with its value, and the one before where it was put right."""

    field: Any
    value: Value
    was: Value = None
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened; ``by_person`` parts what somebody did from what the procedure did of itself."""

    text: Text
    by_person: bool = False
    tone: str = ""
    pairs: tuple[Pair, ...] = ()
    attachment_id: str | None = None
    attachment_name: str | None = None
    case_id: str | None = None


@dataclass(slots=True)
class Teller:
    """Knows what ids are called; ``items`` and ``runs`` grow as the events that open them pass by."""

    procedure: Any
    zone: tzinfo
    people: Mapping[str, str]
    departments: Mapping[str, Text]
    withheld: frozenset[str] = frozenset()
    items: dict[str, Text] = field(default_factory=dict)
    runs: dict[str, ev.LimitOpened] = field(default_factory=dict)

    def tell(self, event: ev.Event) -> Line | None:
        """The line of an event; None for events that only feed tables."""
        told = _TELLING.get(type(event))
        return told(self, event) if told else None

    def person(self, person_id: str | None) -> str:
        """What a person is called."""
        return self.people.get(person_id or "", person_id or "—")

    def clock(self, moment: datetime | None) -> str:
        """A moment as both languages write it."""
        return moment.astimezone(self.zone).strftime("%m-%d %H:%M") if moment else "—"

    def item(self, item_id: str, element_id: str | None = None) -> Text:
        """What a work item is called."""
        return self.items.get(item_id) or (self.procedure.label(element_id) if element_id else Text("一项任务", "a task"))

    def department(self, code: str | None) -> Text:
        """What a department is called."""
        return self.departments.get(code or "", Text(code or "—", code or "—"))

    def pair(self, key: str, value: Value, **rest: Any) -> Pair | None:
        """A value with its field; None for what the actor may not see or the vocabulary does not know."""
        known = self.procedure.vocabulary.get(key)
        return Pair(known, value, **rest) if known and key not in self.withheld else None


def _registered(teller: Teller, event: ev.CaseRegistered) -> Line:
    if not teller.procedure.intake.task:
        return Line(Text(f"开始办理，编号 {event.number}", f"began the case as {event.number}"), tone=DONE)
    return Line(Text(f"登记投诉，编号 {event.number}", f"recorded the complaint as {event.number}"), True, DONE)


def _values(teller: Teller, event: ev.ValuesChanged) -> Line | None:
    found = (teller.pair(key, value) for key, value in event.values.items() if value is not None)
    pairs = tuple(pair for pair in found if pair)
    return Line(Text("写入", "set"), pairs=pairs) if pairs else None


def _step(teller: Teller, event: ev.StepTaken) -> Line | None:
    named = [element.label for key in event.passed if (element := teller.procedure.elements.get(key)) and _is_named(element)]
    if not named:
        return None
    return Line(Text("走过 " + " → ".join(label.zh for label in named), "passed " + " → ".join(label.en for label in named)))


def _is_named(element: Any) -> bool:
    return not element.kind.endswith("Gateway") and element.label.zh != element.id


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


def _timer(teller: Teller, event: ev.TimerFired) -> Line:
    label = teller.procedure.label(event.element_id)
    return Line(Text(f"到时间：{label.zh}", f"the time came: {label.en}"))


def _limit_opened(teller: Teller, event: ev.LimitOpened) -> Line:
    teller.runs[event.run_id] = event
    due = teller.clock(event.due_at)
    return Line(Text(f"“{event.name_zh}”开始计时，{due} 到期", f"the clock for “{event.name_en}” started, due {due}"))


def _limit_warned(teller: Teller, event: ev.LimitWarned) -> Line | None:
    run = teller.runs.get(event.run_id)
    return Line(Text(f"“{run.name_zh}”快到期了", f"“{run.name_en}” is about to run out")) if run else None


def _limit_recounted(teller: Teller, event: calendar_events.LimitRecounted) -> Line | None:
    run, was, due = teller.runs.get(event.run_id), teller.clock(event.before_at), teller.clock(event.due_at)
    if run is None:
        return None
    zh, en = run.name_zh, run.name_en
    return Line(Text(f"工作日有变，“{zh}”由 {was} 改到 {due}", f"the calendar changed: “{en}” moved from {was} to {due}"))


def _limit_breached(teller: Teller, event: ev.LimitBreached) -> Line | None:
    run = teller.runs.get(event.run_id)
    return Line(Text(f"“{run.name_zh}”已超时", f"“{run.name_en}” ran out"), tone=LATE) if run else None


def _limit_stopped(teller: Teller, event: ev.LimitStopped) -> Line | None:
    run = teller.runs.get(event.run_id)
    if run is None:
        return None
    if event.at > run.due_at:
        return Line(Text(f"“{run.name_zh}”超时后办完", f"“{run.name_en}” was done late"))
    return Line(Text(f"“{run.name_zh}”按时办完", f"“{run.name_en}” was done in time"))


def _notified(teller: Teller, event: ev.PeopleNotified) -> Line | None:
    if not event.notices:
        return None
    first, people = event.notices[0], dict.fromkeys(teller.person(notice["person_id"]) for notice in event.notices)
    zh, en = "、".join(people), ", ".join(people)
    return Line(Text(f"通知{zh}：{first['text_zh']}", f"told {en}: {first['text_en']}", own=tuple(people)))


def _watched(teller: Teller, event: ev.WatcherAdded) -> Line:
    whom = teller.person(event.person_id)
    return Line(Text(f"{whom}跟进到底", f"{whom} follows the case to its end", own=(whom,)))


def _contact(teller: Teller, event: ev.ContactLogged) -> Line:
    return Line(Text("记下对方又来联系", "logged that they got in touch again"), True)


def _comment(teller: Teller, event: ev.CommentAdded) -> Line:
    return Line(Text("留言", "left a note"), True)


def _corrected(teller: Teller, event: ev.EntryCorrected) -> Line:
    known = teller.procedure.vocabulary.get(event.field_key)
    label = known.label if known else Text(event.field_key, event.field_key)
    pair = teller.pair(event.field_key, event.new, was=event.old, changed=True)
    return Line(Text(f"更正“{label.zh}”", f"corrected “{label.en}”"), True, pairs=(pair,) if pair else ())


def _linked(teller: Teller, event: ev.CaseLinked) -> Line:
    return Line(Text(f"关联 {event.other_number}", f"linked {event.other_number}"), True, case_id=event.other_id)


def _action(teller: Teller, event: ev.ActionTaken) -> Line:
    action = teller.procedure.actions.get(event.action)
    label = action.label if action and action.label else Text(event.action, event.action)
    return Line(Text(label.zh, f"chose “{label.en}”"), True)


def _attached(teller: Teller, event: ev.AttachmentAdded) -> Line:
    return Line(Text("添加文件", "added a file"), True, attachment_id=event.attachment_id)


def _drafted(teller: Teller, event: ev.DocumentDrafted) -> Line:
    return Line(Text(f"需要文书：{event.title}", f"a document is asked for: {event.title}"))


def _issued(teller: Teller, event: document_events.DocumentIssued) -> Line:
    return Line(Text(f"发出文书 {event.title_zh}（{event.number}）", f"issued “{event.title_en}” ({event.number})"), True)


def _removed(teller: Teller, event: document_events.DocumentsRemoved) -> Line:
    count = len(event.document_ids)
    return Line(Text(f"随个人信息删除了 {count} 份文书的文件", f"files of {count} documents went with the personal data"), True)


def _parked(teller: Teller, event: ev.IncidentParked) -> Line:
    label = teller.procedure.label(event.element_id) if event.element_id in teller.procedure.elements else None
    at = (f"在“{label.zh}”", f" at “{label.en}”") if label else ("", "")
    return Line(Text(f"{at[0]}遇到系统故障，已转运行管理处理", f"a technical fault{at[1]} waits for an operator"), tone=LATE)


def _migrated(teller: Teller, event: ev.CaseMigrated) -> Line:
    was, is_now = event.from_number, event.to_number
    return Line(Text(f"从规程第 {was} 版换到第 {is_now} 版", f"moved the case from version {was} to version {is_now}"), True)


def _redrawn(teller: Teller, event: ev.WorkItemRedrawn) -> Line:
    name = teller.items[event.item_id] = Text(event.name_zh, event.name_en)
    role = teller.procedure.roles.get(event.role) if event.role else None
    to_zh, to_en = (f"（{role.label.zh}）", f" ({role.label.en})") if role else ("", "")
    return Line(Text(f"任务现为“{name.zh}”{to_zh}", f"the task is now “{name.en}”{to_en}"))


def _resolved(teller: Teller, event: ev.IncidentResolved) -> Line:
    return Line(Text("处理了一次系统故障", "dealt with a technical fault"), True)


def _erased(teller: Teller, event: ev.PersonalDataErased) -> Line:
    return Line(Text(f"删除了个人信息 {event.count} 项", f"erased {event.count} personal values"), True)


def _report_made(teller: Teller, event: report_events.ReportMade) -> Line:
    start, end = teller.clock(event.period_start), teller.clock(event.period_end)
    return Line(Text(f"按登记簿算出 {start} 至 {end} 的数字", f"drew up the figures from {start} to {end}"))


def _report_sent(teller: Teller, event: report_events.ReportSent) -> Line:
    zh = "、".join(receipt["name_zh"] for receipt in event.receipts)
    en = ", ".join(receipt["name_en"] for receipt in event.receipts)
    return Line(Text(f"报告发给{zh}", f"the report went to {en}"))


def _report_received(teller: Teller, event: report_events.ReportReceived) -> Line:
    return Line(Text("确认收到报告", "confirmed the receipt of the report"), True)


def _closed(teller: Teller, event: ev.CaseClosed) -> Line:
    return Line(Text("办结", "the case is closed"), tone=DONE)


_TELLING: dict[type[ev.Event], Callable[[Teller, Any], Line | None]] = {
    ev.CaseRegistered: _registered,
    ev.ValuesChanged: _values,
    ev.StepTaken: _step,
    ev.WorkItemOpened: _opened,
    ev.WorkItemClaimed: _claimed,
    ev.WorkItemReleased: _released,
    ev.WorkItemExclusionWaived: _exclusion_waived,
    ev.WorkItemDelegated: _delegated,
    ev.WorkItemPassedOn: _passed_on,
    ev.WorkItemCompleted: _completed,
    ev.WorkItemWaived: _waived,
    ev.WorkItemCancelled: _cancelled,
    ev.WorkItemDueMoved: _due_moved,
    ev.TimerFired: _timer,
    ev.LimitOpened: _limit_opened,
    ev.LimitWarned: _limit_warned,
    ev.LimitBreached: _limit_breached,
    calendar_events.LimitRecounted: _limit_recounted,
    ev.LimitStopped: _limit_stopped,
    ev.PeopleNotified: _notified,
    ev.WatcherAdded: _watched,
    ev.ContactLogged: _contact,
    ev.CommentAdded: _comment,
    ev.EntryCorrected: _corrected,
    ev.CaseLinked: _linked,
    ev.ActionTaken: _action,
    ev.AttachmentAdded: _attached,
    ev.DocumentDrafted: _drafted,
    document_events.DocumentIssued: _issued,
    document_events.DocumentsRemoved: _removed,
    ev.IncidentParked: _parked,
    ev.IncidentResolved: _resolved,
    ev.CaseMigrated: _migrated,
    ev.WorkItemRedrawn: _redrawn,
    ev.PersonalDataErased: _erased,
    report_events.ReportMade: _report_made,
    report_events.ReportSent: _report_sent,
    report_events.ReportReceived: _report_received,
    ev.CaseClosed: _closed,
}

#: The types of the events that say nothing to people.
UNTOLD = frozenset(ev.EVENTS) - {kind.__name__ for kind in _TELLING}
