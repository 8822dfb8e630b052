"""The whole story through the served pages: complaints are recorded, handled and closed by people at browsers."""

from __future__ import annotations

import re
import tempfile
import time
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bench.agree import disagreements
from bench.browse import Page, Person, Times
from bench.ground import MEASURED
from bench.serving import served
from bench.story.messages import messages
from bench.story.plan import Plan, plans
from engine.bootstrap import Application, build
from engine.clock import ManualClock
from engine.demo import PASSWORD, furnish
from engine.settings import Settings
from engine.worker import Worker

_START = datetime(2026, 9, 7, 0, 30, tzinfo=UTC)
_BETWEEN_STEPS = timedelta(minutes=2)
_WHILE_WAITING = timedelta(hours=6)
_MOST_TRIES = 5
#: The calendar begins reports and checks meanwhile, which are numbered in series of their own.
_COMPLAINTS = "series = 'current'"
_NUMBER = re.compile(r"YH-\d{4}-\d{5}")


def run(count: int, together: int, database_url: str = "") -> dict[str, Any]:
    """Drive so many complaints to closing; the answer has the keys that every release keeps."""
    with tempfile.TemporaryDirectory() as folder:
        clock = ManualClock(_START)
        application = build(Settings(var_dir=Path(folder), database_url=database_url, **MEASURED), clock)
        furnish(application)
        story = Story(application, clock)
        try:
            return story.tell(count, together)
        finally:
            story.close()


class Story:
    """A served application, its people, and the complaints under way."""

    def __init__(self, application: Application, clock: ManualClock) -> None:
        self.application = application
        self.clock = clock
        self.worker = Worker(application)
        self.times = Times()
        self._serving = ExitStack()
        self._address = self._serving.enter_context(served(application))
        self._people: dict[str, Person] = {}
        self._logins = self._read_logins()

    def close(self) -> None:
        """Stop serving."""
        self._serving.close()
        self.application.close()

    def tell(self, count: int, together: int) -> dict[str, Any]:
        """Record and handle them, a few under way at the same time."""
        texts, source = messages(count)
        waiting, under_way = list(plans(texts)), list[Plan]()
        begun = time.perf_counter()
        while waiting or under_way:
            while waiting and len(under_way) < together:
                under_way.append(self._record(waiting.pop(0)))
            for plan in list(under_way):
                self._pass_time(only_waiting=not any(map(self._open_item, under_way)))
                if not self._step(plan):
                    under_way.remove(plan)
        elapsed = time.perf_counter() - begun
        return self._result(count, elapsed, source)

    def _record(self, plan: Plan) -> Plan:
        clerk = self._person("reception")
        page = clerk.get("/record", "record")
        for _ in range(_MOST_TRIES):
            page = clerk.submit(page.form("/record"), plan.answer, page, "record_save", "_open")
            if page.status == 200:
                break
        number = _NUMBER.search(page.words())
        if number is None:
            raise AssertionError(f"not recorded ({page.status}): {page.words()[:600]}")
        plan.case_id = self._case_id(number.group())
        return plan

    def _case_id(self, number: str) -> str:
        with self.application.database.read() as connection:
            found = connection.execute(sa.text("select case_id from register_entry where number = :number"), {"number": number})
            return str(found.scalar_one())

    def _step(self, plan: Plan) -> bool:
        if plan.pauses():
            return True
        item = self._open_item(plan)
        if item is None:
            return not self._is_closed(plan)
        doer = self._person(self._doer(item))
        if plan.steps % 5 == 0:
            doer.get("/inbox", "inbox")
            doer.get(f"/cases/{plan.case_id}", "case")
        page = doer.get(f"/tasks/{item.id}", "task")
        self._complete(doer, item, plan, page)
        plan.steps += 1
        return True

    def _complete(self, doer: Person, item: Any, plan: Plan, page: Page) -> None:
        plan.begin(item.element_id, self.clock.now())
        for _ in range(_MOST_TRIES):
            page = doer.submit(page.form(f"/tasks/{item.id}"), plan.answer, page, "task_complete", "_complete")
            if page.status == 200:
                return
        raise AssertionError(f"{item.element_id} not completed ({page.status}): {page.words()[:900]}")

    def _open_item(self, plan: Plan) -> Any:
        query = sa.text(
            "select id, element_id, role, department, estate_id, holder_id, excluded from work_item"
            " where case_id = :case and status = 'open' order by opened_at, id limit 1"
        )
        with self.application.database.read() as connection:
            return connection.execute(query, {"case": plan.case_id}).first()

    def _doer(self, item: Any) -> str:
        for login, actor_id in self._logins.items():
            actor = self.application.actor(actor_id)
            if actor is None or f",{actor_id}," in item.excluded:
                continue
            if item.holder_id == actor_id or (not item.holder_id and actor.holds(item.role, item.estate_id, item.department)):
                return login
        raise AssertionError(f"nobody can do {item.element_id}")

    def _person(self, login: str) -> Person:
        if login not in self._people:
            self._people[login] = Person(self._address, login, PASSWORD, self.times)
        return self._people[login]

    def _pass_time(self, *, only_waiting: bool) -> None:
        # Where nobody has anything to do, the next thing to happen is a deadline, perhaps a week away.
        self.clock.advance(seconds=(_WHILE_WAITING if only_waiting else _BETWEEN_STEPS).total_seconds())
        self.worker.tick()

    def _is_closed(self, plan: Plan) -> bool:
        with self.application.database.read() as connection:
            query = sa.text("select closed from cases where id = :case")
            return bool(connection.execute(query, {"case": plan.case_id}).scalar_one())

    def _read_logins(self) -> dict[str, str]:
        with self.application.database.read() as connection:
            rows = connection.execute(
                sa.text("select login, id from person where administrator = :no order by id"), {"no": False}
            )
            return {row.login: row.id for row in rows}

    def _result(self, count: int, elapsed: float, source: str) -> dict[str, Any]:
        with self.application.database.read() as connection:
            closed = _counted(connection, "status = 'closed'")
            by_severity = f"select severity, count(*) from register_entry where {_COMPLAINTS} group by severity order by 1"
            paths = connection.execute(sa.text(by_severity)).all()
            unusual = _counted(connection, "(round > 1 or breach_count > 0)")
            reworked = _counted(connection, "round > 1")
            differences = disagreements(connection)
        return {
            "database": "sqlite" if self.application.database.is_sqlite else "postgresql",
            "cases": count,
            "closed": closed,
            "cases_per_s": round(closed / elapsed, 2),
            "pages": self.times.summary(),
            "agree": not differences,
            "differences": differences,
            "paths": {str(path): number for path, number in paths},
            "reworked": reworked,
            "reworked_or_late": unusual,
            "seconds": round(elapsed, 1),
            "messages": source,
        }


def _counted(connection: sa.Connection, condition: str) -> int:
    query = sa.text(f"select count(*) from register_entry where {_COMPLAINTS} and {condition}")
    return int(connection.execute(query).scalar_one())
