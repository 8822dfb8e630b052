"""One case opened for writing: loading it, the guards, the step, and what the step means for journal and pages."""

from engine.commands.session.case_session import CaseSession, Place

__all__ = ["CaseSession", "Place"]
