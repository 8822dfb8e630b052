"""A case within one command: loaded once, stepped in memory, written once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from engine.calendar import Calendar
from engine.catalogue import Published
from engine.commands.context import Procedures
from engine.commands.receipt import Receipt
from engine.commands.session import closing, permits, sentences
from engine.commands.session.facts import Known, Row, read_known
from engine.commands.session.notices import Notice
from engine.domain import events as ev
from engine.domain.actor import Actor
from engine.domain.ids import new_id
from engine.domain.messages import Kind
from engine.domain.text import Text
from engine.domain.values import Value
from engine.errors import NotFound
from engine.procedure import Procedure
from engine.storage import tables as t
from engine.storage.journal import GENESIS, Head
from engine.storage.work import Work
from engine.workflow import Due, Instance, LimitRun, Occasion


@dataclass(frozen=True, slots=True)
class Place:
    """Where a new case is registered: the estate, what its numbers begin with, and the series that they are taken from."""

    estate_id: str
    code: str
    series: str


class CaseSession:
    """What handlers work on: rows of the case, its running instance, and the events and personal values gathered so far."""

    def __init__(self, work: Work, procedures: Procedures, case: Row, entry: Row) -> None:
        self.work = work
        self.procedures = procedures
        self.case = case
        self.entry = entry
        self.events: list[ev.Event] = []
        self.personal: dict[str, Value] = {}
        self.changes: dict[str, Any] = {}
        self.case_changes: dict[str, Any] = {}
        self.notices: list[Notice] = []
        self.submitted: dict[str, tuple[str, str]] = {}
        self.submissions: list[dict[str, Any]] = []
        self.after_sealing: list[Callable[[dict[str, list[str]]], None]] = []
        self.on_behalf_of: str | None = None
        self.item_id: str | None = None
        self.lists_shown: tuple[str, ...] = ()
        self.dues_before: tuple[Due, ...] = ()
        self.runs_before: tuple[LimitRun, ...] = ()
        self._instance: Instance | None = None

    @classmethod
    def new(cls, work: Work, procedures: Procedures, published: Published, place: Place) -> CaseSession:
        """A case that does not exist yet, with its number taken and registering it as its first event."""
        case_id, year = new_id(work.now), work.now.astimezone(procedures.zone).year
        serial = work.next_number(place.estate_id, place.series, year)
        number = published.procedure.numbering.format(estate=place.code, year=year, number=serial)
        named = {"procedure_key": published.procedure_key, "version_id": published.version_id, "estate_id": place.estate_id}
        begun = {"state": None, "closed": False, "journal_seq": 0, "journal_hash": GENESIS}
        session = cls(work, procedures, {"id": case_id, **named, "rev": 0, **begun}, _entry(case_id, place, number, work.now))
        said = (place.estate_id, place.series, year, serial, number, work.now, work.actor.person_id, published.version_id)
        session.events.append(ev.CaseRegistered(case_id, published.procedure_key, *said))
        return session

    @classmethod
    def open(cls, work: Work, procedures: Procedures, case_id: str) -> CaseSession:
        """The case of that id, for this command alone until it ends; NotFound when there is none."""
        session = cls._open(work, procedures, case_id)
        if session is None:
            raise NotFound(sentences.NO_SUCH_CASE)
        return session

    @classmethod
    def open_unless_busy(cls, work: Work, procedures: Procedures, case_id: str) -> CaseSession | None:
        """The case of that id; None while another command works on it, or when there is none."""
        return cls._open(work, procedures, case_id, skip_locked=True)

    @classmethod
    def _open(cls, work: Work, procedures: Procedures, case_id: str, *, skip_locked: bool = False) -> CaseSession | None:
        row = work.connection.execute(_UNLESS_BUSY if skip_locked else _CASE, {"case_id": case_id}).first()
        return cls(work, procedures, _part(row, t.cases), _part(row, t.register_entry)) if row else None

    @classmethod
    def open_with_item(cls, work: Work, procedures: Procedures, item_id: str) -> tuple[CaseSession, Row]:
        """The item of that id, whatever its state, and its case; NotFound when there is none."""
        row = work.connection.execute(_CASE_OF_ITEM, {"item_id": item_id}).first()
        if row is None:
            raise NotFound(sentences.NO_SUCH_ITEM)
        session = cls(work, procedures, _part(row, t.cases), _part(row, t.register_entry))
        item = _part(row, t.work_item)
        session.item_id, session.lists_shown = item_id, session._personal_lists(item["element_id"])
        return session, item

    def _personal_lists(self, element_id: str) -> tuple[str, ...]:
        procedure = self.published.procedure
        form = procedure.form_of(element_id)
        return tuple(field.key for field in (form.fields if form else ()) if _is_personal_list(procedure, field.key))

    @property
    def actor(self) -> Actor:
        """Who acts."""
        return self.work.actor

    @property
    def now(self) -> datetime:
        """When."""
        return self.work.now

    @property
    def case_id(self) -> str:
        """The case's id."""
        return str(self.case["id"])

    @cached_property
    def published(self) -> Published:
        """The version that the case runs on."""
        return self.procedures.catalogue.get(self.case["version_id"])

    @cached_property
    def known(self) -> Known:
        """The facts that this step may read, and the open items."""
        known = read_known(self)
        self.work.batch.know(t.work_item, known.items.values())
        return known

    @property
    def facts_within_days(self) -> int:
        """For how long a contact or link counts; a historic record has no procedure that could ask."""
        return 0 if self.case["version_id"] is None else self.published.procedure.facts_within_days

    @property
    def items(self) -> Mapping[str, Row]:
        """The rows of the items that were open when the case was loaded, by id."""
        return self.known.items

    @cached_property
    def calendar(self) -> Calendar:
        """The calendar that the case counts by: the version's rules over the company's days."""
        return self.procedures.calendar_for(
            self.published.procedure.day_rules, self.known.calendar_revision, self.work.connection
        )

    @property
    def occasion(self) -> Occasion:
        """What the instance is told of the world."""
        return Occasion(now=self.now, calendar=self.calendar, facts=self.known.facts, estate=str(self.entry["estate_id"]))

    @property
    def stepped(self) -> bool:
        """Whether the workflow was loaded, and so may have changed."""
        return self._instance is not None

    @property
    def instance(self) -> Instance:
        """The running procedure, loaded on first use."""
        if self._instance is None:
            permits.require_running(self)
            self._instance = Instance.load(self.published.model, self.case["state"], self.occasion)
            self.dues_before = tuple(self._instance.due())
            self.runs_before = self._instance.limit_runs
        return self._instance

    @instance.setter
    def instance(self, started: Instance) -> None:
        self._instance = started

    def move_to(self, published: Published, instance: Instance) -> None:
        """Go on under another version, with the instance as it stands there."""
        self.case = {**self.case, "version_id": published.version_id}
        self.case_changes["version_id"] = published.version_id
        self.published = published
        self.__dict__.pop("calendar", None)
        # The rows of the runs are called what the old version calls them, and stay so.
        self.runs_before = ()
        self._instance = instance

    def fire_due(self) -> int:
        """Fire everything that is due, one at a time in due order; the answer counts them. A clock in doubt fires nothing."""
        next_due = self.entry["next_due_at"]
        if next_due is None or next_due > self.now or self.case["closed"] or self.known.clock_in_doubt:
            return 0
        fired = 0
        while (dues := self.instance.due()) and dues[0].due_at <= self.now:
            self.instance.fire(dues[0].id)
            fired += 1
        return fired

    def set_values(self, values: Mapping[str, Value]) -> None:
        """Set values of the case that are not personal, and let the procedure react."""
        self.instance.set_values(values)
        self.events.append(ev.ValuesChanged(dict(values)))

    def notices_to(self, person_id: str, text: Text, item: Row | None = None, kind: Kind = Kind.HANDED) -> None:
        """Tell one person, of the item where it is about one."""
        about = {"item_id": item["id"], "due_at": item["due_at"]} if item else {}
        self.notices.append(Notice((), text, kind, person_id=person_id, **about))

    def finish(self, action: str, said: Text) -> Receipt:
        """Write the step: journal, state and projections, and say what follows."""
        return closing.finish(self, action, said)

    def head(self) -> Head:
        """Where the case's next journal entry is linked."""
        return Head(self.case["journal_seq"], self.case["journal_hash"])


