"""What the diagrams of reports and reviews ask for: figures drawn up, reports handed over, other procedures begun."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from engine.calendar.schedules import Period
from engine.commands.schedules.opening import PERIOD_FROM, PERIOD_UNTIL, Beginning, open_case, registered
from engine.commands.schedules.planning import is_per_estate
from engine.commands.schedules.start import period_of
from engine.commands.session import CaseSession
from engine.commands.session.notices import Notice
from engine.domain.actor import COMPANY
from engine.domain.ids import new_id
from engine.domain.messages import Kind
from engine.domain.report_events import ReportMade, ReportSent
from engine.domain.text import Text
from engine.errors import Incident
from engine.storage import tables as t
from engine.workflow import start_events
from engine.workflow.happenings import Called

_NO_PERIOD = Text("这件事没有起止时间，做不出数字。", "It has no period, so no figures can be drawn up.")
_NO_START = Text("要发起的规程不从那里开始。", "The procedure that was to begin does not begin there.")


def record(session: CaseSession, called: Called) -> None:
    """Draw up the figures of a kind for the case's period and keep them as they are now."""
    values = session.instance.values
    start, end = values.get(PERIOD_FROM), values.get(PERIOD_UNTIL)
    if start is None or end is None:
        raise Incident(_NO_PERIOD, called.element_id)
    kind, estate_id = str(called.parameters.get("kind") or ""), str(session.entry["estate_id"])
    period, procedure = Period(start, end), session.published.procedure
    figures = session.procedures.figures(session.work.connection, procedure, kind, period, estate_id, session.now)
    session.events.append(ReportMade(kind, estate_id, start, end, session.now, figures))


def announce(session: CaseSession, called: Called) -> None:
    """Hand the case's report to the recipients of a table; each gets a receipt to confirm."""
    given = called.parameters
    text = Text(
        f"{session.entry['number']}：{given.get('title_zh') or ''}已送达，请签收。",
        f"{session.entry['number']}: {given.get('title_en') or ''} has come; please confirm the receipt.",
    )
    receipts: list[dict[str, Any]] = []
    for recipient in given.get("recipients") or ():
        people: list[str | None] = [*_holders(session, str(recipient.get("role") or ""))] or [None]
        receipts += [_receipt(session, recipient, person) for person in people]
        session.notices += [Notice((), text, Kind.REPORT, person_id=person) for person in people if person]
    session.events.append(ReportSent(receipts, session.now))


def start_procedure(session: CaseSession, called: Called) -> None:
    """Begin another procedure; the other parameters become values of its case where it knows them."""
    given = {key: value for key, value in called.parameters.items() if key not in ("procedure", "element")}
    key, element_id = str(called.parameters.get("procedure")), str(called.parameters.get("element"))
    catalogue = session.procedures.catalogue
    published = catalogue.in_force(key, session.now) if key in catalogue.keys_in_force(session.now) else None
    if published is None or element_id not in start_events(published.model):
        raise Incident(_NO_START, called.element_id)
    place = str(session.entry["estate_id"]) if is_per_estate(published.procedure, element_id) else COMPANY
    period = period_of(session.work, published, element_id, session.procedures)
    begun = open_case(session.work, session.procedures, published, Beginning(element_id, place, period), given)
    begun.finish("start_procedure", registered(begun))


def _receipt(session: CaseSession, recipient: dict[str, Any], person_id: str | None) -> dict[str, Any]:
    key = str(recipient.get("recipient") or "")
    zh, en = str(recipient.get("name_zh") or key), str(recipient.get("name_en") or key)
    return {"id": new_id(session.now), "recipient": key, "name_zh": zh, "name_en": en, "person_id": person_id}


def _holders(session: CaseSession, role: str) -> list[str]:
    grant, estate_id = t.role_grant.c, session.entry["estate_id"]
    query = sa.select(grant.person_id).join(t.person, t.person.c.id == grant.person_id)
    query = query.where(grant.role == role, t.person.c.active).distinct().order_by(grant.person_id)
    if estate_id != COMPANY:
        query = query.where(sa.or_(grant.estate_id.is_(None), grant.estate_id == estate_id))
    return list(session.work.connection.execute(query).scalars())
