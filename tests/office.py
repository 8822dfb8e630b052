"""A small office on a manual clock: people who answer each form as usual, so that a test tells only what is special."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar

import sqlalchemy as sa

from engine.bootstrap import Application
from engine.clock import ManualClock
from engine.commands import intake, work
from engine.commands.receipt import Receipt
from engine.domain.actor import Actor
from engine.domain.events import Event, StepTaken
from engine.domain.text import Text
from engine.domain.values import Value
from engine.feel import EvaluationContext
from engine.queries.case_values import current_values
from engine.storage import tables as t
from engine.storage.journal import Entry, read_stream
from engine.worker import Worker

E = TypeVar("E", bound=Event)

#: Who does the work of a role in the demo company; the second takes over where the first is excluded.
_LOGINS = (
    "reception", "reception2", "supervisor", "engineer", "guard", "cleaner", "service", "accountant", "liaison", "head",
    "manager", "director", "board", "developer", "keeper", "owner",
)  # fmt: skip

_OF_DEPARTMENT = {
    "security": "guard",
    "cleaning": "cleaner",
    "customer_service": "service",
    "finance": "accountant",
    "developer": "liaison",
}


class Office:
    """Drives one application: registers, completes with the usual answers, lets time pass."""

    def __init__(self, application: Application, clock: ManualClock) -> None:
        self.application = application
        self.clock = clock
        self.worker = Worker(application)
        self._requests = itertools.count()

    def actor(self, login: str) -> Actor:
        """The demo person of that login."""
        actor = self.application.actor(self.person_id(login))
        assert actor is not None
        return actor

    def person_id(self, login: str) -> str:
        """The id of a login."""
        return str(self._scalar(sa.select(t.person.c.id).where(t.person.c.login == login)))

    def estate_id(self, code: str = "YH") -> str:
        """The id of an estate."""
        return str(self._scalar(sa.select(t.estate.c.id).where(t.estate.c.code == code)))

    def register(self, _by: str = "reception", _estate: str = "YH", **answers: Any) -> Case:
        """A complaint recorded with the usual answers, save those given."""
        published = self.application.catalogue.intake(self.clock.now())
        usual = self._usual(published.procedure, published.procedure.intake.task, {}, answers)
        receipt = self.execute(intake.Register(self.estate_id(_estate), usual, self.request_id()), _by)
        return Case(self, receipt)

    def begun(self, procedure_key: str) -> list[Case]:
        """The cases of a procedure, the oldest first."""
        entry = t.register_entry.c
        query = sa.select(entry.case_id, entry.number).where(entry.procedure_key == procedure_key)
        rows = self.rows(query.order_by(entry.registered_at, entry.case_id))
        return [Case(self, Receipt(row["case_id"], row["number"], Text("", ""), ())) for row in rows]

    def register_emergency(self, _by: str = "reception", **answers: Any) -> Case:
        """The red button."""
        procedure = self.application.catalogue.intake(self.clock.now()).procedure
        usual = self._usual_of_form(procedure, str(procedure.intake.emergency_form), {}, answers)
        return Case(self, self.execute(intake.RegisterEmergency(self.estate_id(), usual, self.request_id()), _by))

    def execute(self, command: Any, login: str) -> Any:
        """A command, as that person."""
        return self.application.execute(command, self.actor(login))

    def request_id(self) -> str:
        """A request that was never made before."""
        return f"request-{next(self._requests)}"

    def let_pass(self, **duration: float) -> None:
        """Go on, stopping at every due moment on the way, as the worker does."""
        self.go_to(self.clock.now() + timedelta(**duration))

    def go_to(self, moment: datetime) -> None:
        """Go to a moment, stopping at every due moment on the way."""
        while (due := self._next_due()) is not None and due <= moment:
            self.clock.set(max(due, self.clock.now()))
            if self.worker.tick() == 0:
                break
        self.clock.set(moment)

    def _next_due(self) -> datetime | None:
        moments = (self._scalar(sa.select(sa.func.min(table.c.due_at))) for table in (t.timer, t.schedule))
        return min((moment for moment in moments if moment is not None), default=None)

    def _usual(self, procedure: Any, element_id: str, scope: Mapping[str, Value], given: Mapping[str, Any]) -> dict[str, Any]:
        form = procedure.form_of(element_id)
        return self._usual_of_form(procedure, form.name, scope, given) if form else dict(given)

    def _usual_of_form(self, procedure: Any, name: str, scope: Mapping[str, Value], given: Mapping[str, Any]) -> dict[str, Any]:
        context = EvaluationContext(now=self.clock.now(), zone=self.application.zone)
        known = {key: None for key in procedure.vocabulary} | dict(scope) | dict(given)
        usual = {key: expression.evaluate(known, context) for key, expression in procedure.answers.get(name, {}).items()}
        return {key: self._named(procedure, key, value, usual) for key, value in usual.items()} | dict(given)

    def _named(self, procedure: Any, key: str, value: Value, answers: Mapping[str, Value]) -> Value:
        # The usual answers name no real person: somebody of the department that the form names, or of engineering.
        if procedure.vocabulary[key].type != "person" or value is None:
            return value
        department = answers.get(procedure.register.get("department", ""))
        return self.person_id(_OF_DEPARTMENT.get(str(department), "engineer"))

    def _scalar(self, query: Any) -> Any:
        with self.application.database.read() as connection:
            return connection.execute(query).scalar()

    def rows(self, query: Any) -> list[Any]:
        """Rows of any query, for looking at what was written."""
        with self.application.database.read() as connection:
            return list(connection.execute(query).mappings())


class Case:
    """One case of the office."""

    def __init__(self, office: Office, receipt: Receipt) -> None:
        self.office = office
        self.id = receipt.case_id
        self.number = receipt.number

    @property
    def procedure(self) -> Any:
        """The procedure that it runs on."""
        row = self.office.rows(sa.select(t.cases.c.version_id).where(t.cases.c.id == self.id))[0]
        return self.office.application.catalogue.get(row["version_id"]).procedure

    @property
    def items(self) -> list[Any]:
        """The open work items, oldest first."""
        item = t.work_item
        return self.office.rows(
            sa.select(item).where(item.c.case_id == self.id, item.c.status == "open").order_by(item.c.opened_at, item.c.id)
        )

    @property
    def open_tasks(self) -> list[str]:
        """Their element ids, in order of the alphabet."""
        return sorted(item["element_id"] for item in self.items)

    @property
    def entry(self) -> Any:
        """The register's row."""
        return self.office.rows(sa.select(t.register_entry).where(t.register_entry.c.case_id == self.id))[0]

    @property
    def values(self) -> dict[str, Value]:
        """The current values."""
        with self.office.application.read() as reader:
            return current_values(reader, self.office.actor("supervisor"), self.id)

    def run(self, key: str) -> Any:
        """The latest run of a limit."""
        query = sa.select(t.limit_run).where(t.limit_run.c.case_id == self.id, t.limit_run.c.key == key)
        return self.office.rows(query.order_by(t.limit_run.c.round.desc()))[0]

    def do(self, command: Any, login: str) -> Any:
        """A command on this case, as that person."""
        return self.office.execute(command, login)

    def told(self) -> list[tuple[str, str]]:
        """Who was told what, in order: login and the English words after the number."""
        note, person = t.notification, t.person
        query = sa.select(person.c.login, note.c.text_en).join(person, person.c.id == note.c.person_id)
        rows = self.office.rows(query.where(note.c.case_id == self.id).order_by(note.c.at, note.c.id))
        return [(row["login"], row["text_en"].removeprefix(f"{self.number}: ")) for row in rows]

    def journal(self) -> list[Entry]:
        """The case's journal, oldest entry first."""
        with self.office.application.database.read() as connection:
            return list(read_stream(connection, "case", self.id))

    def events(self, kind: type[E]) -> list[E]:
        """Every event of a kind, in order."""
        return [event for entry in self.journal() for event in entry.events if isinstance(event, kind)]

    def path(self) -> list[str]:
        """The elements passed, in order."""
        return [element for step in self.events(StepTaken) for element in step.passed]

    def limits(self) -> dict[str, str]:
        """How the latest run of each limit stands: kept, breached or running."""
        query = sa.select(t.limit_run).where(t.limit_run.c.case_id == self.id).order_by(t.limit_run.c.round)
        return {row["key"]: _standing(row) for row in self.office.rows(query)}

    def breached(self) -> set[str]:
        """The keys of every limit that was breached."""
        query = sa.select(t.limit_run).where(t.limit_run.c.case_id == self.id, t.limit_run.c.breached_at.is_not(None))
        return {row["key"] for row in self.office.rows(query)}

    def item(self, element_id: str) -> Any:
        """The open item of that element."""
        return next(item for item in self.items if item["element_id"] == element_id)

    def complete(self, element_id: str, _by: str | None = None, **answers: Any) -> Receipt:
        """Do an open item with the usual answers, save those given."""
        item, usual = self.item(element_id), self.usual(element_id, **answers)
        return self.office.execute(work.Complete(item["id"], usual, self.office.request_id()), _by or self.doer(item))

    def usual(self, element_id: str, **answers: Any) -> dict[str, Any]:
        """The usual answers to a task's form, save those given."""
        return self.office._usual(self.procedure, element_id, self.values, answers)

    def doer(self, item: Any) -> str:
        """Somebody who may do the item."""
        if item["holder_id"]:
            return str(self.office._scalar(sa.select(t.person.c.login).where(t.person.c.id == item["holder_id"])))
        for login in _LOGINS:
            actor = self.office.actor(login)
            allowed = item["role"] and actor.holds(item["role"], item["estate_id"], item["department"])
            if allowed and f",{actor.person_id}," not in item["excluded"]:
                return login
        raise AssertionError(f"nobody can do {item['element_id']} ({item['role']}, {item['department']})")

    def reach(self, element_id: str, **answers: Any) -> None:
        """Do whatever is open until that task is; ``answers`` are given wherever a form asks for them."""
        self._go_on(lambda: element_id in self.open_tasks, answers)

    def finish(self, **answers: Any) -> None:
        """Do whatever is open until the case is closed."""
        self._go_on(lambda: self.entry["status"] == "closed", answers)

    def _go_on(self, reached: Any, answers: Mapping[str, Any]) -> None:
        for _ in range(80):
            if reached():
                return
            if not self.items:
                raise AssertionError("nothing is open")
            item = self.items[0]
            form = self.procedure.form_of(item["element_id"])
            fitting = {key: value for key, value in answers.items() if form and key in form.keys}
            self.complete(item["element_id"], **fitting)
        raise AssertionError(f"still open: {self.open_tasks}")


def _standing(run: Any) -> str:
    if run["breached_at"] is not None:
        return "breached"
    return "running" if run["stopped_at"] is None else "kept"
