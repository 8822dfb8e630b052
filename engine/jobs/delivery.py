"""Messages leave the outbox: spread to the channels that people chose, taken, handed over, marked with what became of them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Protocol

from engine.commands.delivery import ParcelRefused, ParcelSent, SpreadMessages, TakeParcel
from engine.domain.actor import SYSTEM, Actor
from engine.domain.messages import Parcel
from engine.errors import EngineError

_log = logging.getLogger(__name__)
_BATCH = 50


class Executes(Protocol):
    """Whoever carries out commands."""

    def execute(self, command: Any, actor: Actor) -> Any:
        """The handler's answer."""
        ...


class Post(Protocol):
    """Hands parcels to their channels."""

    def send(self, parcel: Parcel, now: datetime) -> None:
        """Hand the parcel over; an EngineError leaves it for a later try, or for the operators."""
        ...


def deliver(engine: Executes, post: Post, clock: Callable[[], datetime], overdue: timedelta = timedelta()) -> int:
    """Send what waits; the answer counts messages spread and parcels accepted. Several may run at the same time.

    Each parcel is marked as soon as it was accepted: only what is killed in this very moment is sent again, under the same id.
    """
    done = 0
    while spread := engine.execute(SpreadMessages(_BATCH, overdue), SYSTEM):
        done += spread
    while (parcel := engine.execute(TakeParcel(), SYSTEM)) is not None:
        done += _hand_over(engine, post, parcel, clock())
    return done


def _hand_over(engine: Executes, post: Post, parcel: Parcel, now: datetime) -> int:
    try:
        post.send(parcel, now)
    except EngineError as refusal:
        _log.warning("%s parcel %s, attempt %s: %s", parcel.channel, parcel.id, parcel.attempt, refusal.text.en)
        hopeless, wait = getattr(refusal, "hopeless", False), getattr(refusal, "wait", None)
        engine.execute(ParcelRefused(parcel.channel, parcel.id, refusal.text, parcel.attempt, hopeless, wait), SYSTEM)
        return 0
    engine.execute(ParcelSent(parcel.channel, parcel.id), SYSTEM)
    return 1
