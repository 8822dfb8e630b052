"""The dashboard and the lists behind its numbers."""

from webforms.blueprints.dashboard import home, lists
from webforms.blueprints.dashboard.door import blueprint

__all__ = ["blueprint", "home", "lists"]
