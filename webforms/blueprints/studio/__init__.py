"""The studio: an owner's draft is edited, tried, compared, replayed and published."""

from __future__ import annotations

from webforms.blueprints.studio import changes, desk, files, foreign, publishing, replaying, sheets, trying
from webforms.blueprints.studio.door import blueprint

__all__ = ["blueprint", "changes", "desk", "files", "foreign", "publishing", "replaying", "sheets", "trying"]
