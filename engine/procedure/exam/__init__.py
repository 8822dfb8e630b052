"""A short test whether people can carry out a version, made from the version itself."""

from engine.procedure.exam.questions import Question, exam, examined_roles, passes

__all__ = ["Question", "exam", "examined_roles", "passes"]
