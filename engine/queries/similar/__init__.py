"""Earlier cases that may be about the same matter as the call being recorded, and what happened to many at once."""

from engine.queries.similar.listing import Alike, Reason, Typed, Whole, similar

__all__ = ["Alike", "Reason", "Typed", "Whole", "similar"]
