"""What the journal says of what is put into the file, who is told, and what is sent."""

from __future__ import annotations

from engine.domain import document_events, report_events
from engine.domain import events as ev
from engine.domain.text import Text
from engine.queries.case_file.telling.teller import Line, Teller, Telling


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


def _report_made(teller: Teller, event: report_events.ReportMade) -> Line:
    start, end = teller.clock(event.period_start), teller.clock(event.period_end)
    return Line(Text(f"按登记簿算出 {start} 至 {end} 的数字", f"drew up the figures from {start} to {end}"))


def _report_sent(teller: Teller, event: report_events.ReportSent) -> Line:
    zh = "、".join(receipt["name_zh"] for receipt in event.receipts)
    en = ", ".join(receipt["name_en"] for receipt in event.receipts)
    return Line(Text(f"报告发给{zh}", f"the report went to {en}"))


def _report_received(teller: Teller, event: report_events.ReportReceived) -> Line:
    return Line(Text("确认收到报告", "confirmed the receipt of the report"), True)


#: How each is told.
TELLING: Telling = {
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
    report_events.ReportMade: _report_made,
    report_events.ReportSent: _report_sent,
    report_events.ReportReceived: _report_received,
}
