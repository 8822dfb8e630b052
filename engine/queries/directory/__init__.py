"""The directory as administrators keep it: people, places, departments, cover and calendar."""

from engine.queries.directory import cover, names, places, roster, staff

__all__ = ["cover", "names", "places", "roster", "staff"]
