"""How the events of a complaint show: register, work items, clocks, messages, search indexes."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from engine.domain import events as ev
from engine.domain.codec import dumps
from engine.storage import blind
from engine.storage import tables as t
from engine.storage.batch import Batch
from engine.storage.projections.subject import Subject, Writer, columns

# A number of a case is a Decimal; these columns are counts.
_COUNTERS = frozenset(column.name for column in t.register_entry.columns if isinstance(column.type, sa.Integer))


def _case_registered(event: ev.CaseRegistered, subject: Subject, batch: Batch) -> None:
    historic = event.version_id is None
    batch.insert(
        t.register_entry,
        {
            "case_id": event.case_id,
            "estate_id": event.estate_id,
            "procedure_key": event.procedure_key,
            "series": event.series,
            "year": event.year,
            "serial": event.serial,
            "number": event.number,
            "source_key": event.source_key,
            "status": "historic" if historic else "open",
            "emergency": False,
            "registered_at": event.registered_at,
            "closed_at": event.closed_at,
            "round": 1,
            "contact_count": 0,
            "passing_on_count": 0,
            "breach_count": 0,
            "registered_by": event.registered_by,
        },
    )


def _register_updated(event: ev.RegisterUpdated, subject: Subject, batch: Batch) -> None:
    changes = {name: int(value) if name in _COUNTERS else value for name, value in event.changes.items()}
    batch.update(t.register_entry, (subject.case_id,), changes)


def _case_indexed(event: ev.CaseIndexed, subject: Subject, batch: Batch) -> None:
    words = {
        kind: [str(subject.personal[key]) for key in keys if subject.personal.get(key)] for kind, keys in event.indexes.items()
    }
    for text in words.get("phone", ()):
        for kind in (blind.PHONE, blind.PHONE_TAIL):
            _insert_index(kind, text, subject, batch)
    for text in words.get("name", ()):
        _insert_index(blind.NAME, text, subject, batch)
    for gram in blind.kept_grams(" ".join(words.get("text", ()))):
        batch.insert(t.bigram, {"gram": gram, "case_id": subject.case_id})


def _insert_index(kind: str, text: str, subject: Subject, batch: Batch) -> None:
    batch.insert(t.blind_index, {"case_id": subject.case_id, "kind": kind, "digest": blind.index(subject.secret, kind, text)})


#: What an item knows of its case for the sake of lists follows the case only while it is open; what has ended says nothing of it.
_UNGRADED = {"severity": None, "emergency": False}


def _item_opened(event: ev.WorkItemOpened, subject: Subject, batch: Batch) -> None:
    row = columns(event, "item_id")
    row |= {
        "case_id": subject.case_id,
        "estate_id": subject.estate_id,
        "registered_at": subject.registered_at,
        "status": "open",
        "holder_id": event.assignee_id,
        "excluded": _excluded(event.excluded),
    }
    batch.insert(t.work_item, row)


def _excluded(persons: list[str]) -> str:
    return f",{','.join(persons)}," if persons else ""


def _item_exclusion_waived(event: ev.WorkItemExclusionWaived, subject: Subject, batch: Batch) -> None:
    batch.update(t.work_item, (event.item_id,), {"excluded": _excluded(event.excluded)})


def _item_claimed(event: ev.WorkItemClaimed, subject: Subject, batch: Batch) -> None:
    batch.update(t.work_item, (event.item_id,), {"holder_id": event.holder_id})


def _item_released(event: ev.WorkItemReleased, subject: Subject, batch: Batch) -> None:
    batch.update(t.work_item, (event.item_id,), {"holder_id": None, "assignee_id": None})


def _item_delegated(event: ev.WorkItemDelegated, subject: Subject, batch: Batch) -> None:
    batch.update(t.work_item, (event.item_id,), {"holder_id": event.person_id, "assignee_id": event.person_id})


def _item_passed_on(event: ev.WorkItemPassedOn, subject: Subject, batch: Batch) -> None:
    previous = None if event.back else event.from_department
    moved = {"department": event.to_department, "previous_department": previous, "holder_id": None, "assignee_id": None}
    batch.update(t.work_item, (event.item_id,), moved)


def _item_completed(event: ev.WorkItemCompleted, subject: Subject, batch: Batch) -> None:
    batch.update(t.work_item, (event.item_id,), {"status": "done", "ended_at": event.at, "ended_by": event.by, **_UNGRADED})


def _item_waived(event: ev.WorkItemWaived, subject: Subject, batch: Batch) -> None:
    batch.update(t.work_item, (event.item_id,), {"status": "waived", "ended_at": event.at, "ended_by": event.by, **_UNGRADED})


def _item_cancelled(event: ev.WorkItemCancelled, subject: Subject, batch: Batch) -> None:
    batch.update(t.work_item, (event.item_id,), {"status": "cancelled", "ended_at": event.at, **_UNGRADED})


def _item_due_moved(event: ev.WorkItemDueMoved, subject: Subject, batch: Batch) -> None:
    batch.update(t.work_item, (event.item_id,), {"due_at": event.due_at, "due_key": event.due_key, "warn_at": event.warn_at})


def _item_redrawn(event: ev.WorkItemRedrawn, subject: Subject, batch: Batch) -> None:
    drawn = {"name_zh": event.name_zh, "name_en": event.name_en, "role": event.role, "form": event.form}
    batch.update(t.work_item, (event.item_id,), drawn)


def _timers_replaced(event: ev.TimersReplaced, subject: Subject, batch: Batch) -> None:
    if event.slots is None and not event.timers:
        batch.delete(t.timer, t.timer.c.case_id == subject.case_id)
    all_slots = range(max(event.before, len(event.timers)) if event.timers else 0)
    slots = all_slots if event.slots is None else [int(slot) for slot in event.slots.split(",")]
    free: list[dict[str, Any]] = [{}] * (len(slots) - len(event.timers))
    for slot, row in zip(slots, [*event.timers, *free], strict=True):
        batch.put(t.timer, {**row, "case_id": subject.case_id, "slot": slot})


def _limit_opened(event: ev.LimitOpened, subject: Subject, batch: Batch) -> None:
    batch.insert(t.limit_run, limit_row(event, subject.case_id, subject.estate_id))


def limit_row(event: ev.LimitOpened, case_id: str, estate_id: str) -> dict[str, Any]:
    """The row of a run that has just opened."""
    row = columns(event, "run_id")
    provisional = bool(event.derivation.get("provisional"))
    return row | {"case_id": case_id, "estate_id": estate_id, "derivation": dumps(event.derivation), "provisional": provisional}


def _limit_warned(event: ev.LimitWarned, subject: Subject, batch: Batch) -> None:
    batch.update(t.limit_run, (subject.case_id, event.run_id), {"warned_at": event.at})


def _limit_breached(event: ev.LimitBreached, subject: Subject, batch: Batch) -> None:
    batch.update(t.limit_run, (subject.case_id, event.run_id), {"breached_at": event.at})


def _limit_stopped(event: ev.LimitStopped, subject: Subject, batch: Batch) -> None:
    batch.update(t.limit_run, (subject.case_id, event.run_id), {"stopped_at": event.at})


#: What a notice of before messages had kinds says nothing of.
_PLAIN_NOTICE = {"kind": "notice", "emergency": False}


def _people_notified(event: ev.PeopleNotified, subject: Subject, batch: Batch) -> None:
    for notice in event.notices:
        batch.insert(t.notification, {**_PLAIN_NOTICE, **notice, "case_id": subject.case_id, "at": event.at})
        batch.insert(
            t.outbox,
            {
                "id": notice["id"],
                "case_id": subject.case_id,
                "kind": "notice",
                "recipient_id": notice["person_id"],
                "body": dumps({"zh": notice["text_zh"], "en": notice["text_en"]}),
                "created_at": event.at,
                "next_at": event.at,
                "attempts": 0,
            },
        )


def _watcher_added(event: ev.WatcherAdded, subject: Subject, batch: Batch) -> None:
    batch.insert(t.watcher, {"case_id": subject.case_id, "person_id": event.person_id, "estate_id": subject.estate_id})


def _contact_logged(event: ev.ContactLogged, subject: Subject, batch: Batch) -> None:
    batch.insert(t.contact, {"id": event.contact_id, "case_id": subject.case_id, "person_id": event.by, "at": event.at})


def _case_linked(event: ev.CaseLinked, subject: Subject, batch: Batch) -> None:
    batch.insert(t.case_link, {"case_id": subject.case_id, "other_id": event.other_id, "kind": event.kind, "at": event.at})
    batch.insert(t.case_link, {"case_id": event.other_id, "other_id": subject.case_id, "kind": event.kind, "at": event.at})


def _erased(event: ev.PersonalDataErased, subject: Subject, batch: Batch) -> None:
    for table in (t.blind_index, t.bigram):
        batch.delete(table, table.c.case_id == subject.case_id)


def _case_closed(event: ev.CaseClosed, subject: Subject, batch: Batch) -> None:
    batch.update(t.register_entry, (subject.case_id,), {"status": "closed", "closed_at": event.at})


WRITERS: dict[type[ev.Event], Writer] = {
    ev.CaseRegistered: _case_registered,
    ev.RegisterUpdated: _register_updated,
    ev.CaseIndexed: _case_indexed,
    ev.WorkItemOpened: _item_opened,
    ev.WorkItemClaimed: _item_claimed,
    ev.WorkItemReleased: _item_released,
    ev.WorkItemExclusionWaived: _item_exclusion_waived,
    ev.WorkItemDelegated: _item_delegated,
    ev.WorkItemPassedOn: _item_passed_on,
    ev.WorkItemCompleted: _item_completed,
    ev.WorkItemWaived: _item_waived,
    ev.WorkItemCancelled: _item_cancelled,
    ev.WorkItemDueMoved: _item_due_moved,
    ev.WorkItemRedrawn: _item_redrawn,
    ev.TimersReplaced: _timers_replaced,
    ev.LimitOpened: _limit_opened,
    ev.LimitWarned: _limit_warned,
    ev.LimitBreached: _limit_breached,
    ev.LimitStopped: _limit_stopped,
    ev.PeopleNotified: _people_notified,
    ev.WatcherAdded: _watcher_added,
    ev.ContactLogged: _contact_logged,
    ev.CaseLinked: _case_linked,
    ev.PersonalDataErased: _erased,
    ev.CaseClosed: _case_closed,
}
