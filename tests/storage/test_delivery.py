"""Messages leave the outbox once, whoever takes them; what is refused comes back ever later, until it is given up."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from engine.bootstrap import Application, build
from engine.clock import ManualClock
from engine.commands.delivery import ParcelRefused, ParcelSent, SendAgain, SpreadMessages, TakeParcel
from engine.domain.actor import SYSTEM
from engine.domain.messages import Parcel
from engine.domain.text import Text
from engine.errors import Conflict, Forbidden
from engine.jobs.delivery import deliver
from engine.outbound.messages import Refused
from engine.settings import Settings
from engine.storage import tables as t
from tests.office import Office

CLOSED = Text("邮局关门了。", "The post office is closed.")
MAIL = {"mail_url": "smtp://mail.example.com?from=tousu@example.com"}


class Post:
    """Notes what it is given, and refuses as long as it is told to."""

    def __init__(self) -> None:
        self.sent: list[Parcel] = []
        self.refusal: Exception | None = None

    def send(self, parcel: Parcel, now: datetime) -> None:
        """Accept the parcel, unless it is to be refused."""
        if self.refusal is not None:
            raise self.refusal
        self.sent.append(parcel)


@pytest.fixture
def post() -> Post:
    """An open post office."""
    return Post()


@pytest.fixture
def application(settings: Settings, clock: ManualClock) -> Any:
    """An installation that sends mail."""
    built = build(Settings(**settings.model_dump() | MAIL), clock)
    yield built
    built.close()


@pytest.fixture
def office(application: Application, clock: ManualClock) -> Office:
    """Everybody has a mailbox."""
    with application.database.write() as connection:
        connection.execute(sa.update(t.person).values(email=t.person.c.login + "@example.com"))
    return Office(application, clock)


@pytest.fixture
def waiting(office: Office) -> set[str]:
    """The ids of messages that an emergency nobody answered has left in the outbox."""
    office.register_emergency()
    office.let_pass(minutes=20)
    return {row["id"] for row in outbox(office)}


def outbox(office: Office) -> list[Any]:
    """Every message, oldest first."""
    return office.rows(sa.select(t.outbox).order_by(t.outbox.c.id))


def deliveries(office: Office) -> list[Any]:
    """What is or was on its way, oldest first."""
    return office.rows(sa.select(t.message_delivery).order_by(t.message_delivery.c.message_id))


def go(office: Office, post: Post, overdue: timedelta = timedelta()) -> int:
    """One round of the delivery job."""
    return deliver(office.application, post, office.clock.now, overdue)


def sent(post: Post) -> list[str]:
    """The messages that the post has taken."""
    return sorted(line.message_id for parcel in post.sent for line in parcel.lines)


def test_what_waits_is_sent_once(office: Office, waiting: set[str], post: Post) -> None:
    assert waiting and go(office, post) == 2 * len(waiting)
    assert go(office, post) == 0

    assert sent(post) == sorted(waiting)
    assert {(row["sent_at"], row["next_at"], row["attempts"]) for row in outbox(office)} == {(office.clock.now(), None, 1)}
    assert {(row["sent_at"], row["next_at"], row["attempts"]) for row in deliveries(office)} == {(office.clock.now(), None, 1)}


def test_a_refused_parcel_comes_back_with_the_same_id_and_ever_later(
    office: Office, waiting: set[str], post: Post, clock: ManualClock
) -> None:
    post.refusal = Conflict(CLOSED)
    delays = []
    for _ in range(8):
        go(office, post)
        delays.append((deliveries(office)[0]["next_at"] - clock.now()).total_seconds() / 60)
        clock.set(deliveries(office)[0]["next_at"])

    post.refusal = None
    go(office, post)
    assert delays == [1, 2, 4, 8, 16, 32, 60, 60]
    assert sent(post) == sorted(waiting)
    assert {parcel.attempt for parcel in post.sent} == {9}


def test_a_channel_that_asks_for_peace_is_left_in_peace(office: Office, waiting: set[str], post: Post) -> None:
    post.refusal = Refused(CLOSED, wait=timedelta(minutes=7))
    go(office, post)

    assert {row["next_at"] - office.clock.now() for row in deliveries(office)} == {timedelta(minutes=7)}


def test_what_is_refused_for_good_or_too_often_is_given_up_until_an_administrator_sends_it_again(
    office: Office, waiting: set[str], post: Post, clock: ManualClock
) -> None:
    post.refusal = Refused(CLOSED, hopeless=True)
    go(office, post)
    assert {(row["next_at"], row["given_up_at"], row["fault_zh"]) for row in deliveries(office)} == {
        (None, clock.now(), CLOSED.zh)
    }

    with pytest.raises(Forbidden):
        office.execute(SendAgain("mail"), "supervisor")
    assert office.execute(SendAgain("mail"), "admin") == len(waiting)
    post.refusal = Conflict(CLOSED)
    for _ in range(16):
        go(office, post)
        clock.advance(hours=1)
    assert {row["next_at"] for row in deliveries(office)} == {None}

    post.refusal = None
    office.execute(SendAgain("mail", deliveries(office)[0]["parcel_id"]), "admin")
    go(office, post)
    assert sent(post) == [deliveries(office)[0]["message_id"]]


def test_what_another_worker_has_taken_is_left_to_it_until_its_time_is_up(
    office: Office, waiting: set[str], clock: ManualClock
) -> None:
    office.application.execute(SpreadMessages(50), SYSTEM)
    taken = office.application.execute(TakeParcel(), SYSTEM)
    others = set()
    while (parcel := office.application.execute(TakeParcel(), SYSTEM)) is not None:
        others.add(parcel.id)

    assert others == waiting - {taken.id}
    clock.advance(minutes=3)
    again = office.application.execute(TakeParcel(), SYSTEM)
    assert (again.id in waiting, again.attempt) == (True, 2)


def test_what_breaks_off_each_time_is_given_up_too(office: Office, waiting: set[str], clock: ManualClock) -> None:
    office.application.execute(SpreadMessages(50), SYSTEM)
    for _ in range(16):
        while office.application.execute(TakeParcel(), SYSTEM) is not None:
            continue
        clock.advance(minutes=3)

    assert office.application.execute(TakeParcel(), SYSTEM) is None
    assert {row["given_up_at"] for row in deliveries(office)} == {clock.now()}


def test_what_is_marked_twice_keeps_its_first_moment(office: Office, waiting: set[str], clock: ManualClock) -> None:
    office.application.execute(SpreadMessages(50), SYSTEM)
    first, parcel = clock.now(), office.application.execute(TakeParcel(), SYSTEM)
    assert office.application.execute(ParcelSent("mail", parcel.id), SYSTEM) == 1
    clock.advance(hours=1)

    assert office.application.execute(ParcelSent("mail", parcel.id), SYSTEM) == 0
    assert office.application.execute(ParcelRefused("mail", parcel.id, CLOSED, 1), SYSTEM) is False
    assert [row["sent_at"] for row in deliveries(office) if row["parcel_id"] == parcel.id] == [first]


def test_where_somebody_is_on_the_way_only_what_was_let_lie_is_taken(office: Office, waiting: set[str], post: Post) -> None:
    oldest = min(row["created_at"] for row in outbox(office))
    patience = office.clock.now() - oldest + timedelta(seconds=1)

    assert go(office, post, patience) == 0
    office.clock.advance(hours=1)
    assert go(office, post, patience) == 2 * len(waiting)


def test_the_worker_empties_the_outbox(office: Office, waiting: set[str], clock: ManualClock, post: Post) -> None:
    office.application.outlets = post  # type: ignore[assignment]
    clock.advance(seconds=10)
    while office.worker._turn() == 0.0:
        continue

    assert sent(post) == sorted(waiting)
    assert {row["sent_at"] for row in (*outbox(office), *deliveries(office))} == {clock.now()}
