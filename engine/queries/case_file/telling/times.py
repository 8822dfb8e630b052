"""What the journal says of timers and limits."""

from __future__ import annotations

from engine.domain import calendar_events
from engine.domain import events as ev
from engine.domain.text import Text
from engine.queries.case_file.telling.teller import LATE, Line, Teller, Telling


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


#: How each is told.
TELLING: Telling = {
    ev.TimerFired: _timer,
    ev.LimitOpened: _limit_opened,
    ev.LimitWarned: _limit_warned,
    calendar_events.LimitRecounted: _limit_recounted,
    ev.LimitBreached: _limit_breached,
    ev.LimitStopped: _limit_stopped,
}
