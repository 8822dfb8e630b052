"""The head of a case file: what stands above every tab, and the one door through which a tab finds its case."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import SYSTEM, Actor
from engine.domain.text import Text
from engine.errors import NotFound
from engine.queries import scope
from engine.queries.case_file.apart import Apart, apart
from engine.queries.case_file.reasons import Mark, Reason, marks, severity_reason
from engine.queries.labels import Severity, estate_name, severity_of
from engine.queries.sensitive import withheld
from engine.queries.task.permissions import may_act
from engine.storage.tables import cases, estate, household, limit_run, person, register_entry, unit

if TYPE_CHECKING:
    from engine.queries.reader import Reader

NO_SUCH_CASE = Text("没有这件投诉，或者它不归您看。", "There is no such case, or it is not yours to see.")
OPEN, HISTORIC = "open", "historic"
RAISE = "raise_severity"
#: Lists hold what later forms wrote beside the intake's own entries, and files cannot be written over.
NOT_CORRECTED = frozenset({"list", "evidence", "signature"})
_COLUMNS = ("validity", "category", "channel", "outcome")


@dataclass(frozen=True, slots=True)
class Deadline:
    """The running clock that ends first."""

    name: Text
    due_at: datetime
    warn_at: datetime | None


@dataclass(frozen=True, slots=True)
class Head:
    """A case that the actor may read; ``procedure`` is its own version, for a historic record the one in force.

    ``graver`` are the choices to which it can be raised, ``correctable`` the fields of the intake that can be put right,
    ``reason`` says why it is as grave as it is. ``state``, ``apart`` and ``marks`` are for the queries of the tabs.
    """

    case_id: str
    number: str
    status: str
    procedure: Any
    version_id: str | None
    version: int | None
    estate_id: str
    estate: Text
    department: str | None
    registered_at: datetime
    registered_by: str
    heard_at: datetime | None
    closed_at: datetime | None
    emergency: bool
    severity: Severity | None
    standing: dict[str, Text]
    subject: str | None
    place: str | None
    complainant: str | None
    room: str | None
    household_id: str | None
    round: int
    contact_count: int
    passing_on_count: int
    breach_count: int
    deadline: Deadline | None
    actions: frozenset[str]
    offered: tuple[Any, ...]
    sees_journal: bool
    graver: tuple[Any, ...]
    correctable: tuple[Any, ...]
    reason: Reason | None
    state: bytes | None = field(repr=False)
    apart: Apart = field(repr=False)
    marks: tuple[Mark, ...] = field(repr=False)

    @property
    def is_open(self) -> bool:
        """Whether its procedure still runs."""
        return self.status == OPEN

    @property
    def is_historic(self) -> bool:
        """Whether it was taken over from an older list and never ran here."""
        return self.status == HISTORIC


def head(reader: Reader, actor: Actor, case_id: str) -> Head:
    """The head of one case; NotFound for a case that is unknown or not the actor's to see."""
    row = reader.connection.execute(_query(actor).where(register_entry.c.case_id == case_id)).first()
    if row is None:
        raise NotFound(NO_SUCH_CASE)
    published = reader.catalogue.get(row.version_id) if row.version_id else reader.catalogue.intake(reader.now)
    procedure = published.procedure
    kept = apart(reader, actor, case_id)
    noted = marks(reader, actor, case_id, procedure.register.get("severity"))
    words = _words(procedure, kept)
    return Head(
        case_id=case_id,
        number=row.number,
        status=row.status,
        procedure=procedure,
        version_id=row.version_id,
        version=published.number if row.version_id else None,
        estate_id=row.estate_id,
        estate=estate_name(row),
        department=row.department,
        registered_at=row.registered_at,
        registered_by=row.registered_name or (actor.calls_system if row.registered_by == SYSTEM.person_id else row.registered_by),
        heard_at=row.heard_at,
        closed_at=row.closed_at,
        emergency=row.emergency,
        severity=severity_of(reader.catalogue, published.version_id, row.severity),
        standing={name: label(procedure, name, row._mapping[name]) for name in _COLUMNS if row._mapping[name]},
        subject=words.get("subject"),
        place=words.get("place"),
        complainant=words.get("complainant_name"),
        room=row.room,
        household_id=row.household_id,
        round=row.round,
        contact_count=row.contact_count,
        passing_on_count=row.passing_on_count,
        breach_count=row.breach_count,
        deadline=Deadline(Text(row.due_zh, row.due_en), row.due_at, row.warn_at) if row.status == OPEN and row.due_zh else None,
        actions=_actions(actor, procedure, row) if row.status == OPEN else frozenset(),
        offered=_offered(actor, procedure, row) if row.status == OPEN else (),
        sees_journal=actor.administrator or actor.holds(procedure.owner, row.estate_id),
        graver=_graver(procedure, row.severity),
        correctable=_correctable(procedure, withheld(actor, procedure, row.estate_id)),
        reason=severity_reason(procedure, noted, kept),
        state=row.state,
        apart=kept,
        marks=noted,
    )


