"""The demonstration: a made-up company with its people and places, and the complaints that it had in the past quarter."""

from engine.demo.beginning import begin
from engine.demo.furnishing import PASSWORD, furnish

__all__ = ["PASSWORD", "begin", "furnish"]
