"""The file of a case: its tabs, what people do with it, its files and diagrams."""

from webforms.blueprints.case_file import actions, attachments, correcting, diagrams, events, pages
from webforms.blueprints.case_file.door import blueprint

__all__ = ["actions", "attachments", "blueprint", "correcting", "diagrams", "events", "pages"]
