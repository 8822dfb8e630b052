"""The directory as administrators keep it: people, places, departments, cover and calendar."""

from engine.queries.directory import cover, imports, names, places, roster, staff, wordings

__all__ = ["cover", "imports", "names", "places", "roster", "staff", "wordings"]
