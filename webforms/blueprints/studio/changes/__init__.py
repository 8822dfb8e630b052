"""What a draft changes, or what differs between two states: in words, side by side, and as a paper for the meeting."""

from webforms.blueprints.studio.changes import pages, papers

__all__ = ["pages", "papers"]
