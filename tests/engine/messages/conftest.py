"""An office whose people have mailboxes and a WeCom group, and a post that notes what it is given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
import sqlalchemy as sa

from engine.bootstrap import Application, build
from engine.clock import ManualClock
from engine.domain.messages import Parcel
from engine.errors import EngineError
from engine.jobs.delivery import deliver
from engine.settings import Settings
from engine.storage import tables as t
from tests.office import Office

WAYS_OUT = {
    "mail_url": "smtp://mail.example.com?from=tousu@example.com",
    "wecom_url": "https://wecom.example.com/cgi-bin/webhook/send?key=x",
}


class Post:
    """Takes everything, save what a channel is told to refuse."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self.parcels: list[Parcel] = []
        self.refusals: dict[str, EngineError] = {}

    def send(self, parcel: Parcel, now: datetime) -> None:
        """One parcel."""
        if parcel.channel in self.refusals:
            raise self.refusals[parcel.channel]
        self.parcels.append(parcel)

    def go(self) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
        """One round; what left in it: channel, logins, English words."""
        before = len(self.parcels)
        deliver(self._office.application, self, self._office.clock.now)
        logins = {row["id"]: row["login"] for row in self._office.rows(sa.select(t.person.c.id, t.person.c.login))}
        return [
            (
                parcel.channel,
                tuple(logins[recipient.person_id] for recipient in parcel.recipients),
                tuple(line.text.en.partition(": ")[2] or line.text.en for line in parcel.lines),
            )
            for parcel in self.parcels[before:]
        ]


@pytest.fixture
def application(settings: Settings, clock: ManualClock) -> Iterator[Application]:
    """An installation with two ways out."""
    built = build(Settings(**settings.model_dump() | WAYS_OUT), clock)
    with built.database.write() as connection:
        connection.execute(sa.update(t.person).values(email=t.person.c.login + "@example.com"))
    yield built
    built.close()


@pytest.fixture
def post(office: Office) -> Post:
    """A post that takes everything."""
    return Post(office)
