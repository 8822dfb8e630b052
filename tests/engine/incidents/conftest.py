"""An office whose procedure fails, with versions in which it does not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from engine.clock import ManualClock
from engine.commands import directory
from engine.domain.actor import SYSTEM, Actor
from engine.errors import Incident
from engine.storage import tables as t
from engine.storage.database import Database
from engine.storage.journal import Entry, read_stream
from engine.storage.migrations.upgrading import upgrade
from tests.engine.small import FIELDS, MANIFEST, SmallOffice
from tests.postgres import Server
from tests.published import publish, replacing


class FailingOffice(SmallOffice):
    """Beside the boss, who owns the procedure, there are a worker, the boss of another estate and an administrator."""

    def __init__(self, folder: Path, clock: ManualClock, url: str = "") -> None:
        super().__init__(folder, clock, url)
        self.administrator_id = self._person("admin", administrator=True)
        self.elsewhere_id = self._person("elsewhere")
        self.other_estate_id = str(self.application.execute(directory.AddEstate("B", "乙", "B"), SYSTEM))
        self.application.execute(directory.GrantRole(self.elsewhere_id, "boss", self.other_estate_id), SYSTEM)
        self.worker_id = self._person("worker")
        self.application.execute(directory.GrantRole(self.worker_id, "worker", self.estate_id), SYSTEM)

    def _person(self, login: str, **more: Any) -> str:
        return str(self.application.execute(directory.SavePerson(login, login, **more), SYSTEM))

    def actor(self, person_id: str) -> Actor:
        """Whoever that is."""
        actor = self.application.actor(person_id)
        assert actor is not None
        return actor

    def execute(self, command: Any, person_id: str) -> Any:
        """A command, as that person."""
        return self.application.execute(command, self.actor(person_id))

    def publish(self, condition: str) -> str:
        """A version that asks something else after weighing, and whose actions and fields are a few more."""
        manifest = {**MANIFEST, "actions": {key: {"zh": key, "en": key, "roles": ["any"]} for key in ("register", "log_contact")}}
        fields = {**FIELDS, "weight": {"type": "number", "zh": "重量", "en": "Weight"}}
        more = {"procedure.yaml": json.dumps(manifest), "fields.yaml": json.dumps(fields)}

        def change(files: dict[str, str]) -> dict[str, str]:
            before, _, rest = files["small.bpmn"].partition('targetRef="weighed">')
            kept = rest.partition("</bpmn:conditionExpression>")[2]
            formal = '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">'
            return {**more, "small.bpmn": f'{before}targetRef="weighed">{formal}{condition}</bpmn:conditionExpression>{kept}'}

        return publish(self.application, "small", change)

    def rename(self, old: str, new: str) -> str:
        """A version whose diagram says something else."""
        return publish(self.application, "small", replacing("small.bpmn", old, new))

    def journal(self, case_id: str) -> list[Entry]:
        """The case's journal, oldest entry first."""
        with self.application.database.read() as connection:
            return list(read_stream(connection, "case", case_id))

    def incidents(self) -> list[dict[str, Any]]:
        """All incidents, oldest first."""
        return self.rows(t.incident)

    def stuck(self, size: str = "3", subject: str = "") -> tuple[str, str, str]:
        """A case whose weighing has failed: its id, the item's and the incident's."""
        case_id, item_id = self.take_down("灯不亮")
        with pytest.raises(Incident):
            self.weigh(item_id, size, subject)
        return case_id, item_id, str(self.incidents()[-1]["id"])

    def scalar(self, query: Any) -> Any:
        """One value of the database."""
        with self.application.database.read() as connection:
            return connection.execute(query).scalar()

    def state(self, case_id: str) -> bytes:
        """The case as it stands."""
        return bytes(self.scalar(sa.select(t.cases.c.state).where(t.cases.c.id == case_id)))


@pytest.fixture(scope="session")
def tables_only(postgresql: Server) -> str:
    """The name of a database in which the tables are made already; copied, never used itself."""
    name = "tables_only"
    postgresql.say("CREATE DATABASE {}", name)
    database = Database(postgresql.url(name))
    upgrade(database)
    database.close()
    return name


@pytest.fixture
def office(database: str, request: pytest.FixtureRequest, tmp_path: Path, clock: ManualClock) -> Iterator[FailingOffice]:
    """An office whose procedure fails, on the test's database."""
    with ExitStack() as stack:
        url = "" if database == "sqlite" else stack.enter_context(_copy(request))
        office = FailingOffice(tmp_path, clock, url)
        yield office
        office.application.close()


def _copy(request: pytest.FixtureRequest) -> AbstractContextManager[str]:
    server: Server = request.getfixturevalue("postgresql")
    return server.database(request.getfixturevalue("tables_only"))
