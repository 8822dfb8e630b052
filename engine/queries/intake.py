"""What recording a call needs: the form, the estates, and the household that a room or telephone number belongs to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import Forbidden
from engine.queries import scope
from engine.queries.labels import personal_columns
from engine.queries.people import Option, estates
from engine.storage.blind import PHONE, PHONE_TAIL, index, phone_digits
from engine.storage.tables import cases, estate, household, register_entry, unit

if TYPE_CHECKING:
    from engine.queries.reader import Reader

MOST = 8
TAIL, FEWEST_PHONE_DIGITS = 4, 7
_NO_ROLE = Text("您在任何小区都没有岗位，不能登记投诉。", "You hold no role in any estate and cannot record a complaint.")
_NO_ESTATE = Text(
    "还没有小区，不能登记投诉。请系统管理员先在“机构与人员”里添加小区。",
    "There is no estate yet, so no complaint can be recorded. An administrator adds one under “Directory” first.",
)


@dataclass(frozen=True, slots=True)
class Intake:
    """The forms with which a case begins, in the version in force."""

    procedure: Any
    form: Any
    emergency_form: Any
    apology: Text | None
    estates: tuple[Option, ...]
    register: dict[str, str]


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case of a household that is still open."""

    case_id: str
    number: str
    registered_at: datetime
    next_due_at: datetime | None
    subject: str | None


@dataclass(frozen=True, slots=True)
class Household:
    """A household as the person recording a call sees it, with its open cases."""

    id: str
    estate_id: str
    estate: Text
    room: str
    name: str | None
    phone: str | None
    open_cases: tuple[OpenCase, ...]

    @property
    def address(self) -> str:
        """Estate and room, as an address is said."""
        return f"{self.estate.zh} {self.room}"


def intake(reader: Reader, actor: Actor) -> Intake:
    """The intake of the procedure in force; Forbidden for someone without a role in any estate."""
    offered = estates(reader, actor)
    if not offered:
        raise Forbidden(
            _NO_ROLE if reader.connection.scalar(sa.select(estate.c.id).where(estate.c.active).limit(1)) else _NO_ESTATE
        )
    procedure = reader.catalogue.intake(reader.now).procedure
    emergency = procedure.forms.get(procedure.intake.emergency_form or "")
    form = procedure.form_of(procedure.intake.task)
    return Intake(procedure, form, emergency, procedure.intake.apology, offered, dict(procedure.register))


def find_households(reader: Reader, actor: Actor, text: str) -> tuple[Household, ...]:
    """Households of the actor's estates whose room begins with the text, or whose telephone it is or ends with."""
    typed = text.strip()
    if not typed:
        return ()
    named = _select(actor).where(sa.or_(unit.c.room.istartswith(typed, autoescape=True), *_by_phone(reader, typed)))
    return _found(reader, actor, named.order_by(unit.c.room).limit(MOST))


def household_by_id(reader: Reader, actor: Actor, household_id: str) -> Household | None:
    """One household of the actor's estates, None when there is none such."""
    found = _found(reader, actor, _select(actor).where(household.c.id == household_id))
    return found[0] if found else None


def _select(actor: Actor) -> sa.Select[Any]:
    joined = household.join(unit, unit.c.id == household.c.unit_id).join(estate, estate.c.id == household.c.estate_id)
    query = sa.select(household, unit.c.room, estate.c.name_zh, estate.c.name_en).select_from(joined)
    return query.where(household.c.active, scope.in_estates(actor, household.c.estate_id))


def _by_phone(reader: Reader, typed: str) -> list[sa.ColumnElement[bool]]:
    digits = phone_digits(typed)
    if len(digits) >= FEWEST_PHONE_DIGITS:
        return [household.c.phone_index == index(reader.secret, PHONE, digits)]
    if len(digits) == TAIL and digits == typed:
        return [household.c.phone_tail_index == index(reader.secret, PHONE_TAIL, digits)]
    return []


def _found(reader: Reader, actor: Actor, query: sa.Select[Any]) -> tuple[Household, ...]:
    rows = reader.connection.execute(query).all()
    open_cases = _open_cases(reader, actor, [row.id for row in rows])
    return tuple(
        Household(
            row.id,
            row.estate_id,
            Text(row.name_zh, row.name_en),
            row.room,
            row.name,
            row.phone,
            tuple(open_cases.get(row.id, ())),
        )
        for row in rows
    )


def _open_cases(reader: Reader, actor: Actor, household_ids: list[str]) -> dict[str, list[OpenCase]]:
    entry = register_entry.c
    query = (
        sa.select(register_entry, cases.c.version_id)
        .join(cases, cases.c.id == entry.case_id)
        .where(entry.household_id.in_(household_ids), entry.status == "open")
        .where(scope.may_read_case(actor, entry.case_id, entry.estate_id, entry.department))
        .order_by(entry.registered_at.desc())
    )
    rows = reader.connection.execute(query).all() if household_ids else []
    subjects = personal_columns(reader, actor, {row.case_id: row.version_id for row in rows}, ("subject",))
    found: dict[str, list[OpenCase]] = {}
    for row in rows:
        subject = subjects.get(row.case_id, {}).get("subject")
        found.setdefault(row.household_id, []).append(
            OpenCase(row.case_id, row.number, row.registered_at, row.next_due_at, subject)
        )
    return found


def severities(reader: Reader, actor: Actor) -> tuple[Option, ...]:
    """The severities of the procedures in force, mildest first."""
    found: dict[str, Option] = {}
    for key in reader.catalogue.procedure_keys():
        procedure = reader.catalogue.in_force(key, reader.now).procedure
        field = procedure.vocabulary.get(procedure.register.get("severity", ""))
        found.update({choice.value: Option(choice.value, choice.label) for choice in (field.choices if field else ())})
    return tuple(found.values())


def fields_named(reader: Reader, actor: Actor, keys: Collection[str]) -> dict[str, Any]:
    """What the procedures in force know under these keys."""
    vocabularies = (reader.catalogue.in_force(key, reader.now).procedure.vocabulary for key in reader.catalogue.procedure_keys())
    return {key: vocabulary[key] for vocabulary in vocabularies for key in keys if key in vocabulary}
