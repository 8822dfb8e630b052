"""Messages on their way out: spread to channels, taken for sending, and marked with what became of them."""

from engine.commands.context import Handler
from engine.commands.delivery import settle, spread, take
from engine.commands.delivery.settle import ParcelRefused, ParcelSent, SendAgain
from engine.commands.delivery.spread import SpreadMessages
from engine.commands.delivery.take import TakeParcel

HANDLERS: dict[type, Handler] = {
    SpreadMessages: spread.handle,
    TakeParcel: take.handle,
    ParcelSent: settle.handle_sent,
    ParcelRefused: settle.handle_refused,
    SendAgain: settle.handle_again,
}

__all__ = ["HANDLERS", "ParcelRefused", "ParcelSent", "SendAgain", "SpreadMessages", "TakeParcel"]
