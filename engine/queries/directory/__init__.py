"""The directory as administrators keep it: people, places, departments, cover and calendar."""

from engine.queries.directory import cover, places, staff

__all__ = ["cover", "places", "staff"]
