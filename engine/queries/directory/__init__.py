"""The directory as administrators keep it: people, places, departments, cover and calendar."""

from engine.queries.directory import cover, deadlines, imports, names, places, roster, staff, wordings

__all__ = ["cover", "deadlines", "imports", "names", "places", "roster", "staff", "wordings"]
