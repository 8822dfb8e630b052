"""The editors that are pages: each change is posted and kept at once."""

from __future__ import annotations

from webforms.blueprints.studio.editors import clauses, forms, settings, steps, stories, texts, vocabulary

__all__ = ["clauses", "forms", "settings", "steps", "stories", "texts", "vocabulary"]
