"""The directory, kept by administrators: people, places, departments, cover, calendar and names."""

from webforms.blueprints.directory import cover, days, imports, names, people, places, roster, wordings
from webforms.blueprints.directory.door import blueprint

__all__ = ["blueprint", "cover", "days", "imports", "names", "people", "places", "roster", "wordings"]
