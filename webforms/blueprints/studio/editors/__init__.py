"""The editors that are pages: each change is posted and kept at once."""

from __future__ import annotations

from webforms.blueprints.studio.editors import forms, steps, vocabulary

__all__ = ["forms", "steps", "vocabulary"]
