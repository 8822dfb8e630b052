"""Documents on paper: of a case, the log of those issued, and the procedure itself."""

from __future__ import annotations

from webforms.blueprints.documents import log, of_case, of_procedure
from webforms.blueprints.documents.door import blueprint

__all__ = ["blueprint", "log", "of_case", "of_procedure"]
