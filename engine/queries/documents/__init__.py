"""The documents of a case: which there are, what each says now, and which were issued under which number."""

from engine.queries.documents.drawing import Drawn, Signed, drawn
from engine.queries.documents.issued import Issued, Log, content, issue_log, issued_of
from engine.queries.documents.offering import Offered, may_issue, offered
from engine.queries.documents.rules import Rules, rules

__all__ = [
    "Drawn",
    "Issued",
    "Log",
    "Offered",
    "Rules",
    "Signed",
    "content",
    "drawn",
    "issue_log",
    "issued_of",
    "may_issue",
    "offered",
    "rules",
]
