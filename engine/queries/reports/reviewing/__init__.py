"""The pack of a review: its figures, and beside them what was found of the period, said in the review, and changed by it."""

from engine.queries.reports.reviewing.made import Made, made, of_case
from engine.queries.reports.reviewing.pack import pack

__all__ = ["Made", "made", "of_case", "pack"]
