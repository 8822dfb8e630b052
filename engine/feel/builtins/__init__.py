"""The standard's functions, a module for each subject; importing this package declares them all."""

from __future__ import annotations

from engine.feel.builtins import conversion, lists, numeric, strings
from engine.feel.builtins.registry import BUILTINS

__all__ = ["BUILTINS", "conversion", "lists", "numeric", "strings"]
