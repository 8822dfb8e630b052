"""The inbox: what one holds, may take, follows and has done."""

from webforms.blueprints.inbox import doing, fresh, saved, tabs
from webforms.blueprints.inbox.door import blueprint

__all__ = ["blueprint", "doing", "fresh", "saved", "tabs"]
