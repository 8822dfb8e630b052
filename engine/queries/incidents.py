"""Steps that failed technically, for those who deal with them: what happened, where, to whom, and what was kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import SYSTEM, Actor
from engine.domain.text import Text
from engine.domain.values import Value
from engine.errors import Forbidden, NotFound
from engine.queries import scope
from engine.queries.sensitive import withheld
from engine.storage.payloads import read
from engine.storage.tables import cases, estate, incident, person, procedure_version, register_entry, work_item

if TYPE_CHECKING:
    from engine.queries.reader import Reader

MOST = 200
NO_SUCH_INCIDENT = Text(
    "没有这条故障，或者它不归您处理。请回到运行管理。",
    "There is no such incident, or it is not yours to deal with. Go back to operations.",
)
NOT_AN_OPERATOR = Text("运行管理只对管理员和规程负责人开放。", "Operations are for administrators and process owners.")
#: What a command is called; the rest is called as in the journal.
COMMANDS = {
    "Complete": Text("完成任务", "completing a task"),
    "RunSchedule": Text("按日历开始", "beginning by the calendar"),
    "FireTimers": Text("到期自动处理", "what fell due"),
    "Register": Text("登记投诉", "recording a complaint"),
    "RegisterEmergency": Text("登记紧急事件", "recording an emergency"),
    "Raise": Text("提高等级", "raising the severity"),
    "Act": Text("案卷里的操作", "an action in the case file"),
    "Correct": Text("更正", "a correction"),
    "Waive": Text("免办", "waiving a task"),
    "LogContact": Text("记录来电", "logging a contact"),
    "clock": Text("核对时钟", "checking the clock"),
}
_FIRE_TIMERS, _ATTACH = "FireTimers", "Attach"


@dataclass(frozen=True, slots=True)
class Row:
    """One incident; ``where`` names the element of the diagram, ``readable`` says whether the actor may read the case."""

    id: str
    text: Text
    action: str
    doing: Text
    where: Text | None
    element_id: str | None
    case_id: str | None
    number: str | None
    estate: Text | None
    person: str
    at: datetime
    last_at: datetime
    count: int
    kept: bool
    readable: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """Something an operator may choose: a field that may be set, or a version that the case may move to."""

    value: str
    label: Text
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One incident with what was typed, by field, and what may be done about it."""

    row: Row
    typed: tuple[tuple[Any, Text, Value], ...]
    withheld: bool
    overtaken: bool
    may_retry: bool
    may_skip: bool
    settable: tuple[Choice, ...]
    versions: tuple[Choice, ...]
    fields: Mapping[str, Any]
    procedure_key: str | None = None

    def field_to_set(self, key: str) -> Any:
        """The field of that key, None when it may not be set here."""
        return self.fields.get(key) if any(choice.value == key for choice in self.settable) else None


def require_operator(reader: Reader, actor: Actor) -> None:
    """Forbidden for those who do not deal with incidents anywhere."""
    if not (actor.administrator or actor.system or actor.roles & owning_roles(reader, actor)):
        raise Forbidden(NOT_AN_OPERATOR)


def owning_roles(reader: Reader, actor: Actor) -> frozenset[str]:
    """The roles whose holders deal with incidents, beside administrators: those that own a procedure in force."""
    keys = reader.catalogue.keys_in_force(reader.now)
    return frozenset(reader.catalogue.in_force(key, reader.now).procedure.owner for key in keys)


def open_incidents(reader: Reader, actor: Actor, most: int = MOST) -> tuple[Row, ...]:
    """What waits for the actor, the longest waiting first; nothing for those who do not operate anything."""
    query = _query(reader, actor).where(incident.c.resolved_at.is_(None)).order_by(incident.c.at, incident.c.id).limit(most)
    return tuple(_row(reader, actor, found) for found in reader.connection.execute(query).mappings())


def one(reader: Reader, actor: Actor, incident_id: str) -> Page:
    """An open incident; NotFound for others than its operators."""
    query = _query(reader, actor).where(incident.c.id == incident_id, incident.c.resolved_at.is_(None))
    found = reader.connection.execute(query).mappings().first()
    if found is None:
        raise NotFound(NO_SUCH_INCIDENT)
    row = _row(reader, actor, found)
    procedure = _procedure(reader, found)
    seen = procedure is not None and (row.readable or (row.case_id is None and _works_in(actor, found["estate_id"])))
    running = row.case_id is not None and not found["closed"]
    return Page(
        row,
        _typed(reader, actor, found, procedure) if seen and row.kept else (),
        withheld=row.kept and not seen,
        overtaken=found["item_status"] not in (None, "open"),
        may_retry=row.action == _FIRE_TIMERS or (row.action != _ATTACH and (row.kept or found["subject_id"] is not None)),
        may_skip=running and found["item_status"] == "open",
        settable=_settable(procedure) if running else (),
        versions=_versions(reader, found) if running else (),
        fields=procedure.vocabulary if procedure else {},
        procedure_key=procedure.key if procedure else None,
    )


