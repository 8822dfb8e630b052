"""A mail server that does not answer holds up no timer, and a fault of one round does not end the next."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime

import pytest
import sqlalchemy as sa

from engine.bootstrap import Application, build
from engine.clock import ManualClock
from engine.domain.messages import Parcel
from engine.jobs.postman import Postman
from engine.settings import Settings
from engine.storage import tables as t
from tests.installation import eventually
from tests.office import Case, Office


class Hanging:
    """A way out that answers only when it is let go."""

    def __init__(self) -> None:
        self.reached, self.let_go = threading.Event(), threading.Event()

    def send(self, parcel: Parcel, now: datetime) -> None:
        """Wait."""
        self.reached.set()
        self.let_go.wait(30)


@pytest.fixture
def application(settings: Settings, clock: ManualClock) -> Iterator[Application]:
    """An installation that sends mail, and people with mailboxes."""
    built = build(Settings(**settings.model_dump() | {"mail_url": "smtp://mail.example.com?from=tousu@example.com"}), clock)
    with built.database.write() as connection:
        connection.execute(sa.update(t.person).values(email=t.person.c.login + "@example.com"))
    yield built
    built.close()


def fired(case: Case) -> int:
    """How often timers of the case were fired."""
    return sum(entry.action == "fire_timers" for entry in case.journal())


def test_timers_fire_while_a_mail_server_hangs(office: Office, clock: ManualClock) -> None:
    office.application.outlets = hanging = Hanging()  # type: ignore[assignment]
    office.register_emergency()
    office.let_pass(minutes=4)
    thread = office.worker.start()
    assert hanging.reached.wait(20)

    case = office.register_emergency()
    clock.advance(minutes=6)
    office.register()  # whatever is written wakes the worker
    eventually(lambda: fired(case) > 0)

    assert not hanging.let_go.is_set()
    hanging.let_go.set()
    office.worker.stop()
    for each in (thread, *(other for other in threading.enumerate() if other.name == "redress-postman")):
        each.join(20)
        assert not each.is_alive()


def test_a_round_that_fails_is_followed_by_another() -> None:
    rounds, done = [], threading.Event()

    def deliver() -> int:
        rounds.append(len(rounds))
        if len(rounds) == 1:
            raise ValueError("a fault of ours")
        return 0

    postman = Postman(deliver, done.set, after_a_fault=0)
    thread = postman.start()
    for _ in range(2):
        done.clear()
        postman.go()
        assert done.wait(10)
    postman.stop()
    thread.join(10)

    assert rounds == [0, 1] and not thread.is_alive()
