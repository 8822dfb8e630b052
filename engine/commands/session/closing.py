"""The end of every case command: happenings become events, and everything is written in one go."""

from __future__ import annotations

from itertools import chain, count
from typing import TYPE_CHECKING, Any

from engine.commands.operators import OPERATORS
from engine.commands.receipt import NextItem, Receipt
from engine.commands.session import drafts, notices, permits
from engine.commands.session.answers import write_submissions
from engine.commands.session.translate import Translation, limit_opened
from engine.domain import events as ev
from engine.domain.inbox_events import WorkItemGraded
from engine.domain.text import Text
from engine.domain.values import Value
from engine.storage import tables as t
from engine.storage.projections import limit_row
from engine.workflow import Due, OpenItem

if TYPE_CHECKING:
    from engine.commands.session.case_session import CaseSession

#: Register keys whose column has another name.
_COLUMNS = {"household": "household_id"}


def finish(session: CaseSession, action: str, said: Text) -> Receipt:
    """Journal the session's events, save the case, update the projections, and answer the receipt."""
    opened = _step_events(session) if session.stepped else []
    if session.changes and not session.stepped:
        session.events.append(ev.RegisterUpdated(session.changes))
    told = notices.rows(session)
    if told:
        session.events.append(ev.PeopleNotified(told, session.now))
    events = session.events
    refs = session.work.seal("case", session.case_id, session.personal) if session.personal else {}
    write_submissions(session, refs)
    for write in session.after_sealing:
        write(refs)
    _index(session, events)
    head = session.work.record(
        session.head(), ("case", session.case_id), action, events, personal=refs, on_behalf_of=session.on_behalf_of
    )
    _save(session, {"journal_seq": head.seq, "journal_hash": head.hash})
    entry = session.entry
    session.work.project(events, session.case_id, entry["estate_id"], entry["registered_at"], session.personal)
    return Receipt(session.case_id, session.entry["number"], said, tuple(_next_item(session, item) for item in opened))


def _save(session: CaseSession, changes: dict[str, Any]) -> None:
    changes |= session.case_changes
    if session.stepped:
        changes |= {"state": session.instance.dump(), "closed": session.instance.ended}
    if session.case["rev"] == 0:
        session.work.batch.insert(t.cases, {**session.case, **changes, "rev": 1})
    else:
        session.work.save_case(session.case_id, session.case["rev"], changes)


def _step_events(session: CaseSession) -> list[OpenItem]:
    final = {item.id: item for item in session.instance.open_items}
    step = Translation(
        session.published.procedure,
        session.entry["number"],
        session.now,
        session.submitted,
        lambda item: _opened(session, final.get(item.id, item)),
    )
    for happened in session.instance.drain():
        step.take(happened)
    session.notices += step.notices
    session.notices += [notice for item in step.opened for notice in notices.opened(session, item)]
    if step.values:
        step.events.insert(0, ev.ValuesChanged(step.values))
    if step.passed or step.decisions:
        session.events.append(ev.StepTaken(step.passed, step.decisions, session.known.facts))
    session.events += step.events
    session.events += _moved_deadlines(session)
    session.events += _regraded(session)
    _register_changes(session, step.breaches)
    _know_runs(session)
    _timers(session)
    drafts.settle(session)
    if step.ended:
        session.events.append(ev.CaseClosed(session.now))
    for call in step.called:
        if call.operator in OPERATORS:
            OPERATORS[call.operator](session, call)
    return step.opened


def _opened(session: CaseSession, item: OpenItem) -> ev.WorkItemOpened:
    procedure = session.published.procedure
    label, form = procedure.label(item.element_id), procedure.form_of(item.element_id)
    return ev.WorkItemOpened(
        item.id,
        item.element_id,
        label.zh,
        label.en,
        item.round,
        item.opened_at,
        form.name if form else None,
        item.role,
        item.department,
        item.assignee,
        list(item.excludes),
        item.due_at,
        item.due_key,
        _warn_at(session, item),
        *_grade(session),
    )


def _grade(session: CaseSession) -> tuple[str | None, bool]:
    """The severity of the case, and whether it is an emergency, as lists of work items are narrowed by them."""
    register, values = session.published.procedure.register, session.instance.values
    severity = values.get(register.get("severity", ""))
    return (None if severity is None else str(severity)), bool(values.get(register.get("emergency", "")))