def _query(reader: Reader, actor: Actor) -> sa.Select[Any]:
    entry = register_entry.c
    readable = scope.may_read_case(actor, entry.case_id, entry.estate_id, entry.department)
    running = cases.c.version_id.label("version_now")
    columns = (entry.number, cases.c.closed, running, person.c.name, estate.c.name_zh, estate.c.name_en)
    joined = (
        incident.outerjoin(register_entry, entry.case_id == incident.c.case_id)
        .outerjoin(cases, cases.c.id == incident.c.case_id)
        .outerjoin(person, person.c.id == incident.c.person_id)
        .outerjoin(estate, estate.c.id == incident.c.estate_id)
        .outerjoin(work_item, work_item.c.id == incident.c.subject_id)
    )
    shown = (
        incident,
        *columns,
        work_item.c.status.label("item_status"),
        sa.and_(entry.case_id.is_not(None), readable).label("readable"),
    )
    return sa.select(*shown).select_from(joined).where(_operated_by(reader, actor))


def _operated_by(reader: Reader, actor: Actor) -> sa.ColumnElement[bool]:
    if actor.system or actor.administrator:
        return sa.true()
    query = sa.select(incident.c.version_id).where(incident.c.version_id.is_not(None)).distinct()
    owned = [_owned(reader, actor, version_id) for version_id in reader.connection.execute(query).scalars()]
    return sa.or_(sa.false(), *owned)


def _owned(reader: Reader, actor: Actor, version_id: str) -> sa.ColumnElement[bool]:
    owner = reader.catalogue.get(version_id).procedure.owner
    estates = {grant.estate_id for grant in actor.grants if grant.role == owner}
    within = sa.true() if None in estates else incident.c.estate_id.in_({str(estate_id) for estate_id in estates})
    return sa.and_(incident.c.version_id == version_id, within)


def _procedure(reader: Reader, found: Any) -> Any:
    version_id = found["version_now"] or found["version_id"]
    return reader.catalogue.get(version_id).procedure if version_id else None


def _row(reader: Reader, actor: Actor, found: Any) -> Row:
    procedure, element_id = _procedure(reader, found), found["element_id"]
    where = procedure.label(element_id) if procedure and element_id in procedure.elements else None
    action = found["action"]
    name = actor.calls_system if found["person_id"] == SYSTEM.person_id else found["name"] or found["person_id"]
    at_estate = Text(found["name_zh"], found["name_en"]) if found["name_zh"] else None
    return Row(
        id=found["id"],
        text=Text(found["text_zh"], found["text_en"]),
        action=action,
        doing=COMMANDS.get(action, Text(action, action)),
        where=where,
        element_id=element_id,
        case_id=found["case_id"],
        number=found["number"],
        estate=at_estate,
        person=name,
        at=found["at"],
        last_at=found["last_at"],
        count=found["count"],
        kept=found["payload_id"] is not None,
        readable=bool(found["readable"]),
    )


def _works_in(actor: Actor, estate_id: str | None) -> bool:
    return actor.system or any(grant.estate_id in (None, estate_id) for grant in actor.grants)


def _typed(reader: Reader, actor: Actor, found: Any, procedure: Any) -> tuple[tuple[Any, Text, Value], ...]:
    typed: Any = read(reader.connection, [found["payload_id"]]).get(found["payload_id"]) or {}
    hidden = withheld(actor, procedure, found["estate_id"])
    answers = typed.get("answers") or {}
    fields = procedure.vocabulary
    named = [(fields.get(key.rpartition(".")[2]), key, value) for key, value in answers.items() if key not in hidden]
    shown = [(field, field.label if field else Text(key, key), value) for field, key, value in named]
    return tuple(entry for entry in (*shown, *_words(typed)) if entry[2] not in (None, "", []))


def _words(typed: Mapping[str, Any]) -> list[tuple[None, Text, Value]]:
    called = {"reason": Text("原因", "Reason"), "text": Text("内容", "Text"), "value": Text("值", "Value")}
    return [(None, label, typed.get(name)) for name, label in called.items()]


def _settable(procedure: Any) -> tuple[Choice, ...]:
    plain = (field for field in procedure.vocabulary.values() if not field.personal and field.type in _SETTABLE)
    return tuple(Choice(field.key, field.label) for field in sorted(plain, key=lambda field: field.label.zh))


#: Types whose value a page can ask for in one control.
_SETTABLE = frozenset({"text", "longtext", "number", "money", "date", "datetime", "time", "boolean", "choice", "choices"})


def _versions(reader: Reader, found: Any) -> tuple[Choice, ...]:
    row = procedure_version.c
    key = sa.select(row.procedure_key).where(row.id == found["version_now"]).scalar_subquery()
    query = sa.select(row.id, row.number, row.reason_zh, row.reason_en).where(row.procedure_key == key)
    query = query.where(row.id != found["version_now"], row.published_at <= reader.now, row.effective_at <= reader.now)
    rows = reader.connection.execute(query.order_by(row.number.desc()))
    return tuple(
        Choice(at.id, Text(f"第 {at.number} 版 · {at.reason_zh}", f"Version {at.number} · {at.reason_en}"), at.number)
        for at in rows
    )
