"""The past is told: complaints come, people do their tasks and timers fire, in the order of time and by the one way through."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import sqlalchemy as sa

from engine.clock import ManualClock
from engine.commands import access, cases, intake, schedules, work
from engine.demo.furnishing import Company
from engine.demo.plans import Plan, came
from engine.demo.staff import Staff
from engine.domain.ids import new_id
from engine.errors import EngineError
from engine.storage import tables as t
from engine.worker import Worker

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that happens at a moment."""

    at: datetime
    do: Callable[[], object]


class Past:
    """Lets what the file tells happen until the present moment; what an edited procedure refuses stays where it stands."""

    def __init__(self, company: Company, clock: ManualClock, data: Mapping[str, Any], until: datetime) -> None:
        self._application, self._clock, self._until = company.application, clock, until
        self._company, self._worker = company, Worker(company.application)
        self._staff = Staff(company)
        self._by_themselves = {key: Plan.of(entry) for key, entry in data["by_themselves"].items()}
        self._plans: dict[str, Plan] = {}
        self._cases: dict[str, str] = {}
        self._done: Counter[tuple[str, str]] = Counter()
        self._left: set[str] = set()
        self._deeds = sorted(self._told(data), key=lambda deed: deed.at)

    def tell(self) -> None:
        """Everything in its order; the clock stands at the present moment afterwards."""
        while (deed := self._next()) is not None:
            self._clock.set(max(deed.at, self._clock.now()))
            try:
                deed.do()
            except EngineError as problem:
                _log.warning("the demonstration goes on without this: %s", problem.text.en)
        self._clock.set(self._until)
        self._fire()
        # Nobody is to be sent what is long past: it counts as sent, by no channel.
        self._application.deliver()

    def _next(self) -> Deed | None:
        coming = [*self._deeds[:1], *self._firing(), *self._tasks()]
        deed = min(coming, key=lambda deed: deed.at, default=None)
        if deed is None or deed.at > self._until:
            return None
        if self._deeds and deed is self._deeds[0]:
            self._deeds.pop(0)
        return deed

    def _told(self, data: Mapping[str, Any]) -> Iterator[Deed]:
        zone = self._application.zone
        for entry in data["complaints"]:
            plan = Plan.of(entry)
            yield Deed(came(entry["when"], self._until, zone), partial(self._record, plan))
        for entry in data["begun"]:
            yield Deed(came(entry["when"], self._until, zone), partial(self._begin, entry))
        for login in self._company.people:
            yield Deed(self._until - timedelta(**data["read_until"]), partial(self._read_messages, login))

    def _firing(self) -> Iterator[Deed]:
        # What fires not at its moment waits for an operator, and holds up nothing else.
        now = self._clock.now()
        moments = [sa.select(sa.func.min(table.c.due_at)).where(table.c.due_at > now) for table in (t.timer, t.schedule)]
        with self._application.database.read() as connection:
            found = connection.execute(sa.select(*(moment.scalar_subquery() for moment in moments))).one()
        yield from (Deed(moment, self._fire) for moment in found if moment is not None)

    def _fire(self) -> None:
        while self._worker.tick():
            pass

    def _tasks(self) -> Iterator[Deed]:
        item, entry = t.work_item.c, t.register_entry.c
        query = sa.select(t.work_item, entry.procedure_key).join(t.register_entry, entry.case_id == item.case_id)
        with self._application.database.read() as connection:
            rows = connection.execute(query.where(item.status == "open").order_by(item.opened_at, item.id)).all()
        for row in rows:
            plan = self._plans.get(row.case_id) or self._by_themselves.get(row.procedure_key)
            moment = plan and plan.moment(row.element_id, row.opened_at, row.due_at, self._application.zone)
            if plan and moment and row.id not in self._left:
                yield Deed(moment, partial(self._do, row, plan))

    def _record(self, plan: Plan) -> None:
        application = self._application
        procedure = application.catalogue.intake(self._clock.now()).procedure
        company, estate_id = self._company, self._company.estates[plan.estate]
        household = company.households.get((plan.estate, plan.room))
        answers = self._staff.intake(procedure, plan, estate_id)
        joined = self._cases.get(plan.joins)
        command = intake.Register(estate_id, answers, self._request(), household_id=household, event_id=joined)
        receipt = application.execute(command, self._staff.actor(plan.by))
        self._plans[receipt.case_id], self._cases[plan.name] = plan, receipt.case_id

    def _begin(self, entry: Mapping[str, Any]) -> None:
        command = schedules.StartProcedure(entry["procedure"], entry["begins"])
        receipt = self._application.execute(command, self._staff.actor(entry["by"]))
        self._plans[receipt.case_id] = Plan.of(entry)

    def _read_messages(self, login: str) -> None:
        self._application.execute(access.ReadNotifications(), self._staff.actor(login))

    def _do(self, item: Any, plan: Plan) -> None:
        seen = (item.case_id, item.element_id)
        times = self._done[seen]
        self._done[seen] += 1
        # Tried once: what is refused is left to whoever tries the product.
        self._left.add(item.id)
        if item.element_id in plan.claimed:
            self._application.execute(work.Claim(item.id), self._staff.actor(plan.claimed[item.element_id]))
            return
        deviation = plan.instead.get(item.element_id) if times == 0 else None
        if deviation is not None:
            command = cases.Act(item.case_id, deviation["act"], deviation["reason"])
            self._application.execute(command, self._staff.actor(deviation["by"]))
            return
        doer = self._staff.doer(item)
        if doer is not None:
            answers = self._staff.answers(item, plan, times, doer)
            self._application.execute(work.Complete(item.id, answers, self._request()), doer)

    def _request(self) -> str:
        return new_id(self._clock.now())
