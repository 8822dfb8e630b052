"""What differs between two versions of a procedure, in the words of the people who have to agree to it."""

from engine.procedure.diff.change import Change, Comparison
from engine.procedure.diff.compare import compare

__all__ = ["Change", "Comparison", "compare"]
