"""Whether a session still counts, asked before anything else is shown."""

from engine.queries.access.standing import Standing, standing

__all__ = ["Standing", "standing"]
