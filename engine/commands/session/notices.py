"""Who is told what by a step: notices for roles and persons become one row a person, and one a rung."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from engine.domain.ids import new_id
from engine.domain.messages import Kind
from engine.domain.text import Text
from engine.domain.values import Value
from engine.workflow import LimitRun, OpenItem

if TYPE_CHECKING:
    from engine.commands.session.case_session import CaseSession

#: A limit that is longer than this wakes nobody, though the case began as an emergency: what is left of it is ordinary work.
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Notice:
    """A message that the people of some roles, or one person, are to get; ``run`` is the limit that it is about."""

    roles: tuple[str, ...]
    text: Text
    kind: Kind = Kind.NOTICE
    urgent: bool = False
    person_id: str | None = None
    run: LimitRun | None = None
    item_id: str | None = None
    due_at: datetime | None = None


def rows(session: CaseSession) -> list[dict[str, Any]]:
    """The rows of everything that the session has to tell."""
    if not session.notices:
        return []
    holders = _holders(session, {role for notice in session.notices for role in notice.roles})
    emergency = _is_emergency(session)
    return [row for notice in session.notices for row in _rows(session, notice, holders, emergency)]


def opened(session: CaseSession, item: OpenItem) -> Iterator[Notice]:
    """A task is new: told to those who may take it and asked to be told."""
    asked = session.known.told_of_tasks - {session.actor.person_id, *item.excludes}
    if not asked:
        return
    label = session.published.procedure.label(item.element_id)
    number = session.entry["number"]
    text = Text(f"{number}：新任务“{label.zh}”。", f"{number}: new task “{label.en}”.")
    for person in sorted({item.assignee} & asked if item.assignee else _able(session, item) & asked):
        yield Notice((), text, Kind.TASK, person_id=person, item_id=item.id, due_at=item.due_at)


def _able(session: CaseSession, item: OpenItem) -> set[str]:
    where = (None, "", item.department) if item.department else None
    return {person for role, within, person in session.known.staff if role == item.role and (where is None or within in where)}


def _holders(session: CaseSession, roles: set[str]) -> dict[str, set[str]]:
    department = _department(session) if roles else None
    found: dict[str, set[str]] = {}
    for role, within, person_id in session.known.staff if roles else ():
        if role in roles and within in ("", department):
            found.setdefault(role, set()).add(person_id)
    return found


def _department(session: CaseSession) -> Value:
    key = session.published.procedure.register.get("department", "")
    return session.instance.values.get(key) if session.stepped else session.entry["department"]


def _is_emergency(session: CaseSession) -> bool:
    if not session.stepped:
        return bool(session.entry["emergency"])
    return bool(session.instance.values.get(session.published.procedure.register.get("emergency", "")))


def _rows(session: CaseSession, notice: Notice, holders: dict[str, set[str]], emergency: bool) -> Iterator[dict[str, Any]]:
    named = {notice.person_id} if notice.person_id else set()
    notice = _about_a_task(session, notice) if notice.run else notice
    pressing = emergency and _presses(notice)
    about = {
        "limit_key": notice.run.key if notice.run else None,
        "item_id": notice.item_id,
        "due_at": notice.due_at,
    }
    for person in sorted(named | {person for role in notice.roles for person in holders.get(role, ())}):
        rung = _rung(session.case_id, notice, person)
        yield {
            "id": new_id(session.now),
            "person_id": person,
            "text_zh": notice.text.zh,
            "text_en": notice.text.en,
            "kind": notice.kind.value,
            "urgent": notice.urgent or pressing,
            "emergency": pressing,
            **{name: value for name, value in {**about, "rung": rung}.items() if value is not None},
        }


def _presses(notice: Notice) -> bool:
    if notice.run is not None:
        return notice.run.due_at - notice.run.anchor < _A_DAY
    return notice.kind == Kind.ESCALATION


def _about_a_task(session: CaseSession, notice: Notice) -> Notice:
    """With the open task whose clock it is, if there is one, so that a message leads there."""
    run = notice.run
    if run is None or not session.stepped:
        return notice
    items = session.instance.open_items
    due = [item for item in items if item.due_key == run.key] or [item for item in items if item.element_id == run.element_id]
    return replace(notice, item_id=due[0].id if due else None, due_at=run.due_at)


def _rung(case_id: str, notice: Notice, person_id: str) -> str | None:
    # Whatever comes again, a repeated step or a run that another version goes on with: a person is told once a rung.
    if notice.run is None:
        return None
    return hashlib.sha256(f"{case_id}|{notice.run.id}|{notice.kind}|{person_id}".encode()).hexdigest()
