"""Rules about what people read: whatever has no English yet is told where it can be written."""

from engine.procedure.check.english.lacking import check_english

__all__ = ["check_english"]
