"""Messages on their way out: which channels there are, how a message is worded for each, and how it is handed over."""

from engine.outbound.messages.channels import Outlets, outlets
from engine.outbound.messages.refusals import Refused

__all__ = ["Outlets", "Refused", "outlets"]
