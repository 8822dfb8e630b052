"""Drafts follow their task: to the one that took its place, else into the case file as unfinished."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy import RowMapping

from engine.storage import tables as t

if TYPE_CHECKING:
    from engine.commands.session.case_session import CaseSession


def successor(session: CaseSession, element_id: str, form: str | None) -> str | None:
    """The open item on which what was typed can go on: the same element, else the same form, else none."""
    if session.case["version_id"] is None or session.case["closed"]:
        return None
    open_items, form_of = session.instance.open_items, session.published.procedure.form_of
    same_element = (item.id for item in open_items if item.element_id == element_id)
    same_form = (item.id for item in open_items if form and (own := form_of(item.element_id)) and own.name == form)
    return next(same_element, None) or next(same_form, None)


def settle(session: CaseSession) -> None:
    """After a step: a draft whose task was taken away moves to the successor once there is one; at closing, done ones go."""
    if not session.known.drafts and not session.instance.ended:
        return
    rows = session.work.connection.execute(sa.select(t.draft).where(t.draft.c.case_id == session.case_id)).mappings().all()
    still_open = {item.id for item in session.instance.open_items}
    taken = {(row["item_id"], row["person_id"]) for row in rows if row["item_id"] in still_open}
    done = [row for row in rows if row["item_id"] not in still_open and _is_done(session, row)]
    for row in rows:
        if row["item_id"] not in still_open and row not in done:
            _move(session, row, taken)
    if session.instance.ended and done:
        session.work.batch.delete(t.draft, t.draft.c.id.in_([row["id"] for row in done]))
        session.work.batch.delete(t.payload, t.payload.c.id.in_([row["payload_id"] for row in done]))


def _is_done(session: CaseSession, row: RowMapping) -> bool:
    # Either its task ended in an earlier step, or what was typed has just been submitted.
    submitted = row["item_id"] in session.submitted and row["person_id"] == session.actor.person_id
    return submitted or not (row["unfinished"] or row["item_id"] in session.items)


def _move(session: CaseSession, row: RowMapping, taken: set[tuple[str, str]]) -> None:
    to = successor(session, row["element_id"], row["form"])
    if to is not None and (to, row["person_id"]) not in taken:
        taken.add((to, row["person_id"]))
        session.work.batch.update(t.draft, (row["id"],), {"item_id": to, "unfinished": False})
    elif not row["unfinished"]:
        session.work.batch.update(t.draft, (row["id"],), {"unfinished": True})
