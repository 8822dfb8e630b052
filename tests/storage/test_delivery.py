"""Messages leave the outbox once, whoever takes them; a refused one comes back later, and later still."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from engine.clock import ManualClock
from engine.commands.delivery import MarkSent, Message, TakeMessages
from engine.domain.actor import SYSTEM
from engine.domain.text import Text
from engine.errors import Conflict
from engine.jobs.delivery import InPage, deliver
from engine.storage import tables as t
from tests.office import Office


class Post:
    """A channel that notes what it is given, and refuses as long as it is told to."""

    def __init__(self) -> None:
        self.sent: list[Message] = []
        self.closed = False

    def send(self, message: Message) -> None:
        """Accept the message, unless closed."""
        if self.closed:
            raise Conflict(Text("邮局关门了。", "The post office is closed."))
        self.sent.append(message)


@pytest.fixture
def post() -> Post:
    """An open post office."""
    return Post()


@pytest.fixture
def waiting(office: Office) -> set[str]:
    """The ids of messages that an emergency nobody answered has left in the outbox."""
    office.register_emergency()
    office.let_pass(minutes=20)
    return {row["id"] for row in outbox(office)}


def outbox(office: Office) -> list[Any]:
    """Every message, oldest first."""
    return office.rows(sa.select(t.outbox).order_by(t.outbox.c.id))


def test_what_waits_is_sent_once(office: Office, waiting: set[str], post: Post) -> None:
    assert waiting and deliver(office.application, post) == len(waiting)
    assert deliver(office.application, post) == 0

    assert sorted(message.id for message in post.sent) == sorted(waiting)
    assert {(row["sent_at"], row["next_at"], row["attempts"]) for row in outbox(office)} == {(office.clock.now(), None, 1)}


def test_a_refused_message_comes_back_with_the_same_id_and_ever_later(
    office: Office, waiting: set[str], post: Post, clock: ManualClock
) -> None:
    post.closed = True
    delays = []
    for _ in range(8):
        assert deliver(office.application, post) == 0
        delays.append((outbox(office)[0]["next_at"] - clock.now()).total_seconds() / 60)
        clock.set(outbox(office)[0]["next_at"])

    post.closed = False
    assert deliver(office.application, post) == len(waiting)
    assert delays == [1, 2, 4, 8, 16, 32, 60, 60]
    assert {message.id for message in post.sent} == waiting


def test_what_another_worker_has_taken_is_left_to_it_until_its_time_is_up(
    office: Office, waiting: set[str], clock: ManualClock
) -> None:
    taken = office.application.execute(TakeMessages(1), SYSTEM)
    others = office.application.execute(TakeMessages(50), SYSTEM)

    assert {message.id for message in others} == waiting - {taken[0].id}
    clock.advance(minutes=1)
    assert [message.attempt for message in office.application.execute(TakeMessages(1), SYSTEM)] == [2]


def test_what_is_marked_twice_keeps_its_first_moment(office: Office, waiting: set[str], clock: ManualClock) -> None:
    first = clock.now()
    assert office.application.execute(MarkSent(tuple(waiting)), SYSTEM) == len(waiting)
    clock.advance(hours=1)

    assert office.application.execute(MarkSent(tuple(waiting)), SYSTEM) == 0
    assert {row["sent_at"] for row in outbox(office)} == {first}


def test_where_somebody_is_on_the_way_only_what_was_let_lie_is_taken(office: Office, waiting: set[str]) -> None:
    oldest = min(row["created_at"] for row in outbox(office))
    patience = office.clock.now() - oldest + timedelta(seconds=1)

    assert deliver(office.application, InPage(), patience) == 0
    office.clock.advance(hours=1)
    assert deliver(office.application, InPage(), patience) == len(waiting)


def test_the_worker_empties_the_outbox(office: Office, waiting: set[str], clock: ManualClock) -> None:
    clock.advance(seconds=10)
    while office.worker._turn() == 0.0:
        continue

    assert {row["sent_at"] for row in outbox(office)} == {clock.now()}