def _regraded(session: CaseSession) -> list[ev.Event]:
    grade = _grade(session)
    still_open = [item.id for item in session.instance.open_items if item.id in session.items]
    return [
        WorkItemGraded(item_id, *grade)
        for item_id in still_open
        if (session.items[item_id]["severity"], bool(session.items[item_id]["emergency"])) != grade
    ]


def _warn_at(session: CaseSession, item: OpenItem) -> Any:
    runs = (run for run in session.instance.limit_runs if run.key == item.due_key and run.running)
    return next((run.warn_at for run in runs), None)


def _moved_deadlines(session: CaseSession) -> list[ev.Event]:
    still_open = [item for item in session.instance.open_items if item.id in session.items]
    return [
        ev.WorkItemDueMoved(item.id, item.due_at, item.due_key, _warn_at(session, item))
        for item in still_open
        if item.due_at != session.items[item.id]["due_at"]
    ]


def _register_changes(session: CaseSession, breaches: int) -> None:
    values, entry = session.instance.values, session.entry
    columns = {_COLUMNS.get(name, name): key for name, key in session.published.procedure.register.items()}
    now = {name: _column_value(name, values.get(key)) for name, key in columns.items() if name in entry and key in values}
    changed = {name: value for name, value in now.items() if value != entry[name]} | session.changes
    if breaches:
        changed["breach_count"] = entry["breach_count"] + breaches
    due = min((due.due_at for due in session.instance.due()), default=None)
    if due != entry["next_due_at"]:
        changed["next_due_at"] = due
    if changed:
        session.events.append(ev.RegisterUpdated(changed))


def _column_value(name: str, value: Value) -> Value:
    if name == "emergency":
        return bool(value)
    return 1 if name == "round" and value is None else value


def _know_runs(session: CaseSession) -> None:
    procedure, estate_id = session.published.procedure, str(session.entry["estate_id"])
    rows = [
        {
            **limit_row(limit_opened(procedure, run), session.case_id, estate_id),
            "warned_at": run.warned_at,
            "breached_at": run.breached_at,
            "stopped_at": None,
        }
        for run in session.runs_before
        if run.running
    ]
    session.work.batch.know(t.limit_run, rows)


def _timers(session: CaseSession) -> None:
    """Only what changed is told and written: a case may wait for a dozen moments, and a step seldom moves more than two."""
    dues = tuple(session.instance.due())
    if dues == session.dues_before:
        return
    if not dues:
        session.events.append(ev.TimersReplaced([]))
        return
    slots = {timer_id: slot for slot, timer_id in session.known.slots.items() if timer_id}
    before, ids = set(session.dues_before), {due.id for due in dues}
    changed = [due for due in dues if due not in before or due.id not in slots]
    left = sorted(slot for slot, timer_id in session.known.slots.items() if timer_id not in ids)
    further = count(len(session.known.slots))
    free = chain(left, further)
    taken = [slots[due.id] if due.id in slots else next(free) for due in changed]
    ended = [slot for slot in left if session.known.slots[slot] and slot not in taken]
    if taken or ended:
        named = ",".join(map(str, [*taken, *ended]))
        session.events.append(ev.TimersReplaced([_timer(due) for due in changed], slots=named))


def _timer(due: Due) -> dict[str, Any]:
    return {
        "id": due.id,
        "kind": due.kind,
        "element_id": due.element_id,
        "limit_key": due.limit_key,
        "due_at": due.due_at,
        "interrupting": due.interrupting,
    }


def _index(session: CaseSession, events: list[ev.Event]) -> None:
    if not session.personal or session.case["version_id"] is None:
        return
    register = session.published.procedure.register
    kinds = {"phone": ("complainant_phone",), "name": ("complainant_name",), "text": ("subject", "text", "place")}
    indexes = {
        kind: [key for name in names if (key := register.get(name)) in session.personal and key] for kind, names in kinds.items()
    }
    indexes = {kind: keys for kind, keys in indexes.items() if keys}
    if indexes:
        events.append(ev.CaseIndexed(indexes))


def _next_item(session: CaseSession, item: OpenItem) -> NextItem:
    row = {
        "excluded": f",{','.join(item.excludes)},",
        "assignee_id": item.assignee,
        "holder_id": item.assignee,
        "role": item.role,
        "estate_id": session.entry["estate_id"],
        "department": item.department,
    }
    label = session.published.procedure.label(item.element_id)
    return NextItem(item.id, label, item.role, permits.may_do(session.actor, row))
