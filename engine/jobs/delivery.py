"""Messages leave the outbox: taken, given to their channel, marked as sent."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any, Protocol

from engine.commands.delivery import MarkSent, Message, TakeMessages
from engine.domain.actor import SYSTEM, Actor
from engine.errors import EngineError

_log = logging.getLogger(__name__)
_BATCH = 50


class Executes(Protocol):
    """Whoever carries out commands."""

    def execute(self, command: Any, actor: Actor) -> Any:
        """The handler's answer."""
        ...


class Channel(Protocol):
    """A way to reach a person."""

    def send(self, message: Message) -> None:
        """Hand the message over; an EngineError leaves it for a later try."""
        ...


class InPage:
    """The bell on every page: the notification's own row is what the person sees, so nothing is left to send."""

    def send(self, message: Message) -> None:
        """Nothing."""


def deliver(engine: Executes, channel: Channel, overdue: timedelta = timedelta()) -> int:
    """Send what waits in the outbox; the answer counts what was accepted. Several may run at the same time."""
    accepted = 0
    while taken := engine.execute(TakeMessages(_BATCH, overdue), SYSTEM):
        sent = tuple(message.id for message in taken if _sent(channel, message))
        accepted += engine.execute(MarkSent(sent), SYSTEM) if sent else 0
    return accepted


def _sent(channel: Channel, message: Message) -> bool:
    try:
        channel.send(message)
    except EngineError as refusal:
        _log.warning("message %s, attempt %s: %s", message.id, message.attempt, refusal.text.en)
        return False
    return True