def label(procedure: Any, column: str, value: str) -> Text:
    """What a register column's value is called in a procedure; the value itself when that does not know it."""
    field = procedure.vocabulary.get(procedure.register.get(column, ""))
    choice = field.choice(value) if field else None
    return choice.label if choice else Text(value, value)


def _query(actor: Actor) -> sa.Select[Any]:
    entry = register_entry.c
    joined = (
        register_entry.join(cases, cases.c.id == entry.case_id)
        .outerjoin(estate, estate.c.id == entry.estate_id)
        .outerjoin(person, person.c.id == entry.registered_by)
        .outerjoin(household, household.c.id == entry.household_id)
        .outerjoin(unit, unit.c.id == household.c.unit_id)
        .outerjoin(limit_run, sa.and_(limit_run.c.case_id == entry.case_id, limit_run.c.id == _next_run()))
    )
    due = (limit_run.c.name_zh.label("due_zh"), limit_run.c.name_en.label("due_en"), limit_run.c.due_at, limit_run.c.warn_at)
    shown = (cases.c.version_id, cases.c.state, estate.c.name_zh.label("estate_zh"), estate.c.name_en.label("estate_en"))
    query = sa.select(register_entry, *shown, *due, person.c.name.label("registered_name"), unit.c.room).select_from(joined)
    return query.where(scope.may_read_case(actor, entry.case_id, entry.estate_id, entry.department))


def _next_run() -> sa.ScalarSelect[str]:
    run = limit_run.alias("next_run").c
    running = sa.select(run.id).where(run.case_id == register_entry.c.case_id, run.stopped_at.is_(None))
    return running.order_by(run.due_at, run.id).limit(1).correlate(register_entry).scalar_subquery()


def _words(procedure: Any, kept: Apart) -> dict[str, str]:
    wanted = ("subject", "place", "complainant_name")
    keys = {name: procedure.register[name] for name in wanted if name in procedure.register}
    found = kept.latest(set(keys.values()))
    return {name: str(found[key]) for name, key in keys.items() if found.get(key)}


def _actions(actor: Actor, procedure: Any, row: Any) -> frozenset[str]:
    return frozenset(key for key in procedure.actions if may_act(actor, procedure, key, row.estate_id, row.department))


def _offered(actor: Actor, procedure: Any, row: Any) -> tuple[Any, ...]:
    """The actions that the procedure waits for as messages; an emergency is not offered to be made one."""
    raised = {procedure.register.get("emergency")} if row.emergency else set()
    usable = _actions(actor, procedure, row)
    return tuple(
        action for key, action in procedure.actions.items() if key in usable and action.message and not raised & set(action.sets)
    )


def _graver(procedure: Any, present: str | None) -> tuple[Any, ...]:
    action = procedure.actions.get(RAISE)
    field = procedure.vocabulary.get(action.field) if action else None
    choices = tuple(field.choices) if field else ()
    values = [choice.value for choice in choices]
    return choices[values.index(present) + 1 :] if present in values else choices


def _correctable(procedure: Any, hidden: frozenset[str]) -> tuple[Any, ...]:
    form = procedure.form_of(procedure.intake.task)
    fields = (entry.field for entry in form.fields) if form else ()
    return tuple(field for field in fields if field.type not in NOT_CORRECTED and field.key not in hidden)
