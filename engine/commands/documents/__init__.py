"""Documents of a case: issuing one under its number, and giving up the files when a person is erased."""

from engine.commands.context import Handler
from engine.commands.documents import issue
from engine.commands.documents.issue import IssueDocument

HANDLERS: dict[type, Handler] = {IssueDocument: issue.handle}

__all__ = ["HANDLERS", "IssueDocument"]
