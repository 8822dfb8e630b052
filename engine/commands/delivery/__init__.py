"""Messages on their way out: taken for sending, and marked as sent."""

from engine.commands.delivery.mark_sent import MarkSent
from engine.commands.delivery.take_messages import Message, TakeMessages

__all__ = ["MarkSent", "Message", "TakeMessages"]