def _entry(case_id: str, place: Place, number: str, now: datetime) -> dict[str, Any]:
    """The register's row as it begins, as far as a step looks at it."""
    return {column.name: None for column in t.register_entry.columns} | {
        "case_id": case_id,
        "estate_id": place.estate_id,
        "number": number,
        "emergency": False,
        "round": 1,
        "contact_count": 0,
        "passing_on_count": 0,
        "breach_count": 0,
        "registered_at": now,
    }


def _joined(*tables: sa.Table) -> sa.Select[Any]:
    # All of the rows are locked, in this order: PostgreSQL shows whoever waited the latest state of locked rows only.
    return sa.select(*tables).join(t.register_entry, t.register_entry.c.case_id == t.cases.c.id)


_ONE_CASE = _joined(t.cases, t.register_entry).where(t.cases.c.id == sa.bindparam("case_id"))
_CASE = _ONE_CASE.with_for_update()
_UNLESS_BUSY = _ONE_CASE.with_for_update(skip_locked=True)
_CASE_OF_ITEM = (
    _joined(t.cases, t.register_entry, t.work_item)
    .join(t.work_item, t.work_item.c.case_id == t.cases.c.id)
    .where(t.work_item.c.id == sa.bindparam("item_id"))
    .with_for_update()
)


def _is_personal_list(procedure: Procedure, key: str) -> bool:
    field = procedure.vocabulary.get(key)
    return field is not None and field.personal and field.type == "list"


def _part(row: sa.Row[Any], table: sa.Table) -> Row:
    values = row._mapping
    return {column.name: values[column] for column in table.columns}
