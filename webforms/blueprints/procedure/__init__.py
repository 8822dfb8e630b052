"""The procedures: to be read, with every version and its record, and changed by those who answer for them."""

from __future__ import annotations

from webforms.blueprints.procedure import drafts, reading, running, versions
from webforms.blueprints.procedure.door import blueprint

__all__ = ["blueprint", "drafts", "reading", "running", "versions"]
