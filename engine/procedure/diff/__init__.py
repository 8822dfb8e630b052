"""What differs between two versions of a procedure, in the words of the people who have to agree to it."""

from engine.procedure.diff.change import Change, Comparison
from engine.procedure.diff.compare import compare, marks_of

__all__ = ["Change", "Comparison", "compare", "marks_of"]
