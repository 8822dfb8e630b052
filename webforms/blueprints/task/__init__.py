"""The page of a task and the files given on it."""

from webforms.blueprints.task import files
from webforms.blueprints.task.pages import blueprint, closed, keep_typed, opened, shown

__all__ = ["blueprint", "closed", "files", "keep_typed", "opened", "shown"]
