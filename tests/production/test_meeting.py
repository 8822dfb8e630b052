"""Two processes meet on one case: one carries its command out, the other is told so in a sentence."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from typing import Any

import pytest
import sqlalchemy as sa

from engine.bootstrap import Application, build
from engine.commands import cases, directory, intake, work
from engine.commands.delivery import SpreadMessages
from engine.commands.receipt import Receipt
from engine.domain.actor import SYSTEM, Actor
from engine.errors import EngineError, InvalidState
from engine.settings import Settings
from engine.storage import tables as t
from engine.storage.audit.verify import verify
from tests.office import Office

pytestmark = pytest.mark.postgres


@pytest.fixture
def other(settings: Settings, application: Application) -> Iterator[Application]:
    """A second process's view of the installation: nothing is shared but the database."""
    built = build(settings, application.clock)
    yield built
    built.close()


def at_once(actor: Actor, *orders: tuple[Application, Any], others: Actor | None = None) -> list[Any]:
    """What each command answered or was refused with, all given at the same moment; ``others`` gives all but the first."""
    ready = threading.Barrier(len(orders))

    def give(number: int) -> Any:
        application, command = orders[number]
        ready.wait()
        try:
            return application.execute(command, others if others and number else actor)
        except EngineError as refusal:
            return refusal

    with ThreadPoolExecutor(len(orders)) as threads:
        return list(threads.map(give, range(len(orders))))


def test_two_people_complete_one_task_and_one_is_told_who_was_first(office: Office, other: Application) -> None:
    for _ in range(6):
        case = office.register_emergency()
        item = next(item for item in case.items if item["role"] == "reception")
        answers = office._usual(_procedure(office), item["element_id"], case.values, {})

        orders = [(each, work.Complete(item["id"], answers, office.request_id())) for each in (office.application, other)]

        answered = at_once(office.actor("reception"), *orders, others=office.actor("reception2"))

        assert {type(answer) for answer in answered} == {InvalidState, Receipt}
        assert str(next(answer for answer in answered if isinstance(answer, InvalidState)).text.zh).startswith("已由")
        assert _count(office, t.submission, t.submission.c.item_id == item["id"]) == 1


def test_of_many_comments_at_once_none_is_lost(office: Office, other: Application) -> None:
    case = office.register()
    comments = [cases.AddComment(case.id, f"第 {number} 条") for number in range(8)]

    answered = at_once(office.actor("supervisor"), *product((office.application, other), comments))

    assert all(not isinstance(answer, EngineError) for answer in answered)
    assert [entry.seq for entry in case.journal()] == list(range(1, 18))
    with office.application.database.read() as connection:
        assert verify(connection) == []


def test_one_request_sent_twice_registers_one_complaint(office: Office, other: Application) -> None:
    published = office.application.catalogue.intake(office.clock.now())
    usual = office._usual(published.procedure, published.procedure.intake.task, {}, {})
    command = intake.Register(office.estate_id(), usual, "the same")

    answered = at_once(office.actor("reception"), (office.application, command), (other, command))

    assert {type(answer) for answer in answered} == {InvalidState, Receipt}
    assert _count(office, t.register_entry) == 1
    assert office.register().number.endswith("00002")


def test_administrators_who_change_the_directory_at_once_all_succeed(office: Office, other: Application) -> None:
    buildings = [directory.AddBuilding(office.estate_id(), f"新{number}号楼") for number in range(8)]

    answered = at_once(office.actor("admin"), *zip((office.application, other) * 4, buildings, strict=True))

    assert not [answer for answer in answered if isinstance(answer, EngineError)]
    with office.application.database.read() as connection:
        assert verify(connection) == []


def test_timers_that_two_workers_fire_at_once_fire_once(office: Office, other: Application) -> None:
    case = office.register_emergency()
    office.clock.advance(minutes=4)
    before = len(case.journal())

    fired = at_once(SYSTEM, *product((office.application, other), [cases.FireTimers(case.id)]))

    assert sorted(map(bool, fired)) == [False, True]
    assert len(case.journal()) == before + 1


def test_two_workers_take_no_message_twice(office: Office, other: Application) -> None:
    for _ in range(4):
        office.register_emergency()
    office.let_pass(minutes=20)

    taken = at_once(SYSTEM, *product((office.application, other), [SpreadMessages(50)]))

    waiting = office.rows(sa.select(t.outbox))
    assert sum(taken) == len(waiting)
    assert {row["attempts"] for row in waiting} == {1}


def _procedure(office: Office) -> Any:
    return office.application.catalogue.intake(office.clock.now()).procedure


def _count(office: Office, table: sa.Table, *where: sa.ColumnElement[bool]) -> int:
    return len(office.rows(sa.select(table).where(*where)))
