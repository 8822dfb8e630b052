"""The directory, kept by administrators: people, places, departments, cover and calendar."""

from webforms.blueprints.directory import cover, people, places
from webforms.blueprints.directory.door import blueprint

__all__ = ["blueprint", "cover", "people", "places"]
